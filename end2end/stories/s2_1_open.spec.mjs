// S2.1 and S2.2: whoever asks for a diploma to be authenticated, as the guide walks with them. There is no
// roll: people say who they are, activate the account by a link, and sign in with their address.
import { AR, AR_PLAIN, EN, FR } from '../support/modes.mjs';
import { codeAfter, letterTo, linksIn, mark } from '../support/outbox.mjs';
import { institution } from '../support/settings.mjs';
import { expect, story, test } from '../support/story.mjs';
import { signIn } from '../support/student.mjs';

test.use({ institution: institution('progres') });

const MODES = [AR, AR_PLAIN, FR, EN];
const DAY = 24 * 3_600_000;

/** To the page that waits for the code or the link. */
async function ask(walk, graduate) {
  await walk.open('');
  await walk.follow('/register');
  await walk.at('register', 'who');
  await walk.submit(graduate.said);
  await walk.at('register', 'contact');
  expect(await walk.words()).toContain(walk.lang === 'ar' ? graduate.said.first_name_ar : graduate.said.first_name_latin);
  await contact(walk, graduate);
}

async function contact(walk, { email, phone }) {
  await walk.submit({ email, phone, terms: true });
  await walk.at('register', 'code');
}

/** The way of the last letter's link, below the site's address. */
async function link(server, email, letters) {
  const found = linksIn(server, await letterTo(server, email, letters + 1)).find((path) => path.includes('/activate/'));
  expect(found).toBeDefined();
  return found.replace(/^\/(ar|fr|en)/, '');
}

async function choose(walk, password) {
  await walk.submit({ password, password_again: password });
}

/** An account that is open, by the code. */
async function opened(walk, server, graduate) {
  const letters = await mark(server, graduate.email);
  await ask(walk, graduate);
  await walk.submit({ code: await codeAfter(server, graduate.email, letters) });
  await walk.at('register', 'password');
  await choose(walk, graduate.password);
  expect([walk.path(), await walk.isSignedIn()]).toEqual(['', true]);
}

story('S2.1 an account is opened and activated by the link', async ({ walk, server, people }) => {
  const graduate = people.graduate();
  const letters = await mark(server, graduate.email);
  await ask(walk, graduate);
  expect(await walk.words()).toContain(graduate.email);
  const way = await link(server, graduate.email, letters);
  // Opening the link changes nothing until the button is pressed.
  await walk.open(way);
  await walk.open(way);
  expect((await signIn(server, graduate)).signedIn).toBe(false);
  await walk.send();
  await walk.at('register', 'password');
  await choose(walk, graduate.said.last_name_latin + ' 1998');
  expect(await walk.problems()).toEqual(['E403']);
  await choose(walk, graduate.password);
  expect([walk.path(), await walk.isSignedIn()]).toEqual(['', true]);
  expect((await letterTo(server, graduate.email, letters + 2)).text).toContain('/not-me/');
  // Used, it says so.
  await walk.signOut();
  await walk.open(way);
  expect(await walk.problems()).toEqual(['E306']);

  // S2.2: with the address.
  await walk.follow('/login');
  await walk.submit({ handle: graduate.email, password: graduate.password });
  expect(await walk.isSignedIn()).toBe(true);
});

story('S2.1 what is wrong is said where it is, and nothing is typed twice', async ({ walk, people }) => {
  const { said } = people.graduate();
  await walk.open('/register');
  await walk.submit({ ...said, last_name_ar: said.last_name_latin, first_name_latin: '', birth_date: '12/04/2098' });
  await walk.at('register', 'who');
  expect((await walk.problems()).sort()).toEqual(['E105', 'E106', 'E111']);
  for (const name of ['last_name_ar', 'first_name_latin', 'birth_date']) await expect(walk.field(name)).toHaveAttribute('aria-invalid', 'true');
  expect(await walk.value('birth_place')).toBe(said.birth_place);
  await walk.switchTo(walk.lang === 'fr' ? 'en' : 'fr');
  expect(await walk.value('birth_date')).toBe('12/04/2098');
  await walk.submit(said);
  await walk.at('register', 'contact');
  await walk.submit({ email: 'amal@', terms: true });
  expect((await walk.problems()).sort()).toEqual(['E105', 'E108']);
}, MODES);

story('S2.1 another message, and another address', async ({ walk, server, people }) => {
  const graduate = people.graduate();
  const wrong = `wrong.${graduate.email}`;
  const letters = await mark(server, wrong);
  await ask(walk, { ...graduate, email: wrong });
  const first = await link(server, wrong, letters);
  await server.advance(31_000);
  await walk.reload();
  await walk.send({ action: 'resend' });
  expect(await link(server, wrong, letters + 1)).not.toBe(first);
  // The address was mistyped.
  await walk.send({ action: 'change' });
  await walk.at('register', 'contact');
  expect(await walk.value('email')).toBe(wrong);
  const mine = await mark(server, graduate.email);
  await contact(walk, graduate);
  const way = await link(server, graduate.email, mine);
  await walk.open(first);
  expect(await walk.problems()).toEqual(['E306']);
  // The next day is too late.
  await server.advance(DAY);
  await walk.open(way);
  expect(await walk.problems()).toEqual(['E306']);
  await walk.follow('/register');
  await walk.at('register', 'who');
}, [AR, AR_PLAIN]);

story('S2.1 the data stay their owner’s to change', async ({ walk, server, people }) => {
  const graduate = people.graduate();
  await opened(walk, server, graduate);
  await walk.open('/account');
  await walk.follow('/account/data');
  await walk.at('own_data', 'own_data');
  expect(await walk.value('birth_place')).toBe(graduate.said.birth_place);
  await walk.submit({ birth_place: '' });
  expect(await walk.problems()).toEqual(['E105']);
  const letters = await mark(server, graduate.email);
  await walk.submit({ birth_place: 'Oran', first_name_latin: 'Imène' });
  expect(walk.path()).toBe('/account');
  expect(await walk.words()).toContain('Imène');
  expect(await walk.words()).toContain('Oran');
  expect((await letterTo(server, graduate.email, letters + 1)).text).toContain('/not-me/');
  // Later the password is asked for.
  await server.advance(11 * 60_000);
  await walk.open('/account/data');
  await walk.submit({ birth_place: 'Alger' });
  expect(await walk.problems()).toEqual(['E206']);
  expect(await walk.value('birth_place')).toBe('Alger');
  await walk.submit({ current_password: graduate.password });
  expect(await walk.words()).toContain('Alger');
}, MODES);

story('S2.2 a forgotten password, by the address alone', async ({ walk, server, people }) => {
  const graduate = people.graduate();
  await opened(walk, server, graduate);
  await walk.signOut();
  await walk.open('/login');
  await walk.submit({ handle: graduate.email, password: 'not this one' });
  expect(await walk.problems()).toEqual(['E201']);
  await walk.follow('/recover');
  await walk.at('recover', 'find');
  expect(await walk.value('handle')).toBe(graduate.email);
  const letters = await mark(server, graduate.email);
  await walk.submit({});
  await walk.at('recover', 'code');
  await walk.submit({ code: await codeAfter(server, graduate.email, letters) });
  await walk.at('recover', 'password');
  const next = people.secrets().password;
  await choose(walk, next);
  expect(await walk.isSignedIn()).toBe(true);
  expect((await signIn(server, { email: graduate.email, password: next })).signedIn).toBe(true);
}, MODES);

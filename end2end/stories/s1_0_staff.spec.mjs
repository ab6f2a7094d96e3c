// S1.0–S1.5: the staff of the schools, as the ministry's guide walks with them. Accounts come from the
// roll; a forgotten password is replaced by a temporary one that is changed at once.
import { AR, AR_PLAIN, EN, FR } from '../support/modes.mjs';
import { codeAfter, letterTo, mark, onlyLetters } from '../support/outbox.mjs';
import { institution } from '../support/settings.mjs';
import { expect, story, test } from '../support/story.mjs';
import { signIn } from '../support/student.mjs';

test.use({ institution: institution('massar') });

const MODES = [AR, AR_PLAIN, FR, EN];
const DAY = 24 * 3_600_000;
const MINUTE = 60_000;

/** By the name that the system is entered with, and the address once recorded. */
async function ask(walk, user, address) {
  await walk.open('');
  await walk.follow('/recover');
  await walk.at('recover', 'find');
  await walk.submit({ handle: user });
  await walk.at('recover', 'destination');
  await walk.submit(address);
  await walk.at('recover', 'sent');
}

/** A temporary password for somebody, who asked by one of the addresses on record. */
async function asked(walk, server, teacher, way = 'email') {
  const address = teacher[`record_${way}`];
  const letters = await mark(server, address);
  await ask(walk, teacher.user_name, { channel: way, [way]: address });
  return codeAfter(server, address, letters);
}

/** With it, to the page that says that it has to be changed; the terms come before, the first time. */
async function enter(walk, teacher, temporary) {
  await walk.open('/login');
  await walk.submit({ handle: teacher.user_name, password: temporary });
  if (walk.path() === '/terms') await walk.arrive(() => walk.page.locator('main #journey button').first().click());
  expect(walk.path()).toBe('/account/password');
  await expect(walk.field('current_password')).toHaveCount(0);
}

async function change(walk, temporary, password) {
  await walk.type({ current_password: temporary, password, password_again: password });
  await walk.send();
}

/** An account that its owner has opened, and the browser. */
async function opened(walk, server, teacher, way) {
  const temporary = await asked(walk, server, teacher, way);
  await enter(walk, teacher, temporary);
  await walk.follow('/account/password');
  await change(walk, temporary, teacher.password);
  expect(walk.path()).toBe('');
}

story('S1.0 nobody opens an account, and the page says how one gets in', async ({ walk, server, people }) => {
  await walk.open('');
  await expect(walk.page.locator(`main a[href="/${walk.lang}/register"]`)).toHaveCount(0);
  await walk.open('/login');
  await walk.follow('/register', 'body');
  for (const name of ['user_name', 'national_id', 'email', 'password']) await expect(walk.field(name)).toHaveCount(0);
  await expect(walk.page.locator('main a[href^="mailto:"]')).not.toHaveCount(0);
  await walk.follow('/recover');
  await walk.at('recover', 'find');
  // Nor does a form that no page has.
  const { user_name, national_id, birth_date } = people.teacher({ email: true });
  const answer = await walk.page.request.post(`/${walk.lang}/register`, {
    form: { step: 'who', user_name, national_id, birth_date },
    headers: { accept: 'application/json', origin: server.url, 'sec-fetch-site': 'same-origin' },
  });
  expect((await answer.json()).view.page.register.already).toBe('from_roll');
}, MODES);

story('S1.3 S1.4 a forgotten password, in the order of the guide', async ({ walk, server, people }) => {
  const teacher = people.teacher({ email: true, phone: true });
  const [temporary, other] = [await asked(walk, server, teacher), people.secrets().password];
  expect(await walk.words()).toContain(teacher.record_email);
  await walk.follow('/login');
  expect(await walk.value('handle')).toBe(teacher.user_name);
  await walk.submit({ handle: teacher.user_name, password: temporary });
  // Whoever signs in for the first time reads the terms before.
  await walk.at('terms', 'accept');
  await walk.arrive(() => walk.page.locator('main #journey button').first().click());

  // It says that the password has to be changed, and nothing else is reachable.
  for (const path of ['', '/account', '/account/contact', '/account/sessions', '/recover', '/staff']) {
    await walk.open(path);
    expect(walk.path(), path).toBe('/account/password');
  }
  // The dialog can be closed: the temporary password still counts.
  await walk.arrive(() => walk.page.locator('main form[action$="/logout"] button').click());
  expect(await walk.isSignedIn()).toBe(false);
  await enter(walk, teacher, temporary.toLowerCase());
  await walk.follow('/account/password');

  // The current one, then the new one twice.
  await change(walk, 'BCDFGHJK', other);
  expect(await walk.problems()).toEqual(['E406']);
  await change(walk, temporary, `${teacher.last_name_latin.toLowerCase().replaceAll(' ', '')} 77!`);
  expect(await walk.problems()).toEqual(['E403']);
  const school = teacher.programme.split(' ').pop().toLowerCase();
  await change(walk, temporary, `at ${school} since 91!`);
  expect(await walk.problems(), school).toEqual(['E403']);
  await change(walk, temporary, 'olivesandbread7');
  expect(await walk.problems()).toEqual(['E405']);
  const told = await mark(server, teacher.record_email);
  await change(walk, temporary, teacher.password);
  expect([walk.path(), await walk.problems()]).toEqual(['', []]);
  expect(await walk.isSignedIn()).toBe(true);
  await expect(walk.page.locator('main [data-kind=good]')).toHaveCount(1);
  // Every address is told, with a way to object.
  expect((await letterTo(server, teacher.record_email, told + 1)).text).toContain('/not-me/');
  expect((await letterTo(server, teacher.record_phone, 1)).text).toContain('/not-me/');

  await walk.open('/account');
  expect(walk.path()).toBe('/account');
  await walk.signOut();
  expect((await signIn(server, { email: teacher.user_name, password: temporary })).signedIn).toBe(false);
  expect((await signIn(server, { email: teacher.user_name, password: teacher.password })).signedIn).toBe(true);
});

story('S1.2 S1.5 by phone, and the message is one segment', async ({ walk, server, people }) => {
  const teacher = people.teacher({ phone: true });
  const temporary = await asked(walk, server, teacher, 'phone');
  const { text, lang } = await letterTo(server, teacher.record_phone);
  expect(lang).toBe(walk.lang);
  expect(text.length).toBeLessThanOrEqual(walk.lang === 'ar' ? 70 : 160);
  await server.advance(9 * MINUTE);
  await enter(walk, teacher, temporary);
  await walk.follow('/account/password');
  // Ten minutes are over while the form is open.
  await server.advance(2 * MINUTE);
  await change(walk, temporary, teacher.password);
  expect(await walk.problems()).toEqual(['E203']);
}, MODES);

story('S1.2 an address that is not the recorded one is answered like it, and gets nothing', async ({ walk, server, people }) => {
  const teacher = people.teacher({ email: true });
  const { email } = people.secrets();
  const pages = [];
  const nobody = `nobody.${process.pid}@taalim.ma`;
  for (const [user, address] of [[teacher.user_name, teacher.record_email], [teacher.user_name, email], [nobody, email]]) {
    await ask(walk, user, { channel: 'email', email: address });
    pages.push((await walk.words()).replaceAll(address, '@').replaceAll(/\d+/g, '#'));
  }
  expect(pages[1]).toBe(pages[0]);
  expect(pages[2]).toBe(pages[0]);
  await onlyLetters(server, email, 0);
  await onlyLetters(server, teacher.record_email, 1);
}, [AR, AR_PLAIN]);

story('S1.2 what is missing or misspelt is said at its field', async ({ walk, people }) => {
  const teacher = people.teacher({ email: true });
  await walk.open('/recover');
  await walk.submit({});
  expect(await walk.problems()).toEqual(['E105']);
  await walk.submit({ handle: 'jamal' });
  expect(await walk.problems()).toEqual(['E106']);
  await walk.submit({ handle: ` ${teacher.user_name.toUpperCase()} ` });
  await walk.at('recover', 'destination');
  await walk.submit({});
  expect(await walk.problems()).toEqual(['E105']);
  await walk.submit({ channel: 'email' });
  expect(await walk.problems()).toEqual(['E105']);
  await walk.submit({ channel: 'email', email: 'jamal@' });
  await walk.at('recover', 'destination');
  // The language is switched with everything typed.
  await walk.switchTo(walk.lang === 'fr' ? 'ar' : 'fr');
  expect(await walk.value('email')).toBe('jamal@');
  await walk.submit({ channel: 'phone', phone: '12' });
  await walk.at('recover', 'destination');
  expect(await walk.value('phone')).toBe('12');
}, [AR, AR_PLAIN, FR]);

story('E203 S1.4 a temporary password that came too late says so, and a new one kills it', async ({ walk, server, people }) => {
  const teacher = people.teacher({ email: true });
  const first = await asked(walk, server, teacher);
  await server.advance(31_000);
  await walk.reload();
  const letters = await mark(server, teacher.record_email);
  await walk.send({ action: 'resend' });
  await walk.at('recover', 'sent');
  const second = await codeAfter(server, teacher.record_email, letters);
  expect((await signIn(server, { email: teacher.user_name, password: first })).signedIn).toBe(false);
  await server.advance(DAY + MINUTE);
  await walk.open('/login');
  await walk.submit({ handle: teacher.user_name, password: second });
  expect(await walk.problems()).toEqual(['E203']);
  await walk.follow('/recover');
  expect(await walk.value('handle')).toBe(teacher.user_name);
  await walk.send();
  await walk.at('recover', 'destination');
}, MODES);

story('S1.1 the profile is reminded of until both addresses are there', async ({ walk, server, people }) => {
  const teacher = people.teacher({ phone: true });
  const [same, own] = [`t-${process.pid}-${Date.now()}@taalim.ma`, people.secrets().email];
  await opened(walk, server, teacher, 'phone');
  const reminder = () => walk.page.locator(`main .tasks a[href="/${walk.lang}/account/contact"]`);
  await expect(reminder()).toHaveCount(2);
  // From the name at the top of the page.
  await walk.page.locator('header details summary').click();
  await walk.follow('/account', 'header');
  const add = async (email) => {
    await walk.open('/account/contact');
    await walk.arrive(() => walk.page.locator('main a[href$="change=email"]').click());
    const seen = await mark(server, email);
    await walk.submit({ email });
    await walk.submit({ code: await codeAfter(server, email, seen) });
    expect(await walk.words()).toContain(email);
  };
  const warning = () => walk.page.locator('main [data-kind=warn]');
  await add(same);
  await expect(warning()).toHaveCount(1);
  await walk.open('');
  await expect(reminder()).toHaveCount(2);
  await add(own);
  await expect(warning()).toHaveCount(0);
  await walk.open('');
  await expect(reminder()).toHaveCount(1);
  // From now on these are the recorded ones.
  await walk.signOut();
  const temporary = await asked(walk, server, { ...teacher, record_email: own });
  await enter(walk, teacher, temporary);
}, MODES);

story('S1.1 without a recorded address the directorate helps', async ({ walk, people }) => {
  const teacher = people.teacher({});
  await walk.open('/recover');
  await walk.submit({ handle: teacher.user_name });
  await walk.carryTo('/recover/assisted', 'aside');
  await walk.at('complain', 'data');
  expect(await walk.value('user_name')).toBe(teacher.user_name);
  await walk.submit({ national_id: teacher.national_id, birth_date: teacher.birth_date });
  await walk.at('complain', 'reach');
}, MODES);

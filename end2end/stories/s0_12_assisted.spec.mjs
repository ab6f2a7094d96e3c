// S0.12: every address of an account is lost. Two officers look at documents, a waiting period runs,
// and everybody who can be reached may stop it.
import { photo, scan, slip } from '../support/files.mjs';
import { AR, AR_PLAIN, EN, FR, TRANSLATED } from '../support/modes.mjs';
import { Officer, atDesk, complain, hand, linkAfter, officers, openLink, reach, reference, stopLink, take } from '../support/office.mjs';
import { codeAfter, letterTo, lettersTo, linksIn, mark } from '../support/outbox.mjs';
import { expect, story } from '../support/story.mjs';
import { addPhone, data, openAccount, signIn } from '../support/student.mjs';

const HOUR = 3_600_000;
/** The institution's `waiting_hours`. */
const WAITING = 72 * HOUR;
const MODES = [AR, AR_PLAIN, TRANSLATED[0], TRANSLATED[3], FR, EN];

/** A student with an account, and every address by which they are known. */
async function known(server, people, lang) {
  const student = people.student();
  const phone = people.phone();
  const client = await openAccount(server, student, lang);
  await addPhone(server, client, phone, lang);
  const addresses = [student.email, phone, student.record_email, student.record_phone].filter(Boolean);
  return { student, client, phone, addresses };
}

/** A complaint as its person asks for it, as data. */
async function followed(walk) {
  const answer = await walk.page.request.get(walk.page.url(), { headers: { accept: 'application/json' } });
  return (await answer.json()).view.page.follow.open;
}

story('S0.12 assisted recovery', async (scene) => {
  const { walk, server, people } = scene;
  const { student, addresses } = await known(server, people, walk.lang);
  const { email, password } = people.secrets();
  const before = new Map();
  for (const address of addresses) before.set(address, await mark(server, address));

  await walk.open('/recover');
  await walk.submit(data(student));
  await walk.at('recover', 'destination');
  await walk.carryTo('/recover/assisted', 'aside');
  await walk.at('complain', 'data');
  for (const [name, value] of Object.entries(data(student))) expect(await walk.value(name), name).toBe(value);
  await walk.submit({});
  await reach(walk, server, { email });
  const seen = await mark(server, email);
  const number = await hand(walk, { id_front: photo(), id_back: scan(), slip: slip() });
  expect(number).toBeDefined();
  await letterTo(server, email, seen + 1);
  // Everybody who is known hears of it at once, and can stop it.
  for (const address of addresses) expect(await stopLink(server, address, before.get(address)), address).toBeDefined();
  // Until the end nothing of the account is different.
  expect((await signIn(server, student)).signedIn).toBe(true);

  const [one, two] = await officers(server);
  const first = await atDesk(scene, one);
  await take(first, number);
  // Consent is the officer's, not of whoever finds the browser open.
  await server.advance(11 * 60_000);
  await first.reload();
  await first.send({ action: 'approve' });
  expect(await first.problems()).toEqual(['E206']);
  await first.type({ current_password: one.password });
  await first.send({ action: 'approve' });
  expect(first.path()).toBe('/staff');
  // The first officer does not get it again.
  await first.open(`/staff/complaints/${number}`);
  for (const action of ['take', 'approve', 'accept']) await expect(first.button({ action })).toHaveCount(0);
  const second = await atDesk(scene, two);
  await take(second, number);
  for (const address of addresses) before.set(address, await mark(server, address));
  await second.send({ action: 'accept' });

  // Told once more, with the day on which it opens.
  for (const address of addresses) expect(await stopLink(server, address, before.get(address)), address).toBeDefined();
  const granted = await linkAfter(server, email, seen + 1);
  expect(granted.letter.lang).toBe(walk.lang);
  await openLink(walk, granted.link);
  expect(reference(walk)).toBe(number);
  await expect(walk.field('password')).toHaveCount(0);
  expect((await followed(walk)).state).toBe('accepted');

  await server.advance(WAITING - HOUR);
  await openLink(walk, granted.link);
  await expect(walk.field('password')).toHaveCount(0);
  await server.advance(HOUR + 60_000);
  const ready = await linkAfter(server, email, seen + 2);
  expect(ready.letter.lang).toBe(walk.lang);
  const { client: elsewhere } = await signIn(server, student);
  const told = await mark(server, student.email);
  await openLink(walk, ready.link);
  // A link may lie in a mailbox for weeks: a fresh code goes before the password.
  await expect(walk.field('password')).toHaveCount(0);
  const mailed = await mark(server, email);
  await walk.send({ action: 'send' });
  await walk.at('complaint', 'code');
  expect(await walk.words()).not.toContain(email);
  await walk.submit({ code: '135790' });
  expect(await walk.problems()).toEqual(['E303']);
  await walk.submit({ code: await codeAfter(server, email, mailed) });
  await walk.at('complaint', 'password');
  // A password that breaks a rule says which; the old one is nobody's any more.
  await walk.type({ password: 'short', password_again: 'short' });
  await walk.send({ action: 'password' });
  expect(await walk.problems()).toEqual(['E401']);
  await walk.type({ password, password_again: password });
  await walk.send({ action: 'password' });
  expect(walk.path()).toBe('');
  expect(await walk.isSignedIn()).toBe(true);

  expect((await signIn(server, student)).signedIn).toBe(false);
  expect((await signIn(server, { email: student.email, password })).signedIn).toBe(false);
  expect((await signIn(server, { email, password })).signedIn).toBe(true);
  expect((await elsewhere.get('/ar/account')).status, 'other sessions end').toBe(303);
  // The address that was lost is told as well, with a way to object.
  expect((await letterTo(server, student.email, told + 1)).text).toContain('/not-me/');
  await openLink(walk, ready.link);
  expect((await followed(walk)).state).toBe('completed');
  await expect(walk.field('password')).toHaveCount(0);
}, MODES);

story('S0.12 the owner stops it', async (scene) => {
  const { walk, stage, mode, server, people } = scene;
  const { student, phone } = await known(server, people, walk.lang);
  const { email } = people.secrets();
  const seen = await mark(server, phone);
  const sent = await complain(server, student, { email, matter: 'assisted', door: '/recover/assisted', lang: walk.lang });
  const [one, two] = await officers(server);
  const [first, second] = [await Officer.at(server, one), await Officer.at(server, two)];
  await first.press(sent.reference, 'take');
  await first.press(sent.reference, 'approve');
  await second.press(sent.reference, 'take');
  await second.press(sent.reference, 'accept');
  const granted = await linkAfter(server, email, 2);

  // By the message that came first; opening it stops nothing.
  const messages = await lettersTo(server, phone);
  const link = linksIn(server, messages[messages.length - seen - 1]).find((one_) => one_.includes('/not-me/'));
  const owner = await stage.enter(mode);
  await owner.page.goto(link);
  await owner.settle();
  await owner.send();
  expect(await owner.problems()).toEqual(['E105']);
  expect((await second.look(sent.reference)).case.state).toBe('accepted');
  await owner.submit({ verdict: 'not_me' });
  expect(await owner.problems()).toEqual([]);
  await expect(owner.field('verdict')).toHaveCount(0);

  const { case: ended } = await second.look(sent.reference);
  expect([ended.state, ended.closed]).toEqual(['closed', 'stopped']);
  // Whoever asked is told, and comes no further when the time is over.
  await letterTo(server, email, 4);
  await server.advance(WAITING + 60_000);
  expect((await lettersTo(server, email)).length, 'no word that it is ready').toBe(4);
  await openLink(walk, granted.link);
  expect([(await followed(walk)).state, (await followed(walk)).closed]).toEqual(['closed', 'stopped']);
  await expect(walk.field('password')).toHaveCount(0);
  // The owner goes on as before.
  expect((await signIn(server, student)).signedIn).toBe(true);
  await owner.reload();
  await expect(owner.field('verdict')).toHaveCount(0);
}, [AR, AR_PLAIN, TRANSLATED[0], FR]);

story('S0.12 the owner says that it is theirs', async ({ walk, server, people }) => {
  const { student } = await known(server, people, walk.lang);
  const { email } = people.secrets();
  const seen = await mark(server, student.email);
  const sent = await complain(server, student, { email, door: '/recover/assisted', matter: 'assisted' });
  await walk.page.goto(await stopLink(server, student.email, seen));
  await walk.settle();
  await walk.submit({ verdict: 'it_was_me' });
  const officer = await Officer.at(server);
  expect((await officer.look(sent.reference)).case.state).toBe('submitted');
}, [AR, AR_PLAIN]);

story('S0.12 only for data that matches, and without an address nothing is sent', async ({ walk, server, people }) => {
  const [student, without] = [people.student(), people.student()];
  await openAccount(server, student);
  await walk.open('/recover/assisted');
  await walk.submit({ ...data(student), birth_date: '1990-01-01' });
  expect(await walk.problems()).toEqual(['E301']);
  await walk.submit(data(without));
  expect(await walk.problems()).toEqual(['E302']);
  await walk.submit(data(student));
  await walk.at('complain', 'reach');
  await walk.submit({ email: '' });
  expect(await walk.problems()).toEqual(['E105']);
  const { email } = people.secrets();
  await walk.submit({ email });
  await walk.at('complain', 'code');
  // A complaint may go on without the code; this may not.
  await expect(walk.button({ action: 'skip' })).toHaveCount(0);
  await walk.submit({ code: await codeAfter(server, email) });
  await walk.at('complain', 'papers');
}, [AR, AR_PLAIN, FR]);

story('S0.12 an address that another account has is not told apart', async ({ walk, server, people }) => {
  const [student, other] = [people.student(), people.student()];
  await openAccount(server, student);
  await openAccount(server, other);
  const pages = [];
  for (const email of [other.email, people.secrets().email]) {
    await walk.open('/recover/assisted');
    await walk.submit(data(student));
    const seen = await mark(server, email);
    await walk.submit({ email });
    await walk.at('complain', 'code');
    pages.push((await walk.words()).replaceAll(email, '@').replaceAll(/\d+/g, '#'));
    await letterTo(server, email, seen + 1);
    await walk.submit({ code: '135790' });
    expect(await walk.problems()).toEqual(['E303']);
  }
  expect(pages[0]).toBe(pages[1]);
}, [AR, AR_PLAIN]);

story('S0.12 refused by the second officer', async (scene) => {
  const { walk, server, people } = scene;
  const { student } = await known(server, people, walk.lang);
  const { email } = people.secrets();
  const sent = await complain(server, student, { email, matter: 'assisted', door: '/recover/assisted' });
  const [one, two] = await officers(server);
  const [first, second] = [await Officer.at(server, one), await Officer.at(server, two)];
  await first.press(sent.reference, 'take');
  await first.press(sent.reference, 'approve');
  // Agreeing twice is no second officer.
  const again = await first.press(sent.reference, 'take');
  expect([again.case.state, again.case.mine]).toEqual(['submitted', false]);
  await second.press(sent.reference, 'take');
  await second.press(sent.reference, 'refuse', { reason: 'another_person', answer: 'The face is another one.' });
  const { link } = await linkAfter(server, email, 2);
  await openLink(walk, link);
  const open = await followed(walk);
  expect([open.state, open.refused, open.answer]).toEqual(['refused', 'another_person', 'The face is another one.']);
  await server.advance(WAITING + 60_000);
  await openLink(walk, link);
  await expect(walk.field('password')).toHaveCount(0);
  await walk.carryTo('/recover/assisted');
  await walk.at('complain', 'data');
  expect(await walk.value('student_number')).toBe(student.student_number);
}, [AR, AR_PLAIN]);

story('S0.12 whoever is back by another way ends it, and there is one at a time', async ({ walk, server, people }) => {
  const { student, client } = await known(server, people, walk.lang);
  const { email, password } = people.secrets();
  const sent = await complain(server, student, { email, matter: 'assisted', door: '/recover/assisted', lang: walk.lang });
  // Somebody else with the same data is told that there is one, and where to go.
  await walk.open('/recover/assisted');
  await walk.submit(data(student));
  expect(await walk.problems()).toEqual(['E504']);
  await walk.at('complain', 'data');
  const seen = await mark(server, email);
  const { location } = await client.post('/ar/account/password', {
    current_password: student.password,
    password,
    password_again: password,
  });
  expect(location).toContain('/account');
  expect((await signIn(server, { ...student, password })).signedIn).toBe(true);
  const { link } = await linkAfter(server, email, seen);
  await openLink(walk, link);
  const open = await followed(walk);
  expect([open.state, open.closed]).toEqual(['closed', 'overtaken']);
  const officer = await Officer.at(server);
  expect((await officer.look(sent.reference)).case.may).toEqual(['reopen']);
}, [AR, AR_PLAIN]);

// The account's own pages: addresses, password, sessions, data, closing; and the link in every
// letter for whoever it was not (norms 6 and 7).
import { AR, AR_PLAIN, EN, FR, TRANSLATED } from '../support/modes.mjs';
import { codeAfter, letterTo, linksIn, mark } from '../support/outbox.mjs';
import { expect, story } from '../support/story.mjs';
import { addPhone, data, openAccount, signIn } from '../support/student.mjs';

const MODES = [AR, AR_PLAIN, TRANSLATED[0], TRANSLATED[3], FR, EN];
const TEN_MINUTES = 600_000;

/** A student who is signed in in this browser. */
async function enter({ walk, server, people }, then = '') {
  const student = people.student();
  const client = await openAccount(server, student);
  await walk.open(then || '/login');
  await walk.submit({ handle: student.email, password: student.password });
  return { student, client };
}

story('Account: a page of one’s own asks who is there, and leads back', async (scene) => {
  const { walk } = scene;
  await enter(scene, '/account/sessions');
  expect(walk.path()).toBe('/account/sessions');
  for (const path of ['/account', '/account/contact', '/account/password', '/account/sessions', '/account/security', '/account/close']) {
    await walk.follow(path, 'body');
    expect(walk.path()).toBe(path);
  }
}, MODES);

story('Account: another e-mail', async (scene) => {
  const { walk, server, people } = scene;
  const { student } = await enter(scene);
  const email = people.secrets().email;
  const seen = await mark(server, student.email);
  await walk.open('/account/contact');
  await walk.follow('/account/contact?change=email');
  await walk.at('contact', 'choose');
  await walk.submit({ email: 'no address' });
  expect(await walk.problems()).toEqual(['E108']);
  await walk.submit({ email });
  await walk.at('contact', 'code');
  await walk.submit({ code: await codeAfter(server, email) });
  expect(walk.path()).toBe('/account/contact');
  expect(await walk.words()).toContain(email);
  // The old address is told, with a way to object.
  expect((await letterTo(server, student.email, seen + 1)).text).toContain('/not-me/');
  expect((await signIn(server, { ...student, email })).signedIn).toBe(true);
  expect((await signIn(server, student)).signedIn).toBe(false);
}, MODES);

story('Account: a phone, confirmed, and taken away', async (scene) => {
  const { walk, server, people } = scene;
  await enter(scene);
  const phone = people.phone();
  await walk.open('/account/contact?change=phone');
  await walk.submit({ phone: `0${phone.slice(4)}` });
  await walk.at('contact', 'code');
  await walk.submit({ code: await codeAfter(server, phone) });
  expect(walk.path()).toBe('/account/contact');
  const digits = (await walk.words()).replaceAll(/\D/g, '');
  expect(digits).toContain(phone.slice(4));
  await walk.follow('/account/contact?change=remove_phone');
  await walk.send();
  expect(walk.path()).toBe('/account/contact');
  expect((await walk.words()).replaceAll(/\D/g, '')).not.toContain(phone.slice(4));
}, [AR, AR_PLAIN, FR]);

story('Account: after ten minutes the password is asked for again', async (scene) => {
  const { walk, server, people } = scene;
  const { student } = await enter(scene);
  await server.advance(TEN_MINUTES);
  const email = people.secrets().email;
  await walk.open('/account/contact?change=email');
  await walk.submit({ email, current_password: 'Not my password 1' });
  expect(await walk.problems()).toEqual(['E406']);
  expect(await walk.value('email')).toBe(email);
  await walk.submit({ current_password: student.password });
  await walk.at('contact', 'code');
}, [AR, AR_PLAIN]);

story('Account: another password ends the other sessions', async (scene) => {
  const { walk, server, people } = scene;
  const { student, client } = await enter(scene);
  const password = people.secrets().password;
  const seen = await mark(server, student.email);
  await walk.open('/account/password');
  await walk.submit({ current_password: 'Not my password 1', password, password_again: password });
  expect(await walk.problems()).toEqual(['E406']);
  await walk.submit({ current_password: student.password, password: 'short', password_again: 'short' });
  expect(await walk.problems()).toEqual(['E401']);
  await walk.submit({ current_password: student.password, password, password_again: password });
  expect(walk.path()).toBe('/account');
  expect(await walk.isSignedIn()).toBe(true);
  expect((await client.get('/ar')).page.signed_in).toBeUndefined();
  expect((await signIn(server, { ...student, password })).signedIn).toBe(true);
  expect((await signIn(server, student)).signedIn).toBe(false);
  await letterTo(server, student.email, seen + 1);
}, [AR, AR_PLAIN, TRANSLATED[1], FR]);

story('Account: sessions are listed and ended', async (scene) => {
  const { walk, server } = scene;
  const { student, client } = await enter(scene);
  const third = (await signIn(server, student)).client;
  const inside = async (one) => (await one.get('/ar')).page.signed_in !== undefined;
  await walk.open('/account/sessions');
  const others = walk.page.locator('main button[name=session]');
  await expect(others).toHaveCount(2);
  await walk.arrive(() => others.first().click());
  await expect(others).toHaveCount(1);
  expect([await inside(client), await inside(third)].filter(Boolean)).toHaveLength(1);
  await walk.send({ action: 'end_others' });
  await expect(others).toHaveCount(0);
  expect([await inside(client), await inside(third)]).toEqual([false, false]);
  expect(await walk.isSignedIn()).toBe(true);
}, [AR, AR_PLAIN, FR]);

story('Account: everything that is kept can be taken away', async (scene) => {
  const { walk } = scene;
  const { student } = await enter(scene);
  await walk.open('/account');
  const link = walk.page.locator('main a[download]');
  const [download] = await Promise.all([walk.page.waitForEvent('download'), link.click()]);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  const kept = JSON.stringify(JSON.parse(text));
  for (const fact of [student.email, student.student_number, student.birth_date]) expect(kept).toContain(fact);
  expect(kept).not.toContain('argon2');
  await walk.checks.look(walk.lang);
}, [AR]);

story('Account: closed for good, and open again one day', async (scene) => {
  const { walk, server } = scene;
  const { student, client } = await enter(scene);
  const seen = await mark(server, student.email);
  await walk.open('/account/close');
  await walk.submit({ current_password: student.password });
  expect(await walk.problems()).toEqual(['E105']);
  await walk.submit({ current_password: student.password, consent: true });
  expect(walk.path()).toBe('/login');
  expect(await walk.isSignedIn()).toBe(false);
  expect((await client.get('/ar')).page.signed_in).toBeUndefined();
  expect((await signIn(server, student)).signedIn).toBe(false);
  await letterTo(server, student.email, seen + 1);
  // The person and the address are free for another account.
  await walk.open('/recover');
  await walk.submit(data(student));
  expect(await walk.problems()).toEqual(['E302']);
}, [AR, AR_PLAIN, EN]);

story('Account: «it was not me» freezes, and only when somebody says so', async (scene) => {
  const { walk, server, people } = scene;
  const student = people.student();
  const client = await openAccount(server, student);
  const [link] = linksIn(server, await letterTo(server, student.email, 2)).filter((path) => path.includes('/not-me/'));
  await walk.page.goto(link);
  await walk.settle();
  await walk.send();
  expect(await walk.problems()).toEqual(['E105']);
  expect((await signIn(server, student)).signedIn).toBe(true);
  await walk.submit({ verdict: 'it_was_me' });
  expect((await signIn(server, student)).signedIn).toBe(true);

  await addPhone(server, client, people.phone());
  const [other] = linksIn(server, await letterTo(server, student.email, 3)).filter((path) => path.includes('/not-me/'));
  await walk.page.goto(other);
  await walk.settle();
  await walk.submit({ verdict: 'not_me' });
  expect((await client.get('/ar')).page.signed_in).toBeUndefined();
  const { answer } = await signIn(server, student);
  expect(answer.page.problems[0].code).toBe('E205');
}, [AR, AR_PLAIN, TRANSLATED[0], FR]);

// Norm 3, S0.7: mail scanners open links, follow them and press buttons. Whatever a robot does with
// the letters, no account is frozen, no code is burnt, nobody is signed in or out, and what was under
// way goes on to its end.
import { Client } from '../support/client.mjs';
import { letters, linksIn } from '../support/outbox.mjs';
import { Journey, addPhone, data, openAccount, signIn } from '../support/student.mjs';
import { expect, test } from '../support/story.mjs';
import { codeFrom, codes, scan } from './kit.mjs';

/** Scans every link of every letter but those in `known`; answers the links and how many forms were sent. */
async function scanAll(server, known = new Set()) {
  const all = (await letters(server)).flatMap((letter) => linksIn(server, letter));
  const links = [...new Set(all)].filter((link) => !known.has(link));
  let sent = 0;
  for (const link of links) sent += await scan(server, link);
  return { links, sent };
}

test('S0.7 norm 3: a robot that opens and presses everything in every letter does nothing', async ({ server, people }) => {
  const student = people.student();
  const other = people.student();
  const phone = people.phone();
  const owner = await openAccount(server, student);
  await addPhone(server, owner, phone);
  const next = people.secrets();
  // An address in use, a changed password, a changed address, two codes on their way.
  const taken = new Journey(new Client(server), '/ar/register');
  await taken.step({ step: 'who', ...data(other) });
  await taken.step({ step: 'contact', email: student.email, terms: 'yes' });
  await owner.post('/ar/account/password', { current_password: student.password, password: next.password, password_again: next.password });
  const contact = new Journey(owner, '/ar/account/contact?change=email');
  const moved = await codeFrom(server, next.email, () => contact.step({ step: 'choose', email: next.email }));
  await contact.step({ step: 'code', code: moved });
  const recovery = new Journey(new Client(server), '/ar/recover');
  const recover = await codeFrom(server, next.email, () => recovery.step({ step: 'find', handle: next.email, action: 'handle' }));
  const registration = new Journey(new Client(server), '/ar/register');
  await registration.step({ step: 'who', ...data(other) });
  const register = await codeFrom(server, other.email, () => registration.step({ step: 'contact', email: other.email, terms: 'yes' }));

  const { links, sent } = await scanAll(server);
  expect(links.filter((link) => link.includes('/not-me/')).length).toBeGreaterThan(2);
  expect(links.some((link) => link.endsWith('/recover'))).toBe(true);
  console.log(`${links.length} links, ${sent} forms sent`);
  expect(sent).toBeGreaterThan(links.length);

  expect((await owner.get('/ar/account')).status, 'the session goes on').toBe(200);
  expect((await signIn(server, { email: next.email, password: next.password })).signedIn).toBe(true);
  expect((await recovery.step({ step: 'code', code: recover })).page.step).toBe('password');
  expect((await registration.step({ step: 'code', code: register })).page.step).toBe('password');

  // Both end as if nobody had looked, and what is told about that is looked at too.
  const last = people.secrets().password;
  await recovery.step({ step: 'password', password: last, password_again: last });
  await registration.step({ step: 'password', password: other.password, password_again: other.password });
  const told = await scanAll(server, new Set(links));
  expect(told.links.filter((link) => link.includes('/not-me/')).length, 'the reset is told').toBeGreaterThan(0);
  expect((await signIn(server, { email: next.email, password: last })).signedIn).toBe(true);
  expect((await signIn(server, other)).signedIn).toBe(true);
  const { accounts } = await server.samples();
  expect(accounts.filter((one) => one.state === 'frozen')).toHaveLength(1);
});

test('norm 6: a “not me” link freezes with its answer, ends sessions and codes, and only if it is whole', async ({ server, people }) => {
  const student = people.student();
  const owner = await openAccount(server, student);
  await expect.poll(async () => (await letters(server)).some((letter) => letter.to === student.email && letter.text.includes('/not-me/'))).toBe(true);
  const letter = (await letters(server)).find((one) => one.to === student.email && one.text.includes('/not-me/'));
  const link = linksIn(server, letter).find((one) => one.includes('/not-me/'));
  const [about, proof] = link.split('/not-me/')[1].split('.');
  const robot = new Client(server);
  for (const token of [`${about}.${proof.replace(/./, (c) => (c === '0' ? '1' : '0'))}`, about, `${about}.`, `.${proof}`, `${about.replace(/_\d+$/, '_9999999999999')}.${proof}`, `${about}.${proof}0`, `${about}.${proof.slice(0, -1)}`]) {
    await robot.post(`/ar/not-me/${token}`, { verdict: 'not_me' });
  }
  expect((await owner.get('/ar/account')).status).toBe(200);
  const recovery = new Journey(new Client(server), '/ar/recover');
  const code = await codeFrom(server, student.email, () => recovery.step({ step: 'find', handle: student.email, action: 'handle' }));
  await robot.post(link, { verdict: 'not_me' });
  expect((await owner.get('/ar/account')).status).toBe(303);
  expect(codes((await signIn(server, student)).answer)).toEqual(['E205']);
  expect(codes(await recovery.post({ step: 'code', code }))).toEqual(['E306']);
});

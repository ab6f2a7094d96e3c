// Many at once: one account a person and an address, tries that are counted all the same, and a
// queue that says no at once instead of making everybody wait.
import { availableParallelism } from 'node:os';

import { Client } from '../support/client.mjs';
import { lettersTo } from '../support/outbox.mjs';
import { Journey, data, openAccount, signIn } from '../support/student.mjs';
import { expect, test } from '../support/story.mjs';
import { codeFrom, codes, median, timed } from './kit.mjs';

/** Four times what may wait: 48 passwords a core (`server/src/hashing.rs`). */
const FLOOD = availableParallelism() * 4 * 48;

const passwords = ({ password }) => ({ step: 'password', password, password_again: password });

async function atPassword(server, student, email) {
  const journey = new Journey(new Client(server), '/ar/register');
  await journey.step({ step: 'who', ...data(student) });
  const code = await codeFrom(server, email, () => journey.step({ step: 'contact', email, terms: 'yes' }));
  await journey.step({ step: 'code', code });
  return journey;
}

test('norm 1: ten registrations of one person that end together open one account', async ({ server, people }) => {
  const student = people.student();
  const each = Array.from({ length: 10 }, () => people.secrets());
  const journeys = await Promise.all(each.map(({ email }) => atPassword(server, student, email)));
  const answers = await Promise.all(journeys.map((journey, n) => journey.post(passwords(each[n]))));
  expect(answers.filter((answer) => answer.page.signed_in).length).toBe(1);
  expect(answers.filter((answer) => codes(answer).includes('E102')).length).toBe(9);
  const open = await Promise.all(each.map((secrets) => signIn(server, secrets)));
  expect(open.filter((one) => one.signedIn).length).toBe(1);
});

test('norm 1: ten clicks on the last button open one account', async ({ server, people }) => {
  const student = people.student();
  const journey = await atPassword(server, student, student.email);
  const clicks = await Promise.all(Array.from({ length: 10 }, () => journey.client.twin().post(journey.where, passwords(student))));
  for (const click of clicks) expect(click.status).toBeLessThan(500);
  expect(clicks.filter((click) => click.page?.signed_in).length).toBe(1);
  expect((await signIn(server, student)).signedIn).toBe(true);
});

test('norm 2: persons who claim one address together: one has it, the others are told by mail alone', async ({ server, people }) => {
  const { email } = people.secrets();
  const students = Array.from({ length: 5 }, () => ({ ...people.student(), email }));
  const journeys = [];
  for (const student of students) {
    journeys.push(await atPassword(server, student, email));
  }
  const answers = await Promise.all(journeys.map((journey, n) => journey.post(passwords(students[n]))));
  expect(answers.filter((answer) => answer.page.signed_in).length).toBe(1);
  expect(answers.flatMap(codes)).toEqual(Array(4).fill('E306'));
  for (const answer of answers) expect(answer.text).not.toContain('E103');
  await expect.poll(async () => (await lettersTo(server, email)).filter((letter) => letter.text.includes('/recover')).length).toBeGreaterThan(0);
});

test('norm 5: a hundred passwords at once are five tries', async ({ server, people }) => {
  const student = people.student();
  await openAccount(server, student);
  const tries = Array.from({ length: 60 }, (_, n) => signIn(server, { ...student, password: n === 50 ? student.password : `Wrong heron ${n}` }));
  const seen = (await Promise.all(tries)).map(({ answer, signedIn }) => (signedIn ? 'in' : answer.status === 503 ? 'E902' : codes(answer)[0]));
  expect(seen.filter((code) => code === 'E201').length).toBeLessThanOrEqual(5);
  expect(seen.filter((code) => code === 'E202').length).toBeGreaterThan(0);
});

test('norm 5: a flood of sign-ins is told to come back, and pages stay quick', async ({ server }) => {
  const post = (n) => new Client(server).post('/ar/login', { handle: `flood-${n}@mail.example`, password: 'Not my password 1' }, { accept: 'text/html' });
  const single = [];
  for (let n = 0; n < 7; n += 1) single.push((await timed(() => post(`single-${n}`)))[0]);
  const flood = Array.from({ length: FLOOD }, (_, n) => post(n));
  let over = false;
  const done = Promise.all(flood).finally(() => (over = true));
  const pages = [];
  while (!over) {
    const [time, page] = await timed(() => new Client(server).page('/ar/login'));
    expect(page.status).toBe(200);
    pages.push(time);
  }
  const answers = await done;
  const busy = answers.filter((answer) => answer.status !== 303);
  for (const answer of busy) {
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(answer.text).toContain('E902');
  }
  const ratio = median(pages) / median(single);
  console.log(`${answers.length - busy.length} answered, ${busy.length} sent away; a page took ${ratio.toFixed(1)} times a lone sign-in, ${pages.length} pages`);
  expect(busy.length).toBeGreaterThan(0);
  expect(ratio).toBeLessThan(20);
});

// Norm 3: a code belongs to its journey, works once, dies after five wrong tries, after ten minutes,
// when a new one is sent, and when the password changes.
import { Client } from '../support/client.mjs';
import { onlyLetters } from '../support/outbox.mjs';
import { Journey, data, openAccount, signIn } from '../support/student.mjs';
import { expect, test } from '../support/story.mjs';
import { MINUTE, codeFrom, codes } from './kit.mjs';

const PASSWORD = 'seven grey herons 41';
const passwords = { password: PASSWORD, password_again: PASSWORD };

/** A journey at its code step, and the code that went out for it. */
async function registering(server, student, email = student.email) {
  const journey = new Journey(new Client(server), '/ar/register');
  await journey.step({ step: 'who', ...data(student) });
  const code = await codeFrom(server, email, () => journey.step({ step: 'contact', email, terms: 'yes' }));
  return { journey, code };
}

async function recovering(server, { email }) {
  const journey = new Journey(new Client(server), '/ar/recover');
  const code = await codeFrom(server, email, () => journey.step({ step: 'find', handle: email, action: 'handle' }));
  return { journey, code };
}

/** Six digits that are not the code. */
const wrong = (code, n = 0) => String((Number(code) + 1 + n) % 1_000_000).padStart(6, '0');

test('norm 3: a code is refused in every journey but its own', async ({ server, people }) => {
  const student = people.student();
  const one = await registering(server, student);
  const two = await registering(server, student);
  expect(one.code).not.toBe(two.code);
  expect(codes(await two.journey.post({ step: 'code', code: one.code }))).toEqual(['E303']);
  expect(codes(await one.journey.post({ step: 'code', code: two.code }))).toEqual(['E303']);
  await two.journey.step({ step: 'code', code: two.code });
  await two.journey.step({ step: 'password', ...passwords });
  const account = { email: student.email };
  const [left, right] = [await recovering(server, account), await recovering(server, account)];
  expect(codes(await left.journey.post({ step: 'code', code: right.code }))).toEqual(['E303']);
  expect((await left.journey.state()).step).toBe('code');
});

test('norm 3: five wrong tries kill a code, the right one included; the next code works', async ({ server, people }) => {
  const student = people.student();
  await openAccount(server, student);
  const other = people.student();
  for (const make of [() => recovering(server, student), () => registering(server, other)]) {
    const { journey, code } = await make();
    const answers = [];
    for (let n = 0; n < 5; n += 1) answers.push(...codes(await journey.post({ step: 'code', code: wrong(code, n) })));
    expect(answers).toEqual(['E303', 'E303', 'E303', 'E303', 'E304']);
    expect(codes(await journey.post({ step: 'code', code }))).toEqual(['E304']);
    expect((await journey.state()).step).toBe('code');
    await server.advance(31_000);
    const to = journey.path.includes('register') ? other.email : student.email;
    const next = await codeFrom(server, to, () => journey.step({ step: 'code', action: 'resend' }));
    expect(next, 'after five wrong ones, codes for this address are letters').toMatch(/^[A-Z]{8}$/);
    expect((await journey.step({ step: 'code', code: next })).page.step).toBe('password');
  }
});

test('norm 3: guesses spread over many journeys are guesses at one address', async ({ server, people }) => {
  const student = people.student();
  await openAccount(server, student);
  const nobody = { email: people.secrets().email };
  for (const account of [student, nobody]) {
    const forms = [];
    for (let n = 0; n < 7; n += 1) {
      const journey = new Journey(new Client(server), '/ar/recover');
      const { page } = await journey.step({ step: 'find', handle: account.email, action: 'handle' });
      forms.push(page.code.form);
      await journey.post({ step: 'code', code: '000000' });
    }
    expect(forms).toEqual([...Array(5).fill('digits'), 'letters', 'letters']);
  }
});

test('norm 3: many guesses at once are no more tries than five', async ({ server, people }) => {
  const student = people.student();
  const { journey, code } = await registering(server, student);
  for (let round = 0; round < 5; round += 1) {
    await Promise.all(Array.from({ length: 20 }, (_, n) => journey.client.twin().post(journey.where, { step: 'code', code: wrong(code, round * 20 + n) })));
  }
  expect(codes(await journey.post({ step: 'code', code }))).toEqual(['E304']);
});

test('norm 3: a new code kills the old one, and may be asked for after 30 seconds', async ({ server, people }) => {
  const student = people.student();
  const { journey, code } = await registering(server, student);
  await journey.post({ step: 'code', action: 'resend' });
  await server.advance(29_000 - 5_000);
  await journey.post({ step: 'code', action: 'resend' });
  await server.advance(7_000);
  const next = await codeFrom(server, student.email, () => journey.step({ step: 'code', action: 'resend' }));
  await onlyLetters(server, student.email, 2);
  expect(codes(await journey.post({ step: 'code', code }))).toEqual(['E303']);
  expect((await journey.step({ step: 'code', code: next })).page.step).toBe('password');
});

test('norm 3: a code lives ten minutes', async ({ server, people }) => {
  const { journey, code } = await registering(server, people.student());
  await server.advance(10 * MINUTE);
  expect(codes(await journey.post({ step: 'code', code }))).toEqual(['E304']);
});

test('norm 3: a code that was used is used up, whatever way leads back to it', async ({ server, people }) => {
  const student = people.student();
  const { journey, code } = await registering(server, student);
  await journey.step({ step: 'code', code });
  // The person gets an account elsewhere meanwhile, so this journey goes back to its beginning.
  await openAccount(server, { ...student, ...people.secrets() });
  expect(codes(await journey.post({ step: 'password', ...passwords }))).toEqual(['E102']);
  const another = people.student();
  await journey.step({ step: 'who', ...data(another) });
  await journey.step({ step: 'contact', email: student.email, terms: 'yes' });
  const again = await journey.post({ step: 'code', code });
  expect(codes(again)).toEqual(['E303']);
  expect((await journey.state()).step).toBe('code');
});

test('norm 1: a code sent for one record proves nothing for another', async ({ server, people }) => {
  const student = people.student();
  const { journey, code } = await registering(server, student);
  await journey.step({ step: 'code', action: 'change' });
  await journey.step({ step: 'contact', action: 'back' });
  await journey.step({ step: 'who', ...data(people.student()) });
  await journey.step({ step: 'contact', email: student.email, terms: 'yes' });
  expect(codes(await journey.post({ step: 'code', code }))).toEqual(['E303']);
});

test('norm 1: a code sent to one address proves no other', async ({ server, people }) => {
  const student = people.student();
  const { journey, code } = await registering(server, student);
  await journey.step({ step: 'code', action: 'change' });
  await journey.step({ step: 'contact', email: people.secrets().email, terms: 'yes' });
  expect(codes(await journey.post({ step: 'code', code }))).toEqual(['E303']);
});

test('norm 3: a reset and a password change kill every other code and journey', async ({ server, people }) => {
  const student = people.student();
  const owner = await openAccount(server, student);
  const [thief, proved, mine] = [await recovering(server, student), await recovering(server, student), await recovering(server, student)];
  await proved.journey.step({ step: 'code', code: proved.code });
  await mine.journey.step({ step: 'code', code: mine.code });
  await mine.journey.step({ step: 'password', ...passwords });
  expect(codes(await thief.journey.post({ step: 'code', code: thief.code }))).toEqual(['E306']);
  const late = { password: 'a thief was here 77', password_again: 'a thief was here 77' };
  expect(codes(await proved.journey.post({ step: 'password', ...late }))).toEqual(['E306']);
  expect((await owner.get('/ar/account')).status, 'other sessions end').toBe(303);

  const { client } = await signIn(server, { ...student, password: PASSWORD });
  const before = await recovering(server, student);
  const next = 'eight green frogs 52';
  await client.post('/ar/account/password', { current_password: PASSWORD, password: next, password_again: next });
  expect(codes(await before.journey.post({ step: 'code', code: before.code }))).toEqual(['E306']);
  expect((await signIn(server, { ...student, password: next })).signedIn).toBe(true);
});

test('norm 5: codes for one address are counted across journeys and spellings', async ({ server, people }) => {
  const student = people.student();
  const spellings = [student.email, student.email.toUpperCase(), ` ${student.email} `, `<${student.email}>`, student.email.replace('@', '\u200b@')];
  const held = [];
  for (let n = 0; n < 15; n += 1) {
    const journey = new Journey(new Client(server), '/ar/register');
    await journey.step({ step: 'who', ...data(student) });
    held.push(...codes(await journey.post({ step: 'contact', email: spellings[n % spellings.length], terms: 'yes' })));
  }
  expect(held).toEqual(Array(5).fill('E202'));
});

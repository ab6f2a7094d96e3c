// Norms 2 and 3: what people type to prove themselves is left nowhere: not in the database, the
// files, the log, the pages, the addresses.
import { Client } from '../support/client.mjs';
import { sentCode, typedPassword } from '../support/server.mjs';
import { Journey, data, openAccount, signIn } from '../support/student.mjs';
import { expect, test } from '../support/story.mjs';
import { codeFrom } from './kit.mjs';

const wrong = ['Wrong-Heron 17 at dusk', 'Common-Wren 23 at dawn', 'Short-Owl 5 at noon'];

test('norm 3: passwords and codes, right and wrong, lie nowhere', async ({ server, people }) => {
  const student = people.student();
  const said = [];
  const hear = (answer) => said.push(`${answer.location} ${answer.text} ${[...answer.headers].join()}`);
  const register = new Journey(new Client(server), '/ar/register');
  await register.step({ step: 'who', ...data(student) });
  const first = await codeFrom(server, student.email, () => register.step({ step: 'contact', email: student.email, terms: 'yes', password: wrong[0] }));
  hear(await register.post({ step: 'code', code: '918273', password: wrong[0] }));
  await register.step({ step: 'code', code: first });
  hear(await register.post({ step: 'password', password: wrong[0], password_again: wrong[1] }));
  hear(await register.post({ step: 'password', password: wrong[0], password_again: wrong[1], switch_language: 'fr' }));
  hear(await register.post({ step: 'password', password: student.password, password_again: student.password }));
  const owner = register.client;
  for (const handle of [student.email, 'nobody@mail.example', wrong[2]]) {
    if (handle !== wrong[2]) hear(await new Client(server).post('/ar/login', { handle, password: wrong[2] }));
  }
  hear(await owner.post('/ar/account/password', { current_password: wrong[1], password: wrong[0], password_again: wrong[0] }));
  hear(await owner.post('/ar/account/close', { current_password: wrong[1], consent: 'yes' }));
  const recovery = new Journey(new Client(server), '/ar/recover');
  const second = await codeFrom(server, student.email, () => recovery.step({ step: 'find', handle: student.email, action: 'handle' }));
  await recovery.step({ step: 'code', code: second });
  const next = people.secrets().password;
  hear(await recovery.step({ step: 'password', password: next, password_again: next }));
  expect((await signIn(server, { ...student, password: next })).signedIn).toBe(true);

  const passwords = [...wrong, student.password, next];
  const secrets = [...passwords.map(typedPassword), ...[first, second, '918273'].map(sentCode)];
  expect(await server.leaks(secrets)).toEqual([]);
  for (const text of said) for (const secret of secrets) expect(secret.isIn(Buffer.from(text).toString('latin1')), secret.what).toBe(false);
});

test('norm 1: personal data alone learns no address', async ({ server, people }) => {
  const student = people.sample(0);
  const found = await new Client(server).post('/ar/recover', { step: 'find', ...data(student) });
  expect(found.page.step).toBe('destination');
  for (const whole of [student.email, student.email.split('@')[0], student.phone.slice(-6)]) expect(found.text).not.toContain(whole);

  // Somebody with a student's numbers and a mailbox of their own comes as far as the password.
  const samples = await server.samples();
  const victim = samples.without_account.find((one) => one.eligible && one.email?.split('@')[0].length > 5);
  const { email } = people.secrets();
  const thief = new Journey(new Client(server), '/ar/register');
  await thief.step({ step: 'who', ...data(victim) });
  const code = await codeFrom(server, email, () => thief.step({ step: 'contact', email, terms: 'yes' }));
  const last = await thief.step({ step: 'code', code });
  expect(last.page.step).toBe('password');
  const local = victim.email.split('@')[0].replaceAll(/[^a-z0-9]/gi, '');
  const told = [last.text, (await thief.client.page(thief.where)).text];
  for (const text of told) {
    expect(text).not.toContain(victim.email);
    expect(text.toLowerCase()).not.toContain(`"${local.toLowerCase()}"`);
    if (victim.phone) expect(text).not.toContain(victim.phone.slice(4));
  }
});

test('norm 6: a file of one’s data needs the password, and holds no secret', async ({ server, people }) => {
  const student = people.student();
  const owner = await openAccount(server, student);
  const file = await owner.page('/ar/account/data.json');
  expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="fsjes-[\d-]+\.json"$/);
  expect(file.text).toContain(student.student_number);
  expect(file.text).not.toMatch(/argon2|[0-9a-f]{32}|hash|salt|token/i);
  await server.advance(11 * 60_000);
  const late = await owner.page('/ar/account/data.json');
  expect([late.status, late.location]).toEqual([303, '/ar/account?ask=1']);
  for (const [path, fields] of [
    ['/ar/account/contact?change=email', { step: 'choose', email: 'thief@mail.example' }],
    ['/ar/account/contact?change=phone', { step: 'choose', phone: '0612345678' }],
    ['/ar/account/password', { password: 'seven grey herons 41', password_again: 'seven grey herons 41' }],
    ['/ar/account/close', { consent: 'yes' }],
  ]) {
    const answer = await owner.post(path, fields);
    expect(['E206', 'E105'], path).toContain(answer.page.problems[0].code);
  }
});

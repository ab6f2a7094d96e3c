// Norm 1: a step is reached through the one before it, in the browser that began. At every step of
// every journey the forms of all other steps are posted, right in all but their place, then those
// of other browsers; only then the right one.
import { Client } from '../support/client.mjs';
import { addPhone, data, openAccount, signIn } from '../support/student.mjs';
import { expect, test } from '../support/story.mjs';
import { codeFrom, codes } from './kit.mjs';
import { Walker } from './walker.mjs';

const PASSWORD = 'seven grey herons 41';

const passwords = { password: PASSWORD, password_again: PASSWORD };

test('norm 1: no step of registration is skipped, repeated or taken by another browser', async ({ server, people }) => {
  const student = people.student();
  const stranger = people.sample(2);
  const forms = (walker) => [
    ['who', data(student)],
    ['contact', { email: student.email, terms: 'yes' }],
    ['contact', { email: stranger.email, terms: 'yes' }],
    ['contact', { action: 'back' }],
    ['code', { code: walker.code ?? '000000' }],
    ['code', { action: 'resend' }],
    ['code', { action: 'change' }],
    ['password', passwords],
    ['opened', passwords],
  ];
  const walker = new Walker(server, '/ar/register', forms);
  await walker.go('who', data(student), 'contact');
  walker.code = await codeFrom(server, student.email, () => walker.go('contact', { email: student.email, terms: 'yes' }, 'code'));
  await walker.go('code', { code: walker.code }, 'password');
  const { page } = await walker.go('password', passwords);
  expect(page.signed_in).toBeDefined();
  await walker.over();
  expect((await signIn(server, { email: student.email, password: PASSWORD })).signedIn).toBe(true);
  console.log(`${walker.tried} forms out of place`);
});

test('norm 1: no step of recovery is skipped, repeated or taken by another browser', async ({ server, people }) => {
  const student = people.student();
  const phone = people.phone();
  await addPhone(server, await openAccount(server, student), phone);
  const { email } = people.secrets();
  const forms = (walker) => [
    ['find', data(student)],
    ['find', { handle: student.email, action: 'handle' }],
    ['destination', { channel: 'phone' }],
    ['destination', { channel: 'email' }],
    ['destination', { action: 'none_mine' }],
    ['destination', { action: 'never_made' }],
    ['destination', { action: 'back' }],
    ['dispute', { action: 'freeze' }],
    ['dispute', { action: 'back' }],
    ['code', { code: walker.code ?? '000000' }],
    ['code', { action: 'resend' }],
    ['code', { action: 'change' }],
    ['password', passwords],
    ['password', { action: 'replace_email' }],
    ['new_email', { email }],
    ['new_email', { action: 'keep' }],
    ['new_email_code', { code: walker.code ?? '000000' }],
    ['new_email_code', { action: 'change' }],
    ['frozen', { action: 'freeze' }],
  ];
  const walker = new Walker(server, '/ar/recover', forms);
  await walker.go('find', data(student), 'destination');
  await walker.go('destination', { action: 'never_made' }, 'dispute');
  await walker.go('dispute', { action: 'back' }, 'destination');
  walker.code = await codeFrom(server, phone, () => walker.go('destination', { channel: 'phone' }, 'code'));
  await walker.go('code', { code: walker.code }, 'password');
  await walker.go('password', { action: 'replace_email' }, 'new_email');
  walker.code = await codeFrom(server, email, () => walker.go('new_email', { email }, 'new_email_code'));
  await walker.go('new_email_code', { code: walker.code }, 'password');
  const { page } = await walker.go('password', passwords);
  expect(page.signed_in).toBeDefined();
  await walker.over();
  expect((await signIn(server, { email, password: PASSWORD })).signedIn).toBe(true);
  expect((await signIn(server, student)).signedIn).toBe(false);
  console.log(`${walker.tried} forms out of place`);
});

test('norm 1: personal data alone freezes at most, and the frozen step leads nowhere', async ({ server, people }) => {
  const student = people.student();
  await openAccount(server, student);
  const forms = () => [
    ['find', data(student)],
    ['destination', { channel: 'email' }],
    ['dispute', { action: 'back' }],
    ['code', { code: '000000' }],
    ['password', passwords],
    ['new_email', { email: 'thief@mail.example' }],
    ['new_email_code', { code: '000000' }],
  ];
  const walker = new Walker(server, '/ar/recover', forms);
  await walker.go('find', data(student), 'destination');
  await walker.go('destination', { action: 'none_mine' }, 'dispute');
  await walker.go('dispute', { action: 'freeze' }, 'frozen');
  await walker.attack('frozen');
  const frozen = await signIn(server, student);
  expect(codes(frozen.answer)).toEqual(['E205']);
  const again = await new Client(server).post('/ar/recover', { step: 'find', ...data(student) });
  expect(codes(again)).toEqual(['E205']);
});

test('norm 1: a new address counts after its code, in the browser and the account that asked', async ({ server, people }) => {
  const student = people.student();
  const client = await openAccount(server, student);
  const other = await openAccount(server, people.student());
  const { email } = people.secrets();
  const forms = (walker) => [
    ['choose', { email, change: 'email' }],
    ['choose', { phone: '0612345678', change: 'phone' }],
    ['code', { code: walker.code ?? '000000' }],
    ['code', { action: 'resend' }],
  ];
  const walker = new Walker(server, '/ar/account/contact?change=email', forms, client);
  expect(await walker.step()).toBe('choose');
  walker.code = await codeFrom(server, email, async () => {
    walker.where = (await client.post(walker.where, { step: 'choose', email })).location;
  });
  expect(await walker.step()).toBe('code');
  for (const stranger of [new Client(server), other]) {
    for (const [step, fields] of forms(walker)) await stranger.post(walker.where, { step, ...fields });
    expect(await walker.step()).toBe('code');
  }
  await client.post(walker.where, { step: 'choose', email: 'else@mail.example' });
  expect((await client.get(walker.where)).page.code.sent_to).toBe(email);
  const done = await client.post(walker.where, { step: 'code', code: walker.code });
  expect(codes(done)).toEqual([]);
  expect((await other.get('/ar/account')).page.addresses[0].value).not.toBe(email);
  expect((await client.get('/ar/account')).page.addresses[0].value).toBe(email);
});

test('norm 6: account pages show and do nothing without a session', async ({ server }) => {
  for (const path of ['', '/contact', '/password', '/security', '/sessions', '/close', '/data.json']) {
    for (const client of [new Client(server), await begun(server)]) {
      const seen = await client.get(`/ar/account${path}`);
      expect([seen.status, seen.location]).toEqual([303, `/ar/login?then=/account${path.replace('/data.json', '')}`]);
      if (path === '/data.json') continue;
      const done = await client.post(`/ar/account${path}`, { current_password: 'x', ...passwords, consent: 'yes', action: 'end_others' });
      expect(done.kind ?? done.status).toBe('login');
    }
  }
});

async function begun(server) {
  const client = new Client(server);
  await client.post('/ar/login', { handle: 'somebody@mail.example', password: 'Not my password 1' });
  return client;
}

// Norms 1, 6 and 7 on the account's own pages: every form is posted from another account's browser,
// from the same browser after another person signed in there, long after the password was typed,
// and out of order. What counts is the history: each change of an account writes an act.
import { Client } from '../support/client.mjs';
import { addPhone, openAccount, signIn } from '../support/student.mjs';
import { expect, test } from '../support/story.mjs';
import { MINUTE, codeFrom, codes } from './kit.mjs';

const PASSWORD = 'seven grey herons 41';
const passwords = { password: PASSWORD, password_again: PASSWORD };
const EMAIL = '/ar/account/contact?change=email';
const PHONE = '/ar/account/contact?change=phone';
const REMOVE = '/ar/account/contact?change=remove_phone';

/** An account with a phone, and the browser that is signed in. */
async function owner(server, people) {
  const student = people.student();
  const phone = people.phone();
  const client = await openAccount(server, student);
  await addPhone(server, client, phone);
  return { student, phone, client };
}

/** Everything that somebody else must not change. */
async function state(client) {
  const { page } = await client.get('/ar/account');
  const { acts } = (await client.get('/ar/account/security')).page;
  const { sessions } = (await client.get('/ar/account/sessions')).page;
  return { addresses: page.addresses, letters: page.letters_lang, acts: acts.map((act) => act.act), sessions: sessions.map((one) => one.id).sort() };
}

/** A change at its code: the address of its page, and the code that was sent. */
async function changing(server, client, path, fields) {
  let where;
  const code = await codeFrom(server, Object.values(fields)[0], async () => {
    where = (await client.post(path, { step: 'choose', ...fields })).location;
  });
  return { where, code };
}

/** All forms of the account pages, as somebody would post them who knows everything but the session. */
function everyForm(current_password, people, { changes = [], sessions = [], chosen = PASSWORD } = {}) {
  const { email } = people.secrets();
  const passwords = { password: chosen, password_again: chosen };
  return [
    ['/ar/account', { action: 'language', language: 'en' }],
    ['/ar/account', { action: 'prove', current_password }],
    ['/ar/account/password', { current_password, ...passwords }],
    [EMAIL, { step: 'choose', email, current_password }],
    [PHONE, { step: 'choose', phone: people.phone(), current_password }],
    [REMOVE, { step: 'choose', current_password }],
    ...changes.flatMap(({ where, code }) => [
      [where, { step: 'code', code }],
      [where, { step: 'code', action: 'resend' }],
      [where, { step: 'code', action: 'change' }],
      [where, { step: 'choose', email, phone: people.phone(), current_password }],
      [where.replace('contact', 'password'), { current_password, ...passwords }],
    ]),
    ...sessions.map((session) => ['/ar/account/sessions', { session }]),
    ['/ar/account/sessions', { action: 'end_others' }],
    ['/ar/account/close', { current_password, consent: 'yes' }],
  ];
}

test('norm 6: no form of an account page reaches an account from another one’s browser', async ({ server, people }) => {
  const { student, client } = await owner(server, people);
  const email = people.secrets().email;
  const changes = [
    await changing(server, client, EMAIL, { email }),
    await changing(server, client, PHONE, { phone: people.phone() }),
  ];
  const before = await state(client);
  // With the owner's password, and with one's own.
  for (const typed of [student.password, undefined]) {
    const stranger = await owner(server, people);
    const password = typed ?? stranger.student.password;
    for (const [path, form] of everyForm(password, people, { changes, sessions: before.sessions, chosen: password })) {
      const answer = await stranger.client.post(path, form);
      expect(answer.status, `${path} ${JSON.stringify(form)}`).toBeLessThan(500);
      expect(answer.text).not.toContain(email);
      expect(await state(client), `${path} ${JSON.stringify(form)}`).toEqual(before);
    }
    // The last form has closed one's own account, where the password was one's own.
    expect((await signIn(server, stranger.student)).signedIn).toBe(typed !== undefined);
  }
  expect((await signIn(server, student)).signedIn).toBe(true);
  // The owner's own changes stand where they stood.
  for (const { where, code } of changes.toReversed()) {
    expect((await client.get(where)).page.step).toBe('code');
    if (where === changes[0].where) expect(codes(await client.post(where, { step: 'code', code }))).toEqual([]);
  }
  expect((await client.get('/ar/account')).page.addresses[0].value).toBe(email);
});

test('norm 6: whoever signs in on the same computer takes no change over', async ({ server, people }) => {
  const { student, client } = await owner(server, people);
  const next = await owner(server, people);
  const elsewhere = (await signIn(server, student)).client;
  const changes = [
    await changing(server, client, EMAIL, { email: people.secrets().email }),
    await changing(server, client, PHONE, { phone: people.phone() }),
  ];
  await client.post('/ar/login', { handle: next.student.email, password: next.student.password });
  const [before, own] = [await state(elsewhere), await state(client)];
  for (const { where, code } of changes) {
    expect(codes(await client.get(where))).toEqual(['E306']);
    for (const form of [{ code }, { action: 'resend' }, { action: 'change' }, {}]) {
      expect(codes(await client.post(where, { step: 'code', ...form })), JSON.stringify(form)).toEqual(['E306']);
    }
  }
  expect(await state(elsewhere)).toEqual(before);
  expect(await state(client)).toEqual(own);
});

test('norm 6: ten minutes after the password was typed, no form changes anything without it', async ({ server, people }) => {
  const { student, client } = await owner(server, people);
  const email = people.secrets().email;
  const change = await changing(server, client, EMAIL, { email });
  await server.advance(10 * MINUTE);
  const before = await state(client);
  const forms = [
    ['E206', '/ar/account', { action: 'prove' }],
    ['E206', EMAIL, { step: 'choose', email: people.secrets().email }],
    ['E206', PHONE, { step: 'choose', phone: people.phone() }],
    ['E206', REMOVE, { step: 'choose' }],
    ['E304', change.where, { step: 'code', code: change.code }],
    ['E206', change.where, { step: 'code', action: 'resend' }],
    // These two ask for it every time.
    ['E105', '/ar/account/password', passwords],
    ['E105', '/ar/account/close', { consent: 'yes' }],
  ];
  for (const [code, path, form] of forms) {
    expect(codes(await client.post(path, form)), `${path} ${JSON.stringify(form)}`).toEqual([code]);
    expect(await state(client), `${path} ${JSON.stringify(form)}`).toEqual(before);
  }
  const file = await client.get('/ar/account/data.json');
  expect([file.status, file.location]).toEqual([303, '/ar/account?ask=1']);

  // A guess is refused by each of them, and all guesses count together.
  const wrong = { current_password: 'Not my password 1' };
  const guesses = forms.filter(([code, path]) => code !== 'E304' && path !== change.where);
  let tries = 0;
  for (const [, path, form] of guesses) {
    tries += 1;
    expect(codes(await client.post(path, { ...form, ...wrong })), path).toEqual([tries > 5 ? 'E202' : 'E406']);
    expect(await state(client), path).toEqual(before);
  }
  await server.advance(15_000);
  const done = await client.post(REMOVE, { step: 'choose', current_password: student.password });
  expect(codes(done)).toEqual([]);
  expect((await state(client)).addresses[1].value ?? null).toBeNull();
});

test('norm 1: forms of the account pages out of order lead nowhere', async ({ server, people }) => {
  const { student, client, phone } = await owner(server, people);
  const other = people.phone();
  const before = await state(client);
  const same = async (what) => expect(await state(client), what).toEqual(before);
  // Codes and buttons of changes that nobody began.
  for (const path of [EMAIL, PHONE, REMOVE, '/ar/account/contact', '/ar/account/contact?j=over', '/ar/account/contact?j=../x']) {
    for (const form of [{ code: '000000' }, { action: 'resend' }, { action: 'change' }]) {
      expect(codes(await client.post(path, { step: 'code', ...form })), path).toEqual(['E306']);
      await same(`${path} ${JSON.stringify(form)}`);
    }
  }
  // A form that names no change, or none that there is.
  for (const form of [{}, { email: people.secrets().email }, { change: 'password' }, { step: 'choose', phone: other, change: 'everything' }]) {
    await client.post('/ar/account/contact', form);
    await same(JSON.stringify(form));
  }
  for (const form of [{}, { action: 'language' }, { action: 'language', language: 'xx' }, { action: 'close' }]) {
    await client.post('/ar/account', form);
    await same(JSON.stringify(form));
  }
  for (const form of [{}, { session: 'no session' }, { session: before.sessions[0].slice(0, -1) }]) {
    await client.post('/ar/account/sessions', form);
    await same(JSON.stringify(form));
  }
  // Another language is another language, whatever else is in the form.
  const { password } = student;
  for (const [path, form] of everyForm(password, people).filter(([, { action }]) => action === undefined)) {
    const answer = await client.post(path, { ...form, switch_language: 'fr' });
    expect(answer.location, path).toMatch(/^\/fr\/account/);
    await same(`${path} in another language`);
  }

  // One change, its forms in the wrong order and again.
  let { where, code } = await changing(server, client, PHONE, { phone: other });
  await client.post(where, { step: 'choose', phone: people.phone() });
  expect((await client.get(where)).page.code.sent_to.replaceAll(/\D/g, '')).toContain(other.slice(-8));
  await client.post(where, { step: 'code', action: 'change' });
  await client.post(where, { step: 'code', code });
  expect((await client.get(where)).page.step, 'the code of an address that was taken back').toBe('choose');
  const third = people.phone();
  const next = await codeFrom(server, third, () => client.post(where, { step: 'choose', phone: third }));
  if (next !== code) expect(codes(await client.post(where, { step: 'code', code }))).toEqual(['E303']);
  await same('the code of one address for another');
  expect(codes(await client.post(where, { step: 'code', code: next }))).toEqual([]);
  const changed = await state(client);
  expect(changed.acts.length).toBe(before.acts.length + 1);
  expect(changed.addresses[1].value).toBe(third);
  expect(phone).not.toBe(third);
  for (const form of [{ step: 'code', code: next }, { step: 'code', action: 'resend' }, { step: 'choose', phone: other }, { code: next }]) {
    await client.post(where, form);
    expect(await state(client), `${JSON.stringify(form)} once more`).toEqual(changed);
  }

  // Taken away once; a second time there is none.
  const stale = (await client.post(REMOVE, { step: 'choose', switch_language: 'fr' })).location;
  expect(codes(await client.post(REMOVE, { step: 'choose' }))).toEqual([]);
  const without = await state(client);
  expect(without.acts.length).toBe(changed.acts.length + 1);
  for (const path of [REMOVE, stale]) {
    await client.post(path, { step: 'choose' });
    expect(await state(client), path).toEqual(without);
  }

  // A form of a password from before the last change.
  const since = (await client.get('/ar/account/password')).page.since;
  await server.advance(1000);
  expect(codes(await client.post('/ar/account/password', { since, current_password: password, ...passwords }))).toEqual([]);
  const late = { since, current_password: PASSWORD, password: `${PASSWORD} 2`, password_again: `${PASSWORD} 2` };
  expect(codes(await client.post('/ar/account/password', late))).toEqual(['E306']);
  expect((await signIn(server, { ...student, password: PASSWORD })).signedIn).toBe(true);

  // Closed: its pages ask who is there, and its forms do nothing.
  await client.post('/ar/account/close', { current_password: PASSWORD, consent: 'yes' });
  for (const [path, form] of everyForm(PASSWORD, people, { changes: [{ where, code: next }] })) {
    expect((await client.post(path, form)).kind, path).toBe('login');
  }
  expect((await new Client(server).get('/ar/account')).status).toBe(303);
});

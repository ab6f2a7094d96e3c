// Norms 1, 2, 3, 5 and 6 about complaints, assisted recovery and the desk: steps out of order, moves
// out of turn, codes guessed, links pressed by robots.
import { Client } from '../support/client.mjs';
import { photo, slip } from '../support/files.mjs';
import { Complaint, Officer, claim, complain, linkAfter, officers, stopLink } from '../support/office.mjs';
import { codeAfter, letters, linksIn, mark, onlyLetters } from '../support/outbox.mjs';
import { addPhone, data, openAccount, signIn } from '../support/student.mjs';
import { expect, test } from '../support/story.mjs';
import { HOUR, codeFrom, codes, fingerprint, scan } from './kit.mjs';
import { Walker } from './walker.mjs';

const PASSWORD = 'seven grey herons 41';
const passwords = { password: PASSWORD, password_again: PASSWORD };
const WAITING = 72 * HOUR;
const EVENTS = ['take', 'release', 'approve', 'accept', 'complete', 'refuse', 'close', 'withdraw', 'stop', 'reopen', 'link', 'password', ''];

const papers = () => ({ id_front: photo(), slip: slip() });

/** A student with an account whose addresses are lost, and the request for help with it. */
async function assisted(server, people) {
  const student = people.student();
  const owner = await openAccount(server, student);
  const phone = people.phone();
  await addPhone(server, owner, phone);
  const { email } = people.secrets();
  const sent = await complain(server, student, { email, matter: 'assisted', door: '/recover/assisted' });
  return { ...sent, student, owner, phone, email };
}

async function twoOfficers(server) {
  const [one, two] = await officers(server);
  return [await Officer.at(server, one), await Officer.at(server, two)];
}

async function granted(server, people) {
  const sent = await assisted(server, people);
  const [first, second] = await twoOfficers(server);
  await first.press(sent.reference, 'take');
  await first.press(sent.reference, 'approve');
  await second.press(sent.reference, 'take');
  await second.press(sent.reference, 'accept');
  return { ...sent, first, second };
}

test('norm 1: no step of a complaint is skipped, repeated or taken by another browser', async ({ server, people }) => {
  const student = people.student();
  const { email } = student;
  const forms = (walker) => [
    ['data', { ...claim(student), matter: 'wrong_data' }],
    ['reach', { email }],
    ['reach', { email: 'thief@mail.example' }],
    ['reach', { action: 'back' }],
    ['code', { code: walker.code ?? '000000' }],
    ['code', { action: 'resend' }],
    ['code', { action: 'skip' }],
    ['code', { action: 'change' }],
    ['papers', { action: '' }, papers()],
    ['papers', { action: 'remove_slip' }],
    ['check', { consent: 'yes' }],
    ['check', { action: 'back', to: 'data' }],
    ['sent', { consent: 'yes' }],
    ['complaint', { action: 'withdraw' }],
    ['complaint', { action: 'withdraw_now' }],
  ];
  const walker = new Walker(server, '/ar/complaints/new', forms);
  await walker.go('data', { ...claim(student), matter: 'wrong_data' }, 'reach');
  walker.code = await codeFrom(server, email, () => walker.go('reach', { email }, 'code'));
  await walker.go('code', { code: walker.code }, 'papers');
  await walker.go('papers', {}, 'check', papers());
  const asked = walker.where;
  const { page } = await walker.go('check', { consent: 'yes' });
  expect(page.open.state).toBe('submitted');
  const receipt = walker.where;
  for (const where of [asked, receipt]) {
    walker.where = where;
    await walker.over();
  }
  // `over` took it back, in its own browser: one complaint, once, whatever was posted.
  const officer = await Officer.at(server);
  const { page: list } = await officer.client.get(`/ar/staff?q=${student.student_number}`);
  expect(list.content.queue.rows.map((row) => [row.reference, row.state])).toEqual([[page.reference, 'closed']]);
  await onlyLetters(server, email, 2);
  await onlyLetters(server, 'thief@mail.example', 0);
  console.log(`${walker.tried} forms out of place`);
});

test('norm 1: no step of assisted recovery is skipped, repeated or taken by another browser', async ({ server, people }) => {
  const student = people.student();
  await openAccount(server, student);
  const { email } = people.secrets();
  const forms = (walker) => [
    ['data', data(student)],
    ['reach', { email }],
    ['reach', { action: 'back' }],
    ['code', { code: walker.code ?? '000000' }],
    ['code', { action: 'skip' }],
    ['papers', {}, papers()],
    ['check', { consent: 'yes' }],
    ['check', { action: 'back', to: 'reach' }],
    ['password', passwords],
    ['complaint', { action: 'password', ...passwords }],
  ];
  const walker = new Walker(server, '/ar/recover/assisted', forms);
  await walker.go('data', data(student), 'reach');
  walker.code = await codeFrom(server, email, () => walker.go('reach', { email }, 'code'));
  // Without the code it goes nowhere.
  await walker.client.post(walker.where, { step: 'code', action: 'skip' });
  expect(await walker.step()).toBe('code');
  await walker.go('code', { code: walker.code }, 'papers');
  await walker.go('papers', {}, 'check', papers());
  const { page } = await walker.go('check', { consent: 'yes' });
  await walker.over();
  expect((await signIn(server, student)).signedIn).toBe(true);
  const officer = await Officer.at(server);
  expect((await officer.look(page.reference)).case.state).toBe('submitted');
  console.log(`${walker.tried} forms out of place`);
});

test('norm 1: another address than the one that was confirmed is not confirmed', async ({ server, people }) => {
  const student = people.student();
  await openAccount(server, student);
  const { email } = people.secrets();
  const complaint = new Complaint(server, { door: '/recover/assisted' });
  await complaint.begin(student, { email, matter: 'assisted' });
  await complaint.attach(papers());
  await complaint.post({ step: 'check', action: 'back', to: 'reach' });
  const other = people.secrets().email;
  const code = await codeFrom(server, other, () => complaint.step({ step: 'reach', email: other }));
  for (const form of [{ step: 'check', consent: 'yes' }, { step: 'papers' }, { step: 'code', action: 'skip' }]) {
    await complaint.post(form);
    expect((await complaint.state()).step).toBe('code');
  }
  // The documents stay the documents of this person: other data, and it is located anew.
  await complaint.step({ step: 'code', code });
  await complaint.step({ step: 'papers' });
  await complaint.post({ step: 'check', action: 'back', to: 'data' });
  const answer = await complaint.post({ step: 'data', ...data(people.student()) });
  expect(codes(answer)).toEqual(['E302']);
  for (const step of ['reach', 'papers', 'check']) {
    await complaint.post({ step, email: other, consent: 'yes' });
    expect((await complaint.state()).step).toBe('data');
  }
});

test('norm 1: nobody moves a complaint out of its turn', async ({ server, people }) => {
  const student = people.student();
  const sent = await complain(server, student, { email: student.email });
  const [first, second] = await twoOfficers(server);
  const stranger = new Client(server);
  const other = await openAccount(server, people.student());
  const version = async () => (await first.look(sent.reference)).case.version;
  const everything = { record: student.student_number, add: '1', programme: 'x', year: '1', status: 'enrolled', reason: 'other', answer: 'x', student_number: student.student_number, consent: 'yes', ...passwords };
  const stands = async (client, events, what) => {
    const before = (await first.look(sent.reference)).case;
    for (const action of events) {
      const answer = await client.post(first.path(sent.reference), { version: before.version, action, ...everything });
      expect(answer.status, `${what} ${action}`).toBeLessThan(500);
      const now = (await first.look(sent.reference)).case;
      expect([now.version, now.state], `${what} ${action}`).toEqual([before.version, before.state]);
    }
  };
  for (const [client, who] of [[stranger, 'a stranger'], [other, 'a student'], [sent.client, 'whoever sent it']]) await stands(client, EVENTS, who);
  const not = (...own) => EVENTS.filter((event) => !own.includes(event));
  await stands(first.client, not('take'), 'not taken');
  const old = await version();
  await first.press(sent.reference, 'take');
  for (const [client, who] of [[stranger, 'a stranger'], [other, 'a student'], [second.client, 'the other officer']]) await stands(client, EVENTS, who);
  await stands(first.client, not('release', 'complete', 'refuse', 'close', 'link'), 'taken');
  // A page of before, a page of nobody.
  for (const wrong of [old, old + 7, '', 'x', '-1']) {
    await first.client.post(first.path(sent.reference), { version: wrong, action: 'complete', ...everything });
    expect((await first.look(sent.reference)).case.state).toBe('in_review');
  }
  await first.press(sent.reference, 'refuse', { reason: 'other', answer: 'x' });
  await stands(first.client, not('reopen'), 'refused');
  await onlyLetters(server, student.email, 3);
  // Two at once: one counts.
  await first.press(sent.reference, 'reopen');
  const now = await version();
  await Promise.all(['refuse', 'close', 'refuse'].map((action) => first.client.post(first.path(sent.reference), { version: now, action, reason: action === 'close' ? 'duplicate' : 'other', answer: 'x' })));
  expect(await version()).toBe(now + 1);
  await onlyLetters(server, student.email, 4);
});

test('S0.12: one officer alone opens no account, and nobody before the time is over', async ({ server, people }) => {
  const sent = await assisted(server, people);
  const [first, second] = await twoOfficers(server);
  const { reference } = sent;
  const press = async (officer, action) => (await officer.press(reference, action, { reason: 'other', answer: '', record: sent.student.student_number })).case;
  await first.press(reference, 'take');
  // Not both consents at once, not the second first, no completion by hand.
  for (const action of ['accept', 'complete', 'link']) expect((await press(first, action)).state, action).toBe('in_review');
  expect((await press(first, 'approve')).state).toBe('submitted');
  for (const action of ['take', 'accept', 'approve']) expect((await press(first, action)).state, action).toBe('submitted');
  await second.press(reference, 'take');
  for (const action of ['approve', 'complete']) expect((await press(second, action)).state, action).toBe('in_review');
  for (const action of ['accept', 'take', 'release']) expect((await press(first, action)).officer ?? null, action).not.toBeNull();
  expect((await press(second, 'accept')).state).toBe('accepted');

  const { link } = await linkAfter(server, sent.email, 2);
  const token = new URL(link, server.url).searchParams.get('k');
  const open = async () => {
    const client = new Client(server);
    return { client, where: (await client.post(link, { token })).location };
  };
  const early = await open();
  expect((await early.client.post(early.where, { action: 'password', ...passwords })).page.signed_in).toBeUndefined();
  await server.advance(WAITING - HOUR);
  const late = await open();
  await late.client.post(late.where, { action: 'password', ...passwords });
  expect((await signIn(server, sent.student)).signedIn).toBe(true);
  await server.advance(HOUR + 1000);
  const there = await open();
  // Another browser has not pressed the button; the receipt's code opens the page, too.
  const answer = await new Client(server).post(there.where, { action: 'password', ...passwords });
  expect(codes(answer)).not.toEqual([]);
  // Reference, code and link show whose request it is; the mailbox is proved anew.
  await there.client.post(there.where, { action: 'password', ...passwords });
  expect((await signIn(server, { email: sent.email, password: PASSWORD })).signedIn).toBe(false);
  const seen = await mark(server, sent.email);
  await there.client.post(there.where, { action: 'send' });
  await there.client.post(there.where, { step: 'code', code: await codeAfter(server, sent.email, seen) });
  const done = await Promise.all([1, 2, 3].map(() => there.client.twin().post(there.where, { action: 'password', ...passwords })));
  expect(done.filter(({ page }) => page?.signed_in).length).toBe(1);
  expect((await signIn(server, { email: sent.email, password: PASSWORD })).signedIn).toBe(true);
  // Once is once.
  const again = await open();
  const next = { password: 'eight green frogs 52', password_again: 'eight green frogs 52' };
  await again.client.post(again.where, { action: 'password', ...next });
  expect((await signIn(server, { email: sent.email, password: next.password })).signedIn).toBe(false);
});

test('norm 3: robots that open and press what is in the letters change nothing', async ({ server, people }) => {
  const student = people.student();
  const known = new Set((await letters(server)).flatMap((letter) => linksIn(server, letter)));
  const sent = await granted(server, people);
  const wrong = { ...student, birth_date: '2001-02-03' };
  const plain = await complain(server, wrong, { email: student.email });
  await sent.first.press(plain.reference, 'take');
  await sent.first.press(plain.reference, 'complete', { record: student.student_number, fix_birth_date: 'yes' });
  await linkAfter(server, student.email, 2);
  const links = [...new Set((await letters(server)).flatMap((letter) => linksIn(server, letter)))].filter((link) => !known.has(link));
  expect(links.filter((link) => link.includes('/not-me/')).length).toBeGreaterThan(2);
  expect(links.filter((link) => link.includes('?k=')).length).toBeGreaterThan(1);
  let pressed = 0;
  for (const link of links) pressed += await scan(server, link);
  console.log(`${links.length} links, ${pressed} forms sent`);
  const { case: after } = await sent.second.look(sent.reference);
  expect(after.state).toBe('accepted');
  expect((await sent.second.look(plain.reference)).case.state).toBe('completed');

  await server.advance(WAITING + 1000);
  const { link } = await linkAfter(server, sent.email, 3);
  await scan(server, link);
  expect((await signIn(server, sent.student)).signedIn).toBe(true);
  // A stop link that is not whole stops nothing; a whole one does, once, and freezes nobody.
  const stop = await stopLink(server, sent.phone, 1);
  const token = stop.split('/not-me/')[1];
  const [about, proof] = [token.slice(0, token.lastIndexOf('.')), token.slice(token.lastIndexOf('.') + 1)];
  const officer = await Officer.at(server);
  for (const bad of [`${about}.${proof.replace(/./, (c) => (c === '0' ? '1' : '0'))}`, about, `${about}.`, `.${proof}`, `${about}.${proof}0`]) {
    await new Client(server).post(`/ar/not-me/${encodeURIComponent(bad)}`, { verdict: 'not_me' });
  }
  expect((await officer.look(sent.reference)).case.state).toBe('accepted');
  for (let n = 0; n < 2; n += 1) await new Client(server).post(stop, { verdict: 'not_me' });
  expect((await officer.look(sent.reference)).case.closed).toBe('stopped');
  expect((await signIn(server, sent.student)).signedIn).toBe(true);
});

test('norm 5: the code of a complaint is not guessed', async ({ server, people }) => {
  const student = people.student();
  const { reference, code } = await complain(server, student, { email: student.email });
  const ask = (fields) => new Client(server).post('/ar/complaints', fields);
  const written = [reference, reference.toLowerCase(), ` ${reference} `, `${reference.slice(0, 5)}-${reference.slice(5)}`, `\u200f${reference}`, reference];
  const seen = [];
  for (const one of written) seen.push(...codes(await ask({ reference: one, code: 'BCDFGHJK' })));
  expect(seen).toEqual(['E501', 'E501', 'E501', 'E501', 'E501', 'E202']);
  // Held back is held back, with the right one too, and whether it exists or not.
  expect(codes(await ask({ reference, code }))).toEqual(['E202']);
  const nobody = [];
  for (let n = 0; n < 6; n += 1) nobody.push(...codes(await ask({ reference: 'FSAB2CD3EF', code: 'BCDFGHJK' })));
  expect(nobody).toEqual(seen);
  await server.advance(20_000);
  const shown = await ask({ reference, code });
  expect(shown.page.open.state).toBe('submitted');
  expect(shown.page.open.code, 'the code is on the receipt alone').toBeNull();
  // A journey of this browser is no key to other complaints.
  const other = people.student();
  const theirs = await complain(server, other, { email: other.email });
  const client = new Client(server);
  const mine = await client.post('/ar/complaints', { reference, code });
  const borrowed = await client.get(mine.location.replace(reference, theirs.reference));
  expect(borrowed.page.reference).toBe(reference);
  expect(borrowed.text).not.toContain(theirs.code);
});

test('norm 5: many complaints about one number wait', async ({ server, people }) => {
  const student = people.student();
  const sent = [];
  for (let n = 0; n < 7; n += 1) {
    const complaint = new Complaint(server);
    await complaint.begin(student, { email: people.secrets().email });
    await complaint.attach(papers());
    const answer = await complaint.post({ step: 'check', consent: 'yes' });
    sent.push(codes(answer)[0] ?? answer.page.open.state);
  }
  expect(sent).toEqual([...Array(5).fill('submitted'), 'E202', 'E202']);
});

test('norm 2: a complaint tells nothing of accounts', async ({ server, people }) => {
  const [student, other, nobody] = [people.student(), people.student(), people.student()];
  await openAccount(server, student);
  await openAccount(server, other);
  // Data of somebody, of nobody, with and without account: a complaint takes them all alike.
  const free = async (person) => {
    const complaint = new Complaint(server);
    return fingerprint(await complaint.post({ step: 'data', matter: 'wrong_data', ...claim(person) }), Object.values(claim(person)));
  };
  expect(await free(nobody)).toBe(await free(student));
  // Which of the data was wrong is not told.
  const mismatch = async (typed) => fingerprint(await new Client(server).post('/ar/recover/assisted', { step: 'data', ...typed }), Object.values(typed));
  const right = data(student);
  const prints = new Set();
  for (const typed of [{ ...right, birth_date: '1990-01-01' }, { ...right, national_id: nobody.national_id }, { ...right, student_number: 'Z000000001' }, { ...data(nobody), birth_date: '1990-01-01' }]) prints.add(await mismatch(typed));
  expect(prints.size).toBe(1);
  // Whether a new address has an account is not told.
  const reached = async (email) => {
    const complaint = new Complaint(server, { door: '/recover/assisted' });
    await complaint.step({ step: 'data', ...right });
    return fingerprint(await complaint.post({ step: 'reach', email }), [email]);
  };
  expect(await reached(other.email)).toBe(await reached(people.secrets().email));
});

test('norm 6: nothing of a complaint lies about', async ({ server, people }) => {
  const student = people.student();
  const sent = await complain(server, student, { email: student.email });
  const log = server.log;
  for (const trace of [student.email, student.student_number, student.national_id, sent.code]) expect(log, trace).not.toContain(trace);
  const seen = await mark(server, student.email);
  expect(seen).toBe(2);
});

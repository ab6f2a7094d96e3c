// Norm 2: whether an account exists is not told by answer, status, size or time. Known and unknown
// come in random order and equally often, so that neither has the fresher cache or throttle.
import { Client } from '../support/client.mjs';
import { complain } from '../support/office.mjs';
import { Journey, addPhone, data, openAccount, signIn } from '../support/student.mjs';
import { expect, test } from '../support/story.mjs';
import { NEXT_DAY, auc, codeFrom, fingerprint, shuffled, timed } from './kit.mjs';

/** Requests of each kind, in rounds that stay below every throttle. */
const EACH = 208;
const ROUND = 52;

/**
 * `ask(handle, round)` answers `[milliseconds, answer]`, or one such pair for each step of a journey.
 */
async function compare(server, known, unknown, ask) {
  const seen = [];
  for (let round = 0; round < EACH / ROUND; round += 1) {
    const tries = shuffled(
      Array.from({ length: ROUND }, (_, n) => [
        { kind: 'known', handle: known[n % known.length] },
        { kind: 'unknown', handle: unknown[n % unknown.length] },
      ]).flat(),
    );
    for (const { kind, handle } of tries) {
      const answered = await ask(handle, round);
      const steps = Array.isArray(answered[0]) ? answered : [answered];
      steps.forEach(([time, answer], at) => {
        seen[at] ??= { times: { known: [], unknown: [] }, prints: { known: new Set(), unknown: new Set() } };
        seen[at].times[kind].push(time);
        seen[at].prints[kind].add(fingerprint(answer, [handle]));
      });
    }
    await server.advance(NEXT_DAY);
  }
  for (const { times, prints } of seen) {
    const area = auc(times.known, times.unknown);
    console.log(`n = ${times.known.length} + ${times.unknown.length}, AUC ${area.toFixed(3)}`);
    expect([...prints.known].sort(), 'the same answers').toEqual([...prints.unknown].sort());
    expect(area).toBeGreaterThanOrEqual(0.4);
    expect(area).toBeLessThanOrEqual(0.6);
  }
}

/** As many made-up handles as there are known ones, and of the same lengths. */
const forged = (handles) => handles.map((handle, n) => `${'forged'.repeat(20)}${n}`.slice(-handle.indexOf('@')) + handle.slice(handle.indexOf('@')));

/** As many student numbers that are nobody's. */
const nobody = (numbers) => numbers.map((_, n) => `Z9900000${String(n).padStart(2, '0')}`);

/** Codes are counted for whoever asks for them, ten a day: more persons than a round needs. */
const PERSONS = 14;

const active = (samples) => samples.accounts.filter((one) => one.state === 'active');

test('norm 2: a sign-in does not tell whether its handle is known', async ({ server }) => {
  const accounts = active(await server.samples());
  const emails = accounts.map((one) => one.email);
  const numbers = accounts.map((one) => one.student_number);
  const post = (handle) => timed(() => new Client(server).post('/ar/login', { handle, password: 'Not my password 1' }, { accept: 'text/html' }));
  await compare(server, [...emails, ...numbers], [...forged(emails), ...nobody(numbers)], post);
});

test('norm 2: recovery by e-mail does not tell whether it is known', async ({ server }) => {
  const known = active(await server.samples()).map((one) => one.email);
  await compare(server, known, forged(known), (handle) =>
    timed(() => new Client(server).post('/ar/recover', { step: 'find', handle, action: 'handle' })),
  );
});

test('norm 2: registration’s e-mail step does not tell whether the address is used', async ({ server, people }) => {
  const known = active(await server.samples()).map((one) => one.email);
  const persons = Array.from({ length: PERSONS }, () => people.student());
  let turn = 0;
  await compare(server, known, forged(known), async (email) => {
    const journey = new Journey(new Client(server), '/ar/register');
    await journey.step({ step: 'who', ...data(persons[turn++ % persons.length]) });
    return timed(() => journey.post({ step: 'contact', email, terms: 'yes' }));
  });
});

test('norm 2: recovery by student number does not tell whether it is known, nor where its code goes', async ({ server }) => {
  const known = active(await server.samples()).map((one) => one.student_number);
  await compare(server, known, nobody(known), async (handle) => {
    const journey = new Journey(new Client(server), '/ar/recover');
    const found = await timed(() => journey.post({ step: 'find', handle, action: 'handle' }));
    return [found, await timed(() => journey.post({ step: 'destination', channel: 'email' }))];
  });
});

test('norm 2: a new e-mail in recovery does not tell whether it is used', async ({ server, people }) => {
  const known = active(await server.samples()).map((one) => one.email);
  const persons = [];
  for (let n = 0; n < PERSONS; n += 1) {
    const [student, phone] = [people.student(), people.phone()];
    await addPhone(server, await openAccount(server, student), phone);
    persons.push({ student, phone });
  }
  await server.advance(NEXT_DAY);
  let turn = 0;
  await compare(server, known, forged(known), async (email, round) => {
    // One message a round for each: a phone gets five a day. Twice the same address in a row would
    // find its code still fresh, whoever has it.
    while (persons[turn % PERSONS].last === email) turn += 1;
    const person = persons[turn++ % PERSONS];
    if (person.round !== round) Object.assign(person, { round, journey: await proved(server, person) });
    else await person.journey.step({ step: 'new_email_code', action: 'change' });
    person.last = email;
    return timed(() => person.journey.post({ step: 'new_email', email }));
  });
});

/** A recovery that a phone has proved, at its new e-mail. */
async function proved(server, { student, phone }) {
  const journey = new Journey(new Client(server), '/ar/recover');
  await journey.step({ step: 'find', ...data(student) });
  const code = await codeFrom(server, phone, () => journey.step({ step: 'destination', channel: 'phone' }));
  await journey.step({ step: 'code', code });
  await journey.step({ step: 'password', action: 'replace_email' });
  return journey;
}

test('norm 2: another e-mail for an account does not tell whether it is used', async ({ server, people }) => {
  const known = active(await server.samples()).map((one) => one.email);
  const persons = [];
  for (let n = 0; n < PERSONS; n += 1) {
    const student = people.student();
    await openAccount(server, student);
    persons.push({ student });
  }
  let turn = 0;
  await compare(server, known, forged(known), async (email, round) => {
    const person = persons[turn++ % PERSONS];
    // A round is a day, and a session an hour.
    if (person.round !== round) Object.assign(person, { round, client: await changing(server, person.student) });
    return timed(() => person.client.post(CHANGE, { step: 'choose', email }));
  });
});

test('norm 2: asking after a complaint does not tell whether its reference exists', async ({ server, people }) => {
  const known = [];
  for (let n = 0; n < PERSONS; n += 1) {
    const student = people.student();
    known.push((await complain(server, student, { email: student.email })).reference);
  }
  await server.advance(NEXT_DAY);
  const unknown = known.map((reference) => reference.replace(/.$/, (sign) => (sign === 'A' ? 'B' : 'A')));
  await compare(server, known, unknown.filter((one) => !known.includes(one)), (reference) =>
    timed(() => new Client(server).post('/ar/complaints', { reference, code: 'BCDFGHJK' })),
  );
});

test('norm 2: frozen and open accounts are the same to recovery by e-mail and to a wrong sign-in', async ({ server, people }) => {
  const { email } = people.frozen();
  const open = people.sample().email;
  const wrong = (handle) => new Client(server).post('/ar/login', { handle, password: 'Not my password 1' });
  const recover = (handle) => new Client(server).post('/ar/recover', { step: 'find', handle, action: 'handle' });
  for (const ask of [wrong, recover]) {
    expect(fingerprint(await ask(email), [email])).toBe(fingerprint(await ask(open), [open]));
  }
});

test('norm 2: two handles of one account are not known to belong together', async ({ server, people }) => {
  // The number first, its e-mail in the same journey: whether the code just sent is taken to be
  // the right one for both would tell that an account has both.
  const student = people.sample(3);
  const seen = [];
  for (const handle of [student.email, people.sample(4).email, 'nobody.at.all@mail.example']) {
    const journey = new Journey(new Client(server), '/ar/recover');
    await journey.step({ step: 'find', handle: student.student_number, action: 'handle' });
    await journey.step({ step: 'destination', channel: 'email' });
    await server.advance(5_000);
    await journey.step({ step: 'code', action: 'change' });
    await journey.step({ step: 'destination', action: 'back' });
    const { page } = await journey.step({ step: 'find', handle, action: 'handle' });
    await server.advance(31_000);
    seen.push({ step: page.step, resend: page.code.resend_in > 27, again: page.code.sent_again });
  }
  expect(seen[0]).toEqual(seen[1]);
  expect(seen[0]).toEqual(seen[2]);
});

test('norm 2: which of the personal data was wrong is not told', async ({ server, people }) => {
  const student = people.sample(6);
  const stranger = { student_number: 'Z990000099', national_id: 'ZZ999999', birth_date: '1999-09-09' };
  for (const path of ['/ar/recover', '/ar/register']) {
    const prints = [];
    for (const field of ['student_number', 'national_id', 'birth_date']) {
      const typed = { ...data(student), [field]: stranger[field] };
      const answer = await new Client(server).post(path, { step: path.endsWith('register') ? 'who' : 'find', ...typed });
      prints.push(fingerprint(answer, Object.values(typed)));
    }
    expect(new Set(prints).size, path).toBe(1);
  }
});

const CHANGE = '/ar/account/contact?change=email';

/** Somebody signed in, whose browser has its secret: the first change of a browser brings it. */
async function changing(server, student) {
  const { client } = await signIn(server, student);
  await client.post(CHANGE, { step: 'choose', email: 'no address' });
  return client;
}

// S0.2: from a line of the roll to an account that is open. S0.6: an address that is taken.
import { AR, AR_PLAIN, EN, FR } from '../support/modes.mjs';
import { codeAfter, letterTo, mark } from '../support/outbox.mjs';
import { expect, story } from '../support/story.mjs';
import { data, dayFirst, openAccount, signIn } from '../support/student.mjs';

story('S0.2 create an account', async ({ walk, server, people }) => {
  const student = people.student();
  await walk.open('');
  await walk.follow('/register');
  await walk.at('register', 'who');
  await walk.submit({ ...data(student), birth_date: dayFirst(student.birth_date) });
  await walk.at('register', 'contact');
  await walk.submit({ email: student.email, phone: '0612 34 56 78', terms: true });
  await walk.at('register', 'code');
  await walk.submit({ code: await codeAfter(server, student.email) });
  await walk.at('register', 'password');
  await walk.submit({ password: student.password, password_again: student.password });
  expect(walk.path()).toBe('');
  expect(await walk.isSignedIn()).toBe(true);
  await walk.signOut();
  expect((await signIn(server, student)).signedIn).toBe(true);
});

for (const [kind, name] of [['passport', 'a passport'], ['residence_card', 'a residence card']]) {
  story(`S0.2 create an account with ${name}, and find it again`, async ({ walk, server, people }) => {
    const student = people.student(kind);
    await walk.open('/register');
    await walk.submit({ ...data(student), national_id: student.national_id.toLowerCase() });
    await walk.at('register', 'contact');
    await walk.submit({ email: student.email, terms: true });
    await walk.submit({ code: await codeAfter(server, student.email) });
    await walk.submit({ password: student.password, password_again: student.password });
    expect(await walk.isSignedIn()).toBe(true);
    await walk.signOut();
    await walk.open('/recover');
    await walk.submit({ ...data(student), national_id: student.national_id.replace(/^./, '$& ') });
    await walk.at('recover', 'destination');
  }, [AR, AR_PLAIN, FR]);
}

story('S0.2 each step names what is missing or wrong, and keeps the rest', async ({ walk, server, people }) => {
  const student = people.student();
  await walk.open('/register');
  await walk.submit({ student_number: '', national_id: student.national_id, birth_date: '31/02/2003' });
  expect(await walk.problems()).toEqual(['E105', 'E107']);
  expect(await walk.value('national_id')).toBe(student.national_id);
  expect(await walk.value('birth_date')).toBe('31/02/2003');
  await walk.submit({ student_number: '12', birth_date: student.birth_date });
  expect(await walk.problems()).toEqual(['E106']);
  await walk.submit(data(student));

  await walk.at('register', 'contact');
  await walk.submit({ email: 'not an address', phone: '12' });
  expect(await walk.problems()).toEqual(['E108', 'E109', 'E110']);
  expect(await walk.value('phone')).toBe('12');
  await walk.submit({ email: student.email, phone: '', terms: true });

  await walk.at('register', 'code');
  const code = await codeAfter(server, student.email);
  await walk.submit({ code: '' });
  expect(await walk.problems()).toEqual(['E105']);
  await walk.submit({ code: other(code) });
  expect(await walk.problems()).toEqual(['E303']);
  expect(await walk.value('code')).toBe('');
  await walk.submit({ code });

  await walk.at('register', 'password');
  const tries = [
    [{ password: 'short', password_again: 'short' }, 'E401'],
    [{ password: 'password123', password_again: 'password123' }, 'E402'],
    [{ password: `x ${student.student_number} x`, password_again: '' }, 'E403'],
    [{ password: student.password, password_again: `${student.password}?` }, 'E404'],
  ];
  for (const [typed, problem] of tries) {
    await walk.submit(typed);
    expect(await walk.problems()).toEqual([problem]);
    expect(await walk.value('password')).toBe('');
  }
  await walk.submit({ password: student.password, password_again: student.password });
  expect(await walk.isSignedIn()).toBe(true);
}, [AR, AR_PLAIN, FR, EN]);

story('S0.2 another code, another address', async ({ walk, server, people }) => {
  const student = people.student();
  const lost = people.secrets().email;
  await walk.open('/register');
  await walk.submit(data(student));
  await walk.submit({ email: lost, terms: true });
  const first = await codeAfter(server, lost);
  await server.advance(31_000);
  if (walk.mode.scripts) await walk.reload();
  await walk.send({ action: 'resend' });
  await walk.at('register', 'code');
  const second = await codeAfter(server, lost, 1);
  expect(second).not.toBe(first);
  await walk.submit({ code: first });
  expect(await walk.problems()).toEqual(['E303']);

  await walk.send({ action: 'change' });
  await walk.at('register', 'contact');
  expect(await walk.value('email')).toBe(lost);
  await expect(walk.field('terms')).toBeChecked();
  await walk.submit({ email: student.email });
  await walk.at('register', 'code');
  const third = await codeAfter(server, student.email);
  await walk.submit({ code: second });
  expect(await walk.problems()).toEqual(['E303']);
  await walk.submit({ code: third });
  await walk.at('register', 'password');
}, [AR, AR_PLAIN]);

story('S0.2 a code is good for ten minutes and five tries', async ({ walk, server, people }) => {
  const student = people.student();
  await walk.open('/register');
  await walk.submit(data(student));
  await walk.submit({ email: student.email, terms: true });
  const code = await codeAfter(server, student.email);
  for (let tries = 1; tries <= 5; tries += 1) {
    await walk.submit({ code: other(code) });
    expect(await walk.problems()).toEqual([tries < 5 ? 'E303' : 'E304']);
  }
  await walk.submit({ code });
  expect(await walk.problems()).toEqual(['E304']);
  await server.advance(31_000);
  if (walk.mode.scripts) await walk.reload();
  await walk.send({ action: 'resend' });
  const late = await codeAfter(server, student.email, 1);
  await server.advance(10 * 60_000);
  await walk.submit({ code: late });
  expect(await walk.problems()).toEqual(['E304']);
  await walk.send({ action: 'resend' });
  await walk.submit({ code: await codeAfter(server, student.email, 2) });
  await walk.at('register', 'password');
}, [AR, AR_PLAIN]);

story('S0.2 the terms can be read on the way', async ({ walk, people }) => {
  const student = people.student();
  await walk.open('/register');
  await walk.submit(data(student));
  await walk.type({ email: student.email, phone: '0612345678' });
  for (const [value, path] of [['read_terms', '/terms'], ['read_privacy', '/privacy']]) {
    await walk.send({ action: value });
    expect(walk.path()).toBe(path);
    await walk.back();
    if (walk.path() !== '/register') await walk.follow('/register');
    await walk.at('register', 'contact');
    expect(await walk.value('email')).toBe(student.email);
    expect(await walk.value('phone')).toBe('0612345678');
  }
}, [AR, AR_PLAIN]);

story('S0.6 an address that has an account already', async ({ walk, server, people, mode }) => {
  const [owner, student] = [people.student(), people.student()];
  await openAccount(server, owner);
  const before = await mark(server, owner.email);

  await walk.open('/register');
  await walk.submit(data(student));
  await walk.submit({ email: owner.email, terms: true });
  // The page says nothing about it: it is the code step as for anybody.
  await walk.at('register', 'code');
  expect(await walk.problems()).toEqual([]);
  // Both pages once their message has gone out.
  const words = async () => {
    await server.deliver();
    await walk.reload();
    return walk.words();
  };
  const taken = await words();
  const letter = await letterTo(server, owner.email, before + 1);
  expect(letter.text).not.toMatch(/(?<!\d)\d{6}(?!\d)/);

  await walk.submit({ code: '123456' });
  expect(await walk.problems()).toEqual(['E303']);

  // Another address, and the page is the same but for the address.
  await walk.send({ action: 'change' });
  await walk.submit({ email: student.email });
  await walk.at('register', 'code');
  // A translator may set the words in another order each time.
  if (!mode.robot) expect(plain(await words(), student.email)).toBe(plain(taken, owner.email));
  await walk.submit({ code: await codeAfter(server, student.email) });
  await walk.at('register', 'password');
  await walk.submit({ password: student.password, password_again: student.password });
  expect(await walk.isSignedIn()).toBe(true);
});

/** Page words without the address and without the seconds that pass. */
const plain = (words, address) => words.replaceAll(address, '@').replaceAll(/\d+/g, '#');

/** A code of the right shape that is not this one. */
const other = (code) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

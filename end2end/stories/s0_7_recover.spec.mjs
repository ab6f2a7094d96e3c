// S0.7: the account that was lost and came back.
import { AR, AR_PLAIN, EN, FR } from '../support/modes.mjs';
import { codeAfter, letterTo, mark } from '../support/outbox.mjs';
import { expect, story } from '../support/story.mjs';
import { addPhone, data, openAccount, signIn } from '../support/student.mjs';

const NEW = 'A new one, chosen on a Sunday';

story('S0.7 recover by personal data', async ({ walk, server, people }) => {
  const student = people.student();
  const elsewhere = await openAccount(server, student);
  const letters = await mark(server, student.email);

  await walk.open('/login');
  await walk.follow('/recover');
  await walk.at('recover', 'find');
  await walk.submit(data(student));
  await walk.at('recover', 'destination');
  // Destinations are masked: enough to know one's own, too little to learn another's.
  expect(await walk.words()).not.toContain(student.email);
  await walk.submit({ channel: 'email' });
  await walk.at('recover', 'code');
  expect(await walk.words()).not.toContain(student.email);
  await walk.submit({ code: await codeAfter(server, student.email, letters) });
  await walk.at('recover', 'password');
  // Whoever has proved it sees what they had forgotten.
  expect(await walk.words()).toContain(student.email);
  await walk.submit({ password: NEW, password_again: NEW });
  expect(walk.path()).toBe('');
  expect(await walk.isSignedIn()).toBe(true);

  const told = await letterTo(server, student.email, letters + 2);
  expect(told.text).toContain('/not-me/');
  expect((await elsewhere.get('/ar')).page.signed_in).toBeUndefined();
  expect((await signIn(server, student)).signedIn).toBe(false);
  expect((await signIn(server, { ...student, password: NEW })).signedIn).toBe(true);
});

story('S0.7 the mailbox is lost, the phone is not', async ({ walk, server, people }) => {
  const student = people.student();
  const [phone, email] = [people.phone(), people.secrets().email];
  await addPhone(server, await openAccount(server, student), phone);
  const messages = await mark(server, phone);
  const letters = await mark(server, student.email);

  await walk.open('/recover');
  await walk.submit(data(student));
  await walk.submit({ channel: 'phone' });
  await walk.at('recover', 'code');
  await walk.submit({ code: await codeAfter(server, phone, messages) });
  await walk.at('recover', 'password');
  await walk.send({ action: 'replace_email' });
  await walk.at('recover', 'new_email');
  await walk.submit({ email });
  await walk.at('recover', 'new_email_code');
  await walk.submit({ code: await codeAfter(server, email) });
  await walk.at('recover', 'password');
  expect(await walk.words()).toContain(email);
  await walk.submit({ password: NEW, password_again: NEW });
  expect(await walk.isSignedIn()).toBe(true);

  // All addresses are told, the one that was replaced too.
  await letterTo(server, student.email, letters + 1);
  await letterTo(server, email, 2);
  await letterTo(server, phone, messages + 2);
  expect((await signIn(server, { email, password: NEW })).signedIn).toBe(true);
  expect((await signIn(server, { email: student.email, password: NEW })).signedIn).toBe(false);
});

for (const [handle, name] of [['email', 'e-mail'], ['student_number', 'student number']]) {
  story(`S0.7 recover by ${name}`, async ({ walk, server, people }) => {
    const student = people.student();
    await openAccount(server, student);
    const letters = await mark(server, student.email);

    // What was typed at sign-in goes along.
    await walk.open('/login');
    await walk.submit({ handle: student[handle], password: 'Not my password 1' });
    expect(await walk.problems()).toEqual(['E201']);
    await walk.follow('/recover');
    expect(await walk.value('handle')).toBe(student[handle]);
    await walk.send({ action: 'handle' });
    if (handle === 'student_number') {
      await walk.at('recover', 'destination');
      await walk.submit({ channel: 'email' });
    }
    await walk.at('recover', 'code');
    expect(await walk.words()).not.toContain(student.email);
    await walk.submit({ code: await codeAfter(server, student.email, letters) });
    await walk.at('recover', 'password');
    await walk.submit({ password: NEW, password_again: NEW });
    expect(await walk.isSignedIn()).toBe(true);
  }, [AR, AR_PLAIN, FR]);
}

story('S0.7 nobody learns whether a handle is known', async ({ walk, server, people }) => {
  const student = people.student();
  await openAccount(server, student);
  const pages = [];
  for (const handle of [student.email, people.secrets().email]) {
    await walk.open('/recover');
    await walk.type({ handle });
    await walk.send({ action: 'handle' });
    await walk.at('recover', 'code');
    pages.push((await walk.words()).replaceAll(/\d+/g, '#'));
    await walk.submit({ code: '135790' });
    expect(await walk.problems()).toEqual(['E303']);
  }
  expect(pages[0]).toBe(pages[1]);
}, [AR, AR_PLAIN]);

story('S0.7 a new password that breaks a rule says which', async ({ walk, server, people }) => {
  const student = people.student();
  await openAccount(server, student);
  const letters = await mark(server, student.email);
  await walk.open('/recover');
  await walk.submit(data(student));
  await walk.submit({ channel: 'email' });
  await walk.submit({ code: await codeAfter(server, student.email, letters) });
  const tries = [
    [{ password: '', password_again: '' }, 'E105'],
    [{ password: 'short', password_again: 'short' }, 'E401'],
    [{ password: 'abcd1234', password_again: 'abcd1234' }, 'E402'],
    [{ password: `my mail ${student.email}`, password_again: '' }, 'E403'],
    [{ password: NEW, password_again: `${NEW}.` }, 'E404'],
  ];
  for (const [typed, problem] of tries) {
    await walk.submit(typed);
    expect(await walk.problems(), JSON.stringify(typed)).toEqual([problem]);
  }
  await walk.submit({ password: NEW, password_again: NEW });
  expect(await walk.isSignedIn()).toBe(true);
}, [AR, AR_PLAIN, EN]);

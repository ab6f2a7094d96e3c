// Journeys in disorder: two tabs, two students on one computer, back, reload, double clicks, too
// late, offline. Nothing is lost, nothing crashes, no second account comes into being.
import { AR, AR_PLAIN, FR } from '../support/modes.mjs';
import { codeAfter, letterTo, mark, onlyLetters } from '../support/outbox.mjs';
import { expect, story } from '../support/story.mjs';
import { data, openAccount, signIn } from '../support/student.mjs';

const HOUR = 3_600_000;

story('S0.2 two tabs, two registrations, one browser', async ({ walk, stage, server, people }) => {
  const [one, two] = [people.student(), people.student()];
  const other = await stage.tab(walk);
  await walk.open('/register');
  await other.open('/register');
  await walk.submit(data(one));
  await other.submit(data(two));
  await walk.submit({ email: one.email, terms: true });
  await other.submit({ email: two.email, terms: true });
  const [first, second] = [await codeAfter(server, one.email), await codeAfter(server, two.email)];
  if (first !== second) {
    await walk.submit({ code: second });
    expect(await walk.problems()).toEqual(['E303']);
  }
  await walk.submit({ code: first });
  await other.submit({ code: second });
  await walk.at('register', 'password');
  await other.at('register', 'password');
  await walk.submit({ password: one.password, password_again: one.password });
  expect(await walk.isSignedIn()).toBe(true);
  // One browser, one person: the other tab says who is signed in and opens no second account.
  await other.submit({ password: two.password, password_again: two.password });
  expect(other.path()).toBe('/register');
  expect((await signIn(server, two)).signedIn).toBe(false);
  expect((await signIn(server, one)).signedIn).toBe(true);
}, [AR, AR_PLAIN]);

story('S0.2 an old page in another tab moves nothing', async ({ walk, stage, server, people }) => {
  const student = people.student();
  await walk.open('/register');
  await walk.submit(data(student));
  await walk.at('register', 'contact');
  const old = await stage.tab(walk);
  await old.page.goto(walk.page.url());
  await old.settle();
  await walk.submit({ email: student.email, terms: true });
  await walk.at('register', 'code');
  // The old page sends its form: it is shown where the journey stands.
  await old.submit({ email: people.secrets().email, terms: true });
  await old.at('register', 'code');
  await walk.submit({ code: await codeAfter(server, student.email) });
  await walk.at('register', 'password');
  await walk.submit({ password: student.password, password_again: student.password });
  await onlyLetters(server, student.email, 2);
}, [AR, AR_PLAIN]);

story('S0.2 two students on one computer', async ({ walk, server, people }) => {
  const [first, second] = [people.student(), people.student()];
  for (const student of [first, second]) {
    await walk.open('/register');
    await walk.at('register', 'who');
    for (const name of ['student_number', 'national_id', 'birth_date']) expect(await walk.value(name)).toBe('');
    await walk.submit(data(student));
    expect(await walk.value('email')).toBe('');
    await walk.submit({ email: student.email, terms: true });
    await walk.submit({ code: await codeAfter(server, student.email) });
    await walk.submit({ password: student.password, password_again: student.password });
    expect(await walk.isSignedIn()).toBe(true);
    await walk.signOut();
  }
  // The way back leads to nothing of theirs.
  for (let steps = 0; steps < 3; steps += 1) {
    await walk.back();
    const text = await walk.page.content();
    for (const trace of [second.email, second.student_number, first.email]) expect(text).not.toContain(trace);
  }
}, [AR, AR_PLAIN]);

story('S0.2 another browser cannot take a journey over', async ({ walk, stage, server, people, mode }) => {
  const student = people.student();
  await walk.open('/register');
  await walk.submit(data(student));
  await walk.submit({ email: student.email, terms: true });
  const stranger = await stage.enter(mode);
  await stranger.page.goto(walk.page.url());
  await stranger.settle();
  await stranger.at('register', 'who');
  expect(await stranger.problems()).toEqual(['E306']);
  expect(await stranger.page.content()).not.toContain(student.email);
  await walk.submit({ code: await codeAfter(server, student.email) });
  await walk.at('register', 'password');
}, [AR, AR_PLAIN]);

story('S0.2 reload and back at every step', async ({ walk, server, people }) => {
  const student = people.student();
  const same = async (step) => {
    await walk.at('register', step);
    await walk.reload();
    await walk.at('register', step);
  };
  await walk.open('/register');
  await walk.submit(data(student));
  await same('contact');
  await walk.submit({ email: student.email, terms: true });
  await same('code');
  await walk.back();
  await walk.at('register', 'code');
  await walk.submit({ code: await codeAfter(server, student.email) });
  await same('password');
  await walk.submit({ password: student.password, password_again: student.password });
  expect(await walk.isSignedIn()).toBe(true);
  await walk.back();
  expect(await walk.isSignedIn()).toBe(true);
  await onlyLetters(server, student.email, 2);
}, [AR, AR_PLAIN]);

story('S0.2 double clicks at every step', async ({ walk, server, people }) => {
  const student = people.student();
  const twice = async (fields) => {
    await walk.type(fields);
    await walk.arrive(() => walk.button().dblclick());
  };
  await walk.open('/register');
  await twice(data(student));
  await walk.at('register', 'contact');
  await twice({ email: student.email, terms: true });
  await walk.at('register', 'code');
  await letterTo(server, student.email);
  await twice({ code: await codeAfter(server, student.email) });
  await walk.at('register', 'password');
  await twice({ password: student.password, password_again: student.password });
  expect(await walk.isSignedIn()).toBe(true);
  await onlyLetters(server, student.email, 2);
}, [AR, FR]);

story('S0.2 a journey that was left for an hour', async ({ walk, server, people }) => {
  const student = people.student();
  await walk.open('/register');
  await walk.submit(data(student));
  await walk.type({ email: student.email, terms: true });
  await server.advance(HOUR + 1000);
  await walk.send();
  await walk.at('register', 'who');
  expect(await walk.problems()).toEqual(['E306']);
  await walk.submit(data(student));
  await walk.at('register', 'contact');
  // What was typed before is not typed again.
  expect(await walk.value('email')).toBe(student.email);
  await walk.reload();
  await walk.at('register', 'contact');
}, [AR, AR_PLAIN]);

story('S0.7 a recovery that was left for an hour', async ({ walk, server, people }) => {
  const student = people.student();
  await openAccount(server, student);
  await walk.open('/recover');
  await walk.submit(data(student));
  const seen = await mark(server, student.email);
  await walk.submit({ channel: 'email' });
  await walk.at('recover', 'code');
  const code = await codeAfter(server, student.email, seen);
  await server.advance(HOUR + 1000);
  await walk.submit({ code });
  await walk.at('recover', 'find');
  expect(await walk.problems()).toEqual(['E306']);
  await walk.submit(data(student));
  await walk.at('recover', 'destination');
}, [AR, AR_PLAIN]);

story('S0.7 the connection is lost on the way', async ({ walk, server, people }) => {
  const student = people.student();
  await openAccount(server, student);
  await walk.open('/recover');
  await walk.type(data(student));
  await walk.page.context().setOffline(true);
  walk.checks.expect(/^failed: POST .*INTERNET_DISCONNECTED/);
  walk.checks.allow(/INTERNET_DISCONNECTED/);
  await walk.button().click();
  await expect.poll(() => walk.problems()).toEqual(['E903']);
  for (const [name, value] of Object.entries(data(student))) expect(await walk.value(name)).toBe(value);
  // A link does not lead away from what was typed either.
  await walk.page.locator(`header a[href="/${walk.lang}"]`).click();
  await expect.poll(() => walk.path()).toBe('/recover');
  expect(await walk.value('student_number')).toBe(student.student_number);
  await walk.page.context().setOffline(false);
  await expect.poll(() => walk.problems()).toEqual([]);
  await walk.send();
  await walk.at('recover', 'destination');
}, [AR, FR]);

story('S0.7 recovered in one browser, ended in the other', async ({ walk, stage, server, people, mode }) => {
  const student = people.student();
  await openAccount(server, student);
  const other = await stage.enter(mode);
  await other.open('/login');
  await other.submit({ handle: student.email, password: student.password });
  await other.open('/account');

  await walk.open('/recover');
  await walk.submit(data(student));
  const seen = await mark(server, student.email);
  await walk.submit({ channel: 'email' });
  await walk.submit({ code: await codeAfter(server, student.email, seen) });
  const password = people.secrets().password;
  await walk.submit({ password, password_again: password });
  expect(await walk.isSignedIn()).toBe(true);

  // What is still on the other screen leads to signing in, and from there back.
  await other.follow('/account/contact', 'body');
  expect(other.path()).toBe('/login');
  await other.submit({ handle: student.email, password });
  expect(other.path()).toBe('/account/contact');
}, [AR, AR_PLAIN]);

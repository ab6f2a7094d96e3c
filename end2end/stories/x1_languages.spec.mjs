// X1: switching the language keeps the place and the input; what is sent speaks the reader's language.
import { AR, AR_PLAIN, FR, TRANSLATED } from '../support/modes.mjs';
import { codeAfter, letterTo, mark } from '../support/outbox.mjs';
import { expect, story } from '../support/story.mjs';
import { data, openAccount } from '../support/student.mjs';

const MODES = [AR, AR_PLAIN, ...TRANSLATED];

/** Types, switches, and finds everything where it was. */
async function keeps(walk, lang, [journey, step], fields) {
  await walk.type(fields);
  await walk.switchTo(lang);
  await walk.at(journey, step);
  expect(await walk.problems()).toEqual([]);
  for (const [name, value] of Object.entries(fields)) {
    if (value === true) await expect(walk.field(name)).toBeChecked();
    else expect(await walk.value(name)).toBe(value);
  }
}

story('X1 language switch in the middle of a registration', async ({ walk, server, people }) => {
  const student = people.student();
  await walk.open('/register');
  await keeps(walk, 'fr', ['register', 'who'], { student_number: student.student_number, national_id: 'half', birth_date: '14/03' });
  await walk.submit(data(student));
  await keeps(walk, 'en', ['register', 'contact'], { email: student.email, phone: '0612', terms: true });
  await walk.submit({ phone: '' });
  await walk.at('register', 'code');
  const letter = await letterTo(server, student.email);
  expect(letter.lang).toBe('en');
  await walk.switchTo('ar');
  await walk.at('register', 'code');
  await walk.submit({ code: await codeAfter(server, student.email) });
  await walk.at('register', 'password');
  // A secret is never written back into a page.
  await walk.type({ password: student.password, password_again: student.password });
  await walk.switchTo('fr');
  await walk.at('register', 'password');
  expect([await walk.value('password'), await walk.value('password_again')]).toEqual(['', '']);
  await walk.submit({ password: student.password, password_again: student.password });
  expect(await walk.isSignedIn()).toBe(true);
  await walk.switchTo('ar');
  expect(await walk.isSignedIn()).toBe(true);
}, MODES);

story('X1 language switch in the middle of a recovery', async ({ walk, server, people }) => {
  const student = people.student();
  await openAccount(server, student);
  await walk.open('/login');
  await keeps(walk, 'en', ['sign_in', 'credentials'], { handle: student.email, keep: true });
  await walk.follow('/recover');
  await keeps(walk, 'fr', ['recover', 'find'], { ...data(student), handle: '' });
  await walk.type(data(student));
  await walk.send();
  await walk.at('recover', 'destination');
  await walk.switchTo('ar');
  await walk.at('recover', 'destination');
  const seen = await mark(server, student.email);
  await walk.submit({ channel: 'email' });
  await walk.switchTo('en');
  await walk.at('recover', 'code');
  await walk.submit({ code: await codeAfter(server, student.email, seen) });
  await walk.at('recover', 'password');
  await walk.switchTo('ar');
  await walk.at('recover', 'password');
}, [AR, AR_PLAIN, TRANSLATED[1]]);

story('X1 a problem keeps its code in every language', async ({ walk }) => {
  await walk.open('/login');
  await walk.submit({ handle: 'nobody@nowhere.example', password: 'Not my password 1' });
  expect(await walk.problems()).toEqual(['E201']);
  const words = new Set([await walk.words()]);
  for (const lang of ['fr', 'en', 'ar']) {
    await walk.switchTo(lang);
    await walk.submit({ password: 'Not my password 1' });
    expect(await walk.problems()).toEqual(['E201']);
    words.add(await walk.words());
  }
  expect(words.size).toBe(3);
}, [AR, AR_PLAIN]);

story('X1 the app brings the texts of the languages that are read, each once', async ({ walk, mode }) => {
  const asked = [];
  walk.page.on('request', (request) => asked.push(...(/texts\.(..)\.txt$/.exec(request.url())?.slice(1) ?? [])));
  await walk.open('/register');
  expect(asked).toEqual([mode.lang]);
  const other = mode.lang === 'ar' ? 'fr' : 'ar';
  await walk.page.evaluate(() => (window.still = true));
  await walk.switchTo(other);
  await walk.submit({});
  expect(await walk.problems()).not.toEqual([]);
  await walk.switchTo(mode.lang);
  await walk.switchTo(other);
  expect(asked).toEqual([mode.lang, other]);
  expect(await walk.page.evaluate(() => window.still), 'no page was loaded').toBe(true);
}, [AR, FR]);

/** The language that `/` leads to. */
async function first(walk) {
  await walk.page.goto('/');
  await walk.settle();
  return walk.lang;
}

story('X1 the first page speaks the browser’s language until another one is read', async ({ walk, stage, mode }) => {
  const other = mode.lang === 'ar' ? 'fr' : 'ar';
  expect(await first(walk)).toBe(mode.lang);
  await walk.switchTo(other);
  expect(await first(walk)).toBe(other);
  // A link from elsewhere is enough.
  await walk.page.goto('/en/terms');
  await walk.settle();
  expect(await first(walk)).toBe('en');
  // Nobody else's browser is touched.
  expect(await first(await stage.enter(mode))).toBe(mode.lang);
}, [AR, AR_PLAIN, FR]);

story('X1 the first page speaks the language that was switched to in a form', async ({ walk }) => {
  await walk.open('/recover');
  await walk.switchTo('en');
  expect(await first(walk)).toBe('en');
}, [AR, AR_PLAIN]);

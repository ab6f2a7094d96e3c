// S0.4, S0.5, S0.8: the record is not found, has an account, has none. Each leads on with everything
// that was typed.
import { AR, AR_PLAIN } from '../support/modes.mjs';
import { codeAfter, letterTo, mark } from '../support/outbox.mjs';
import { expect, story } from '../support/story.mjs';
import { data, openAccount, signIn } from '../support/student.mjs';

const OFFICE = 'scolarite@fsjes.example.ma';

story('S0.4 number not correct', async ({ walk, people }) => {
  const student = people.student();
  await walk.open('/register');
  await walk.submit({ ...data(student), birth_date: '1990-01-01' });
  expect(await walk.problems()).toEqual(['E101']);
  await walk.at('register', 'who');
  // Where the number is printed: two pictures, in words too.
  const pictures = walk.page.locator('main figure');
  await expect(pictures).toHaveCount(2);
  for (const picture of await pictures.all()) {
    await picture.scrollIntoViewIfNeeded();
    await expect.poll(() => picture.locator('img').evaluate((image) => image.naturalWidth)).toBeGreaterThan(0);
    expect((await picture.locator('figcaption').innerText()).trim()).not.toBe('');
  }
  // The complaint is offered at once, for whoever has checked already.
  const complaint = walk.page.locator(`main [role=alert] form[action="/${walk.lang}/complaints/new"] button`);
  await expect(complaint).toBeVisible();
  // The same again: the office comes into the problem, and nothing has to be typed twice.
  expect(await walk.value('student_number')).toBe(student.student_number);
  expect(await walk.value('national_id')).toBe(student.national_id);
  await walk.submit({ birth_date: '1990-01-02' });
  expect(await walk.problems()).toEqual(['E101']);
  const problem = walk.page.locator('main [role=alert]');
  await expect(problem.locator('a[href^="tel:"]')).toBeVisible();
  await expect(problem.locator('a[href^="mailto:"]')).toBeVisible();
  await expect(complaint).toBeVisible();
  await walk.submit({ birth_date: student.birth_date });
  await walk.at('register', 'contact');
});

story('S0.4 which of the three was wrong is never told', async ({ walk, people }) => {
  const [student, other] = [people.student(), people.student()];
  const wrong = [
    { ...data(student), birth_date: '1990-01-01' },
    { ...data(student), national_id: other.national_id },
    { ...data(student), student_number: 'Z000000001' },
  ];
  const answers = [];
  for (const typed of wrong) {
    await walk.open('/register');
    await walk.submit(typed);
    expect(await walk.problems()).toEqual(['E101']);
    answers.push(await walk.page.locator('main [role=alert]').innerText());
  }
  expect(new Set(answers).size).toBe(1);
}, [AR, AR_PLAIN]);

story('S0.5 you already have an account', async ({ walk, server, people }) => {
  const student = people.student();
  await openAccount(server, student);
  await walk.open('/register');
  await walk.submit(data(student));
  expect(await walk.problems()).toEqual(['E102']);
  await walk.carryTo('/recover');
  // Nothing is typed twice: the record is found by what was typed there.
  await walk.at('recover', 'destination');
  await walk.type({ channel: 'email' });
  const before = await mark(server, student.email);
  await walk.send();
  await walk.at('recover', 'code');
  await walk.submit({ code: await codeAfter(server, student.email, before) });
  await walk.at('recover', 'password');
});

for (const [objection, story_] of [['never_made', 'I never made one'], ['none_mine', 'none of these addresses is mine']]) {
  story(`S0.5 ${story_}`, async ({ walk, server, people }) => {
    const student = people.student();
    const thief = await openAccount(server, student);
    const letters = await mark(server, student.email);
    const office = await mark(server, OFFICE);
    await walk.open('/recover');
    await walk.submit(data(student));
    await walk.at('recover', 'destination');
    await walk.send({ action: objection });
    // First it is said what that means; nothing is frozen yet.
    await walk.at('recover', 'dispute');
    expect((await signIn(server, student)).signedIn).toBe(true);
    await walk.send({ action: 'freeze' });
    await walk.at('recover', 'frozen');
    expect(await thief.get('/ar').then(({ page }) => page.signed_in)).toBeUndefined();
    const { answer } = await signIn(server, student);
    expect(answer.page.problems[0].code).toBe('E205');
    await letterTo(server, student.email, letters + 1);
    await letterTo(server, OFFICE, office + 1);

    await walk.open('/recover');
    await walk.submit(data(student));
    expect(await walk.problems()).toEqual(['E205']);
  });
}

story('S0.8 you have not created your account', async ({ walk, server, people }) => {
  const student = people.student();
  await walk.open('/recover');
  await walk.at('recover', 'find');
  await walk.submit(data(student));
  expect(await walk.problems()).toEqual(['E302']);
  await walk.carryTo('/register');
  await walk.at('register', 'contact');
  await walk.submit({ email: student.email, terms: true });
  await walk.submit({ code: await codeAfter(server, student.email) });
  await walk.submit({ password: student.password, password_again: student.password });
  expect(await walk.isSignedIn()).toBe(true);
});

story('S0.8 data that matches nobody, again and again', async ({ walk, server, people }) => {
  const student = people.student();
  await walk.open('/recover');
  await walk.submit({ ...data(student), birth_date: '1990-01-01' });
  expect(await walk.problems()).toEqual(['E301']);
  await expect(walk.page.locator('main [role=alert] a[href^="tel:"]')).toHaveCount(0);
  for (let tries = 2; tries <= 5; tries += 1) {
    await walk.submit({ birth_date: `1990-01-0${tries}` });
    expect(await walk.problems()).toEqual(['E301']);
    await expect(walk.page.locator('main [role=alert] a[href^="tel:"]')).toBeVisible();
  }
  // Five tries a number a day; after that even the right data waits. The complaint does not.
  await walk.submit(data(student));
  expect(await walk.problems()).toEqual(['E202']);
  await expect(walk.page.locator(`main [role=alert] form[action="/${walk.lang}/complaints/new"] button`)).toBeVisible();
  await server.advance(15 * 60_000);
  await walk.submit(data(student));
  expect(await walk.problems()).toEqual(['E302']);
}, [AR, AR_PLAIN]);

// S0.10: under the browser's automatic translation every journey completes (each story's test has
// those modes) and every problem shows; what changes on the page keeps changing.
import { AR, TRANSLATED } from '../support/modes.mjs';
import { codeAfter } from '../support/outbox.mjs';
import { expect, story } from '../support/story.mjs';
import { data } from '../support/student.mjs';

const bare = (text) => text.replaceAll(/[\u27E6\u27E7]/g, '').trim();

/** Each problem shown says something, above the form and at its field. */
async function says(walk, codes) {
  expect(await walk.problems()).toEqual(codes);
  for (const problem of await walk.page.locator('[data-problem]').all()) {
    await expect(problem).toBeVisible();
    expect(bare(await problem.innerText()).length).toBeGreaterThan(10);
  }
}

story('S0.10 every problem shows under translation', async ({ walk, server, people }) => {
  const student = people.student();
  await walk.open('/login');
  await walk.submit({ handle: '', password: '' });
  await says(walk, ['E105']);
  await walk.submit({ handle: people.secrets().email, password: 'Not my password 1' });
  await says(walk, ['E201']);
  await walk.open('/register');
  await walk.submit({ student_number: '1', national_id: '', birth_date: '1' });
  await says(walk, ['E105', 'E106', 'E107']);
  await walk.submit({ ...data(student), birth_date: '1990-01-01' });
  await says(walk, ['E101']);
  await walk.submit(data(student));
  await walk.submit({ email: '@', phone: '1' });
  await says(walk, ['E108', 'E109', 'E110']);
  await walk.submit({ email: student.email, phone: '', terms: true });
  const code = await codeAfter(server, student.email);
  await walk.submit({ code: code === '111111' ? '222222' : '111111' });
  await says(walk, ['E303']);
  await walk.submit({ code });
  for (const [typed, problem] of [['short', 'E401'], ['password123', 'E402'], [`x ${student.student_number} x`, 'E403']]) {
    await walk.submit({ password: typed, password_again: typed });
    await says(walk, [problem]);
  }
  await walk.submit({ password: student.password, password_again: `${student.password}?` });
  await says(walk, ['E404']);
}, TRANSLATED);

story('S0.10 a problem that appears while typing goes away again', async ({ walk, people }) => {
  const student = people.student();
  await walk.open('/register');
  for (let round = 0; round < 3; round += 1) {
    await walk.type({ national_id: '!' });
    await walk.field('birth_date').focus();
    await expect.poll(() => walk.problems()).toEqual(['E106']);
    await walk.type({ national_id: student.national_id });
    await expect.poll(() => walk.problems()).toEqual([]);
  }
}, [AR, ...TRANSLATED]);

story('S0.10 words that change keep changing', async ({ walk, server, people }) => {
  const student = people.student();
  await walk.open('/register');
  await walk.submit(data(student));
  await walk.submit({ email: student.email, terms: true });

  // The seconds until another code may be asked for.
  const countdown = walk.page.locator('main [role=timer]');
  const seconds = async () => Number(bare(await countdown.innerText()).match(/\d+/)?.[0]);
  const first = await seconds();
  expect(first).toBeGreaterThan(0);
  await expect.poll(seconds).toBeLessThan(first);
  await expect.poll(seconds).toBeLessThan(first - 2);

  await walk.submit({ code: await codeAfter(server, student.email) });
  // The meter's word, and the ticks of the rules.
  const word = walk.page.locator('output[for=password]');
  const met = walk.page.locator('#password-rules [data-state=met]');
  const heard = new Set();
  for (const [typed, rules] of [['a', 1], ['abcdefgh', 2], [student.password, 2]]) {
    await walk.type({ password: typed });
    await expect(met).toHaveCount(rules);
    heard.add(bare(await word.innerText()));
  }
  expect(heard.size).toBeGreaterThan(1);
  expect(heard).not.toContain('');
}, [AR, ...TRANSLATED]);

story('S0.10 the page offers the languages it was written in', async ({ walk, mode }) => {
  await walk.open('/login');
  const offer = walk.page.locator('[role=status] a[hreflang]');
  // Edge leaves no mark on the page that it translates.
  if (mode.robot?.options.edge || !mode.robot) return expect(offer).toHaveCount(0);
  await expect(offer.first()).toBeVisible();
  expect(await offer.evaluateAll((links) => links.map((link) => link.hreflang))).toEqual(['ar', 'fr', 'en']);
}, [AR, ...TRANSLATED]);

story('S0.10 the original comes back and goes again', async ({ walk, people }) => {
  const student = people.sample();
  await walk.open('/login');
  await walk.submit({ handle: student.email, password: 'Not my password 1' });
  expect(await walk.problems()).toEqual(['E201']);
  await walk.page.evaluate(() => window.robot.undo());
  expect(await walk.problems()).toEqual(['E201']);
  await walk.submit({ handle: student.email, password: student.password });
  expect(await walk.isSignedIn()).toBe(true);
}, TRANSLATED.slice(0, 2));

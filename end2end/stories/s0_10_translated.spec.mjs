// S0.10: under the browser's automatic translation every journey completes (each story's test has
// those modes) and every problem shows; what changes on the page keeps changing.
import { active, cut, large, locked, photo, slip, word } from '../support/files.mjs';
import { AR, TRANSLATED } from '../support/modes.mjs';
import { claim } from '../support/office.mjs';
import { codeAfter, mark } from '../support/outbox.mjs';
import { expect, story } from '../support/story.mjs';
import { data, openAccount } from '../support/student.mjs';

const bare = (text) => text.replaceAll(/[\u27E6\u27E7]/g, '').trim();

const TEN_MINUTES = 600_000;
const HOUR = 3_600_000;

/** Each problem shown says something, above the form and at its field. */
async function says(walk, codes) {
  expect(await walk.problems()).toEqual(codes);
  for (const problem of await walk.page.locator('[data-problem]').all()) {
    await expect(problem).toBeVisible();
    expect(bare(await problem.innerText()).length).toBeGreaterThan(10);
  }
}

/** The elements of the page's own part in order, without what a translator puts among them. */
const skeleton = (walk) => walk.page.locator('main').evaluate(elements);

/** The same of the page as the server sends it, which no translator has touched. */
async function sent(walk) {
  const html = await (await walk.page.request.get(walk.page.url())).text();
  return walk.page.evaluate(`(${elements})(new DOMParser().parseFromString(${JSON.stringify(html)}, 'text/html').querySelector('main'))`);
}

function elements(main) {
  return [...main.querySelectorAll(':not(font)')].map((element) => `${element.tagName} ${element.className} ${element.getAttribute('href') ?? ''}`);
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

story('S0.10 what stops a journey shows under translation', async ({ walk, server, people }) => {
  const [student, other] = [people.student(), people.student()];
  await openAccount(server, student);
  await walk.open('/register');
  await walk.submit(data(student));
  await says(walk, ['E102']);
  await walk.open('/register');
  await walk.submit(data(people.former()));
  await says(walk, ['E104']);

  await walk.open('/recover');
  for (let tries = 1; tries <= 5; tries += 1) await walk.submit({ ...data(other), birth_date: `1990-01-0${tries}` });
  await says(walk, ['E301']);
  await walk.submit(data(other));
  await says(walk, ['E202']);
  await server.advance(HOUR / 4);
  await walk.submit(data(other));
  await says(walk, ['E302']);

  await walk.open('/recover');
  await walk.submit(data(student));
  const seen = await mark(server, student.email);
  await walk.submit({ channel: 'email' });
  const code = await codeAfter(server, student.email, seen);
  await server.advance(TEN_MINUTES);
  await walk.submit({ code });
  await says(walk, ['E304']);
  await server.advance(HOUR);
  await walk.submit({ code });
  await says(walk, ['E306']);

  const frozen = people.frozen();
  await walk.open('/login');
  await walk.submit({ handle: frozen.email, password: frozen.password });
  await says(walk, ['E205']);
}, TRANSLATED);

story('S0.10 what an account’s owner is refused shows under translation', async ({ walk, server, people }) => {
  const student = people.student();
  const email = people.secrets().email;
  await openAccount(server, student);
  await walk.open('/login');
  await walk.submit({ handle: student.email, password: student.password });
  await walk.open('/account/password');
  const endless = 'endless '.repeat(20);
  await walk.submit({ current_password: student.password, password: endless, password_again: endless });
  await says(walk, ['E407']);
  await server.advance(TEN_MINUTES);
  await walk.open('/account/contact?change=email');
  await walk.submit({ email });
  await says(walk, ['E206']);
  await walk.submit({ email, current_password: 'Not my password 1' });
  await says(walk, ['E406']);

  // What is said of the connection comes and goes with it.
  await walk.page.context().setOffline(true);
  walk.checks.expect(/^failed: POST .*INTERNET_DISCONNECTED/);
  walk.checks.allow(/^console: .*INTERNET_DISCONNECTED/);
  await walk.button().click();
  await expect.poll(() => walk.problems()).toContain('E903');
  await says(walk, ['E406', 'E903']);
  await walk.page.context().setOffline(false);
  await expect.poll(() => walk.problems()).toEqual(['E406']);
  await walk.submit({ current_password: student.password });
  await walk.at('contact', 'code');
  // Somebody opens an account with the address while its code is on its way.
  const code = await codeAfter(server, email);
  await openAccount(server, { ...people.student(), email });
  await walk.submit({ code });
  await says(walk, ['E103']);

  walk.checks.expect(/^404: GET /, /^console: .*404/);
  await walk.open('/nowhere');
  await says(walk, ['E904']);
}, TRANSLATED);

story('S0.10 what is wrong with a complaint shows under translation', async ({ walk, server, people }) => {
  const student = people.student();
  await walk.open('/complaints');
  await walk.submit({ reference: '', code: '' });
  await says(walk, ['E105']);
  await walk.submit({ reference: 'FSAB2CD3EF', code: 'BCDFGHJK' });
  await says(walk, ['E501']);
  await walk.open('/complaints/new');
  await walk.submit({ student_number: '1', national_id: '', birth_date: '1' });
  await says(walk, ['E105', 'E106', 'E107']);
  await walk.submit(claim(student));
  await walk.submit({ email: '@', phone: '1' });
  await says(walk, ['E108', 'E109']);
  await walk.submit({ email: student.email, phone: '' });
  await walk.submit({ code: await codeAfter(server, student.email) });
  for (const [file, problem] of [[null, 'E601'], [large(), 'E602'], [word(), 'E603'], [locked(), 'E604'], [active(), 'E605'], [cut(), 'E606']]) {
    if (file) for (const slot of ['id_front', 'slip']) await walk.attach(slot, file);
    await walk.send();
    await says(walk, [problem]);
  }
  await walk.attach('id_front', photo());
  await walk.attach('slip', slip());
  await walk.send();
  await walk.submit({ consent: false });
  await says(walk, ['E105']);
  await server.advance(HOUR);
  await walk.submit({ consent: true });
  await says(walk, ['E306']);
}, TRANSLATED);

story('S0.10 the page of every problem stays whole under translation', async ({ walk }) => {
  await walk.open('/problems');
  const links = walk.page.locator('main section a[href*="/problems/E"]');
  const codes = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href').split('/').pop()));
  expect(codes.length).toBeGreaterThan(30);
  for (const code of codes) {
    await walk.open(`/problems/${code}`);
    await says(walk, [code]);
    // What happened and what to do: a heading, and words beneath it.
    const parts = walk.page.locator('main [data-problem] section');
    await expect(parts, code).toHaveCount(2);
    for (const part of await parts.all()) {
      for (const words of await part.locator('h2, p').all()) {
        await expect(words, code).toBeVisible();
        expect(bare(await words.innerText()), code).not.toBe('');
      }
    }
    // The next step: a link that says where it leads, or the office.
    const next = walk.page.locator('main [data-problem] .actions a, aside a[href^="tel:"]').filter({ visible: true });
    expect(bare(await next.first().innerText()), code).not.toBe('');
    expect(await skeleton(walk), code).toEqual(await sent(walk));
  }
}, [TRANSLATED[0], TRANSLATED[3]]);

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

// X3: with the keyboard alone, narrow, with large text, in forced colours and in the dark, without
// motion. (Every page of every test is looked at by axe and measured at 360 and 320 px besides.)
import { photo, scan, slip } from '../support/files.mjs';
import { enter, tabTo, typeByKeys } from '../support/keys.mjs';
import { AR, AR_PLAIN, FR } from '../support/modes.mjs';
import { Officer, atDesk, claim, complain, officers, reference, stopLink } from '../support/office.mjs';
import { codeAfter, mark } from '../support/outbox.mjs';
import { expect, story, test } from '../support/story.mjs';
import { data, dayFirst, openAccount } from '../support/student.mjs';

const DAY_AND_NIGHT = [{ colorScheme: 'light' }, { colorScheme: 'dark' }, { colorScheme: 'light', forcedColors: 'active' }, { colorScheme: 'dark', forcedColors: 'active' }];

story('X3 keyboard only: register', async ({ walk, server, people }) => {
  const student = people.student();
  await walk.open('');
  await tabTo(walk, `main a[href="/${walk.lang}/register"]`);
  await enter(walk);
  await typeByKeys(walk, { ...data(student), birth_date: dayFirst(student.birth_date) });
  await enter(walk);
  await walk.at('register', 'contact');
  await typeByKeys(walk, { email: student.email, terms: true });
  await tabTo(walk, 'main form button:not([name])');
  await enter(walk);
  await walk.at('register', 'code');
  await typeByKeys(walk, { code: await codeAfter(server, student.email) });
  await enter(walk);
  await walk.at('register', 'password');
  await typeByKeys(walk, { password: student.password, password_again: student.password });
  await enter(walk);
  expect(await walk.isSignedIn()).toBe(true);
  // Out again, through the menu.
  await tabTo(walk, 'summary');
  await walk.page.keyboard.press('Enter');
  await tabTo(walk, `form[action="/${walk.lang}/logout"] button`);
  await enter(walk);
  expect(await walk.isSignedIn()).toBe(false);
}, [AR, AR_PLAIN, FR]);

story('X3 keyboard only: recover', async ({ walk, server, people }) => {
  const student = people.student();
  await openAccount(server, student);
  const seen = await mark(server, student.email);
  await walk.open('/recover');
  await typeByKeys(walk, data(student));
  await enter(walk);
  await walk.at('recover', 'destination');
  await tabTo(walk, '[name=channel]');
  await walk.page.keyboard.press('Space');
  await expect(walk.page.locator('[name=channel]:checked')).toHaveCount(1);
  await enter(walk);
  await walk.at('recover', 'code');
  await typeByKeys(walk, { code: await codeAfter(server, student.email, seen) });
  await enter(walk);
  await walk.at('recover', 'password');
  await typeByKeys(walk, { password: student.password, password_again: student.password });
  await enter(walk);
  expect(await walk.isSignedIn()).toBe(true);
}, [AR, AR_PLAIN]);

story('X3 keyboard only: a complaint', async ({ walk, server, people }) => {
  const student = people.student();
  // Choosers are caught from here on: caught only when the key is pressed, one may open before it is.
  walk.page.on('filechooser', () => {});
  await walk.open('/complaints/new');
  await typeByKeys(walk, { ...claim(student), birth_date: dayFirst(student.birth_date) });
  await enter(walk);
  await walk.at('complain', 'reach');
  await typeByKeys(walk, { email: student.email });
  await tabTo(walk, 'main form button:not([name])');
  await enter(walk);
  await walk.at('complain', 'code');
  await typeByKeys(walk, { code: await codeAfter(server, student.email) });
  await enter(walk);
  await walk.at('complain', 'papers');
  // The browser's chooser opens by a key on the field; what it chooses is given to it here.
  for (const [slot, file] of [['id_front', photo()], ['slip', slip()]]) {
    await tabTo(walk, `[name=${slot}]`);
    const chooser = walk.page.waitForEvent('filechooser');
    await walk.page.keyboard.press('Space');
    await (await chooser).setFiles(file);
  }
  await tabTo(walk, 'main form button:not([name])');
  await enter(walk);
  await walk.at('complain', 'check');
  await typeByKeys(walk, { consent: true });
  await tabTo(walk, 'main form button:not([name])');
  await enter(walk);
  await walk.at('complaint', 'shown');
}, [AR, AR_PLAIN]);

story('X3 the first stop leads past the head of the page', async ({ walk }) => {
  await walk.open('/login');
  await walk.page.keyboard.press('Tab');
  await expect(walk.page.locator('a[href="#main"]')).toBeFocused();
  await expect(walk.page.locator('a[href="#main"]')).toBeInViewport();
  await walk.page.keyboard.press('Enter');
  await expect(walk.page.locator('main')).toBeFocused();
  await tabTo(walk, '[name=handle]');
}, [AR, AR_PLAIN]);

story('X3 reading goes on where something happened', async ({ walk }) => {
  await walk.open('/register');
  await walk.submit({ student_number: '', national_id: '', birth_date: '' });
  const focused = walk.page.locator(':focus');
  await expect(focused).toHaveAttribute('role', 'alert');
  // Each problem of the summary leads to its field.
  await walk.page.keyboard.press('Tab');
  await walk.page.keyboard.press('Enter');
  await expect(walk.field('student_number')).toBeFocused();
  await walk.open('');
  await walk.follow('/login');
  await expect(walk.page.locator('h1')).toBeFocused();
}, [AR, FR]);

/** A whole way through the product under other circumstances; `look` says what to look at. */
async function wholeWay(walk, server, student, look) {
  for (const path of ['', '/login', '/recover', '/problems', '/terms']) {
    await walk.open(path);
    await look(`page ${path}`);
  }
  await walk.open('/register');
  await look('who');
  await walk.submit({ ...data(student), birth_date: '1990-01-01' });
  await look('who E101');
  await walk.submit(data(student));
  await look('contact');
  await walk.submit({ email: '@', phone: '1' });
  await look('contact with problems');
  await walk.submit({ email: student.email, phone: '', terms: true });
  await look('code');
  await walk.submit({ code: await codeAfter(server, student.email) });
  await look('password');
  await walk.submit({ password: 'short', password_again: '' });
  await look('password E401');
  await walk.submit({ password: student.password, password_again: student.password });
  await look('home');
  for (const path of ['/account', '/account/contact', '/account/contact?change=phone', '/account/password', '/account/sessions', '/account/security', '/account/close']) {
    await walk.open(path);
    await look(path);
  }
}

/** How wide the page is, how wide the screen, and what sticks out. */
const width = (walk) =>
  walk.page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const wide = [...document.querySelectorAll('body *')].filter((one) => {
      const { left, right } = one.getBoundingClientRect();
      return right > clientWidth + 0.5 || left < -0.5;
    });
    return [scrollWidth, clientWidth, wide.slice(-2).map((one) => one.outerHTML.slice(0, 150))];
  });

async function fits(walk, where) {
  const [scroll, client, wide] = await width(walk);
  expect(scroll, `${where} is ${scroll} px wide in ${client}: ${wide.join(' | ')}`).toBeLessThanOrEqual(client);
}

story('X3 320 px', async ({ server, people, stage, mode }) => {
  const walk = await stage.enter(mode, { viewport: { width: 320, height: 568 } });
  await wholeWay(walk, server, people.student(), (where) => fits(walk, where));
}, [AR, FR]);

story('X3 200 % text', async ({ walk, server, people }) => {
  await wholeWay(walk, server, people.student(), async (where) => {
    // Chromium's own setting for the size of text, as far as a page can set it.
    await walk.page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
    await fits(walk, where);
    await walk.page.evaluate(() => (document.documentElement.style.fontSize = ''));
  });
}, [AR, FR]);

story('X3 high contrast, dark and light', async ({ walk, server, people }) => {
  await wholeWay(walk, server, people.student(), async (where) => {
    expect(await walk.checks.axe(DAY_AND_NIGHT), where).toEqual([]);
  });
}, [AR, FR]);

const LONG = 'Averylongwordthatnobodyhasputahyphenintobecauseitisanaddressofsomekind/'.repeat(2);

/** A complaint from the first question to the answer, and what else is offered around it. */
async function complaintWay(walk, server, student, look) {
  await walk.open('/complaints');
  await look('ask');
  await walk.submit({ reference: 'FSAB2CD3EF', code: 'BCDFGHJK' });
  await look('ask E501');
  await walk.open('/complaints/new');
  await look('data');
  await walk.submit({ student_number: '1' });
  await look('data with problems');
  await walk.submit(claim(student));
  await walk.submit({ email: '@', phone: '1', note: LONG });
  await look('reach with problems');
  const seen = await mark(server, student.email);
  await walk.submit({ email: student.email, phone: '' });
  await look('code');
  await walk.submit({ code: await codeAfter(server, student.email, seen) });
  await look('papers');
  await walk.attach('id_front', photo());
  await walk.send();
  await look('papers, one of two');
  await walk.attach('slip', slip());
  await walk.send();
  await look('check');
  await walk.submit({ consent: true });
  await look('receipt');
  const officer = await Officer.at(server);
  await officer.press(reference(walk), 'take');
  await officer.press(reference(walk), 'refuse', { reason: 'proof_unreadable', answer: LONG });
  await walk.reload();
  await look('refused');
}

/** Help with an account whose addresses are lost, up to its end by the owner. */
async function assistedWay(walk, server, people, look) {
  const student = people.student();
  await openAccount(server, student, walk.lang);
  await walk.open('/recover/assisted');
  await look('assisted');
  const seen = await mark(server, student.email);
  await complain(server, student, { email: people.secrets().email, matter: 'assisted', door: '/recover/assisted' });
  await walk.page.goto(await stopLink(server, student.email, seen));
  await walk.settle();
  await look('stop');
  await walk.send();
  await look('stop E105');
  await walk.submit({ verdict: 'not_me' });
  await look('stopped');
}

/** Every page of the desk, in every state of a complaint. */
async function deskWay(scene, look) {
  const { server, people } = scene;
  const [student, account] = [people.student(), people.student()];
  await openAccount(server, account);
  const wrong = { ...student, birth_date: '2001-02-03', first_name_latin: LONG.slice(0, 50) };
  const three = { id_front: photo(), id_back: scan(), slip: slip() };
  const unknown = { ...people.student(), student_number: `T1${people.phone().slice(-8)}`, national_id: 'Y98765' };
  const one = await complain(server, wrong, { email: student.email, note: LONG, phone: '0612345678', papers: three });
  const two = await complain(server, unknown, { email: people.secrets().email, matter: 'cannot_register' });
  const third = await complain(server, account, { email: people.secrets().email, matter: 'assisted', door: '/recover/assisted' });
  const [admin] = await officers(server, 'administrator');
  const desk = await atDesk(scene, admin);
  for (const path of ['/staff', '/staff?q=nothing', '/staff/letters', `/staff/complaints/${one.reference}`]) {
    await desk.open(path);
    await look(desk, path);
  }
  for (const [kind, { reference: number }] of [['wrong data', one], ['nobody', two], ['assisted', third]]) {
    await desk.open(`/staff/complaints/${number}`);
    await desk.send({ action: 'take' });
    for (const folded of await desk.page.locator('details.part summary').all()) await folded.click();
    await look(desk, kind);
  }
  await desk.send({ action: 'refuse' });
  await look(desk, 'refusal with problems');
  await desk.open(`/staff/complaints/${one.reference}`);
  await desk.send({ action: 'complete' });
  await look(desk, 'decided');
  for (const path of ['/staff?show=mine', '/staff?show=decided', '/account', '/account/contact']) {
    await desk.open(path);
    await look(desk, path);
  }
}

/** Everything that is asked of a page, of one page after another: a way through is long. */
async function bearsEverything(walk, where, narrow) {
  const { page } = walk;
  const usual = page.viewportSize();
  await page.setViewportSize(narrow);
  await fits(walk, `${where} at ${narrow.width} px`);
  await page.setViewportSize(usual);
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  await fits(walk, `${where} with 200 % text`);
  await page.evaluate(() => (document.documentElement.style.fontSize = ''));
  expect(await page.evaluate(moving), `${where} moves`).toBe(0);
  expect(await walk.checks.axe(DAY_AND_NIGHT), where).toEqual([]);
}

story('X3 complaints bear narrow screens, large text, the dark and high contrast', async ({ walk, server, people }) => {
  test.slow();
  const look = (where) => bearsEverything(walk, where, { width: 320, height: 568 });
  await complaintWay(walk, server, people.student(), look);
  await assistedWay(walk, server, people, look);
}, [AR, FR]);

// 400 % of a window of 1280 × 800.
story('X3 the desk bears 400 % zoom, large text, the dark and high contrast', async (scene) => {
  test.slow();
  await deskWay(scene, (desk, where) => bearsEverything(desk, where, { width: 320, height: 200 }));
}, [AR]);

/** How many things move for longer than a blink. */
const moving = () => document.getAnimations().filter((one) => one.effect.getComputedTiming().activeDuration > 10).length;

story('X3 reduced motion', async ({ walk, server, people }) => {
  await wholeWay(walk, server, people.student(), async (where) => {
    expect(await walk.page.evaluate(moving), `${where} moves`).toBe(0);
    const waits = await walk.page.evaluate(() => [...document.querySelectorAll('a, button, input')].map((one) => parseFloat(getComputedStyle(one).transitionDuration)));
    expect(Math.max(...waits), where).toBeLessThanOrEqual(0.01);
  });
}, [AR]);

// X3: with the keyboard alone, narrow, with large text, in forced colours and in the dark, without
// motion. (Every page of every test is looked at by axe and measured at 360 and 320 px besides.)
import { AR, AR_PLAIN, FR } from '../support/modes.mjs';
import { codeAfter, mark } from '../support/outbox.mjs';
import { expect, story } from '../support/story.mjs';
import { data, dayFirst, openAccount } from '../support/student.mjs';

const MOST_STOPS = 80;
const DAY_AND_NIGHT = [{ colorScheme: 'light' }, { colorScheme: 'dark' }, { colorScheme: 'light', forcedColors: 'active' }, { colorScheme: 'dark', forcedColors: 'active' }];

/** Tab by tab to something; each stop on the way can be seen. */
async function tabTo(walk, selector) {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await walk.page.keyboard.press('Tab');
    const { found, seen, name } = await walk.page.evaluate((wanted) => {
      const element = document.activeElement;
      // After the last stop the browser's own are next.
      if (element === document.body) return { found: false, seen: true };
      const ring = (one) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
        return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
      };
      const { width, height } = element.getBoundingClientRect();
      const holder = element.closest('label, .control') ?? element;
      return { found: element.matches(wanted), seen: width > 0 && height > 0 && (ring(element) || ring(holder)), name: element.outerHTML.slice(0, 90) };
    }, selector);
    expect(seen, `the focus on ${name} can be seen`).toBe(true);
    if (found) return;
  }
  throw new Error(`${MOST_STOPS} tabs do not lead to ${selector}`);
}

async function typeByKeys(walk, fields) {
  for (const [name, value] of Object.entries(fields)) {
    await tabTo(walk, `[name="${name}"]`);
    walk.stage.hear(name, String(value));
    if (value === true) await walk.page.keyboard.press('Space');
    else await walk.page.keyboard.type(value);
  }
}

const enter = (walk) => walk.arrive(() => walk.page.keyboard.press('Enter'));

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

const width = (walk) => walk.page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);

async function fits(walk, where) {
  const [scroll, client] = await width(walk);
  expect(scroll, `${where} is ${scroll} px wide in ${client}`).toBeLessThanOrEqual(client);
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

story('X3 reduced motion', async ({ walk, server, people }) => {
  const moving = () => document.getAnimations().filter((one) => one.effect.getComputedTiming().activeDuration > 10).length;
  await wholeWay(walk, server, people.student(), async (where) => {
    expect(await walk.page.evaluate(moving), `${where} moves`).toBe(0);
    const waits = await walk.page.evaluate(() => [...document.querySelectorAll('a, button, input')].map((one) => parseFloat(getComputedStyle(one).transitionDuration)));
    expect(Math.max(...waits), where).toBeLessThanOrEqual(0.01);
  });
}, [AR]);

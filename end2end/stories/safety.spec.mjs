// What holds whatever somebody tries: posts from other sites, headers, another build, bad networks,
// impatience. The stories of accounts stand in their own files.
import { createServer } from 'node:http';

import { Client } from '../support/client.mjs';
import { AR, AR_PLAIN, EN, FR, TRANSLATED } from '../support/modes.mjs';
import { codeAfter } from '../support/outbox.mjs';
import { expect, story, test } from '../support/story.mjs';
import { data } from '../support/student.mjs';

story('X2 another site cannot post here', async ({ walk, server, people }) => {
  const student = people.sample();
  const other = await elsewhere(`<!doctype html><title>x</title><form method="post" action="${server.url}/ar/login">
    <input name="handle" value="${student.email}"><input name="password" value="x"><button>go</button></form>`);
  try {
    await walk.page.goto(other.url);
    const [answer] = await Promise.all([
      walk.page.waitForResponse((response) => response.request().method() === 'POST'),
      walk.page.locator('button').click(),
    ]);
    expect(answer.status()).toBe(403);
    await walk.page.waitForLoadState('load');
    await expect(walk.page.locator('[data-problem=E905]')).toBeVisible();
    walk.checks.expect(/^403: POST /, /console: .*403/);
  } finally {
    other.close();
  }
}, [AR, AR_PLAIN]);

test('X2 posts that say they come from elsewhere are refused, and change nothing', async ({ server, people }) => {
  const student = people.sample(1);
  const right = { handle: student.email, password: student.password };
  for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: 'https://evil.example' }, { origin: 'null' }]) {
    const client = new Client(server);
    const answer = await client.post('/ar/login', right, headers);
    expect(answer.status, JSON.stringify(headers)).toBe(403);
    expect(answer.headers.getSetCookie()).toEqual([]);
  }
  const own = await new Client(server).post('/ar/login', right, { origin: server.url });
  expect(own.page.signed_in).toBeDefined();
});

test('X2 every answer carries its protection', async ({ server }) => {
  const client = new Client(server);
  for (const path of ['/ar', '/fr/login', '/en/nowhere', '/healthz']) {
    const { headers } = await client.page(path);
    const policy = headers.get('content-security-policy');
    expect(policy).toMatch(/script-src 'self' 'wasm-unsafe-eval'(;|$)/);
    expect(policy.replace("'wasm-unsafe-eval'", '')).not.toMatch(/unsafe|\*/);
    for (const part of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) expect(policy).toContain(part);
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('permissions-policy')).toBeTruthy();
  }
});

/** Sends the form as a browser without the app does: by loading a page. */
const sendPlainly = (walk) => Promise.all([walk.page.waitForEvent('load'), walk.button().click()]);

/** Signs in, once wrong and once right, as a browser without the app does. */
async function signInPlainly(walk, student) {
  await walk.page.goto(`/${walk.lang}/login`);
  await expect(walk.page.locator('html')).toHaveAttribute('data-app', 'failed');
  await walk.type({ handle: student.student_number, password: 'Not my password 1' });
  await sendPlainly(walk);
  expect(await walk.problems()).toEqual(['E201']);
  await walk.type({ password: student.password });
  await sendPlainly(walk);
  expect(await walk.isSignedIn()).toBe(true);
}

for (const [part, files, failed] of [
  ['that cannot be loaded', '**/*.wasm', /^failed: GET .*\.wasm/],
  ['whose texts cannot be loaded', '**/texts.*.txt', /^failed: GET .*\.txt/],
]) {
  story(`X2 the app ${part} leaves plain pages behind`, async ({ walk, people }) => {
    await walk.page.route(files, (route) => route.abort());
    walk.checks.expect(failed);
    walk.checks.allow(/^console: /);
    await signInPlainly(walk, people.sample(4));
  }, [AR, FR]);
}

story('X2 the app with texts of another build leaves plain pages behind', async ({ walk, people }) => {
  await walk.page.route('**/texts.*.txt', (route) => route.fulfill({ contentType: 'text/plain', body: 'one\u001etwo' }));
  await signInPlainly(walk, people.sample(5));
}, [AR]);

/** A module that does nothing but trap, under the name by which the app is started. */
const TRAP = [
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...[0x01, 0x04, 0x01, 0x60, 0x00, 0x00, 0x03, 0x02, 0x01, 0x00],
  ...[0x07, 0x14, 0x01, 0x10, ...Buffer.from('__wbindgen_start'), 0x00, 0x00],
  ...[0x0a, 0x05, 0x01, 0x03, 0x00, 0x00, 0x0b],
];

story('X2 the app that traps at its start leaves plain pages behind', async ({ walk, people }) => {
  const student = people.sample(8);
  await walk.page.route('**/*.wasm', (route) => route.fulfill({ contentType: 'application/wasm', body: Buffer.from(TRAP) }));
  await signInPlainly(walk, student);
}, [AR, TRANSLATED[0]]);

for (const [where, rejected] of [['in an event', false], ['in a promise', true]]) {
  story(`X2 the app that traps ${where} is never called again, and what was typed is sent`, async ({ walk, server, people }) => {
    const student = people.student();
    await walk.open('/register');
    await walk.type({ student_number: student.student_number, national_id: '!' });
    walk.checks.expect(/^uncaught: unreachable/);
    await walk.page.evaluate(async ([bytes, asPromise]) => {
      window.sameDocument = true;
      const { instance } = await WebAssembly.instantiate(new Uint8Array(bytes));
      const trap = instance.exports.__wbindgen_start;
      if (asPromise) Promise.resolve().then(trap);
      else setTimeout(trap);
    }, [TRAP, rejected]);
    await expect(walk.page.locator('html')).toHaveAttribute('data-app', 'failed');
    // No check of the app's: it would show after the field was left.
    await walk.field('birth_date').focus();
    await walk.page.evaluate(() => new Promise((done) => setTimeout(done, 500)));
    expect(await walk.problems()).toEqual([]);
    await walk.type({ birth_date: student.birth_date });
    await sendPlainly(walk);
    expect(await walk.page.evaluate(() => window.sameDocument)).toBeUndefined();
    // The next page has an app again.
    await walk.settle();
    expect(await walk.problems()).toEqual(['E106']);
    expect(await walk.value('student_number')).toBe(student.student_number);
    await walk.submit({ national_id: student.national_id });
    await walk.at('register', 'contact');
    await walk.submit({ email: student.email, terms: true });
    expect(await codeAfter(server, student.email)).toBeTruthy();
  }, [AR]);
}

story('X2 a page that is not as it was sent is left to the browser', async ({ walk }) => {
  await walk.page.route('**/login', async (route) => {
    if (route.request().method() === 'POST') return route.continue();
    const response = await route.fetch();
    // Something between server and browser takes part of the form away.
    const body = (await response.text()).replace(/<label[^>]*for="handle"[\s\S]*?<\/label>/, '');
    return route.fulfill({ response, body });
  });
  await walk.page.goto(`/${walk.lang}/login`);
  await expect(walk.page.locator('html')).toHaveAttribute('data-app', 'failed');
  await walk.type({ handle: 'somebody@example.ma', password: 'Not my password 1' });
  await sendPlainly(walk);
  await walk.settle();
  expect(await walk.problems()).toEqual(['E201']);
}, [AR]);

story('X2 no page is loaded again on the way to an account and out of it', async ({ walk, server, people }) => {
  const student = people.student();
  await walk.open('');
  await walk.page.evaluate(() => (window.sameDocument = true));
  await walk.follow('/register');
  await walk.submit({ ...data(student), birth_date: '' });
  expect(await walk.problems()).toEqual(['E105']);
  await walk.submit({ birth_date: student.birth_date });
  await walk.submit({ email: student.email, phone: '0612345678' });
  expect(await walk.problems()).toEqual(['E110']);
  await walk.switchTo('en');
  await walk.submit({ terms: true });
  await walk.at('register', 'code');
  await walk.submit({ code: await codeAfter(server, student.email) });
  await walk.submit({ password: student.password, password_again: student.password });
  expect(await walk.isSignedIn()).toBe(true);
  await walk.back();
  await walk.follow('', 'header');
  await walk.follow('/account', 'body');
  await walk.signOut();
  expect(await walk.isSignedIn()).toBe(false);
  expect(await walk.page.evaluate(() => window.sameDocument)).toBe(true);
}, [AR, FR, TRANSLATED[0], TRANSLATED[3]]);

story('E901 a server of another build is met with a whole page', async ({ walk }) => {
  await walk.open('/login');
  await walk.page.evaluate(() => (window.sameDocument = true));
  await walk.page.route('**/login**', async (route) => {
    if (!route.request().headers().accept?.includes('application/json')) return route.continue();
    const response = await route.fetch();
    const reply = await response.json();
    reply.view.frame.build = '0123456789abcdef';
    return route.fulfill({ response, json: reply });
  });
  await walk.type({ handle: 'somebody@example.ma', password: 'Not my password 1' });
  await Promise.all([walk.page.waitForEvent('load'), walk.button().click()]);
  await walk.settle();
  expect(await walk.page.evaluate(() => window.sameDocument)).toBeUndefined();
  expect(await walk.problems()).toEqual(['E201']);
  expect(await walk.value('handle')).toBe('somebody@example.ma');
}, [AR]);

story('E903 what was typed outlives a lost connection', async ({ walk, people }) => {
  const student = people.sample(5);
  await walk.open('/login');
  await walk.type({ handle: student.email, password: student.password, keep: true });
  await walk.page.context().setOffline(true);
  walk.checks.expect(/^failed: POST .*INTERNET_DISCONNECTED/);
  walk.checks.allow(/^console: .*INTERNET_DISCONNECTED/);
  await walk.button().click();
  await expect.poll(() => walk.problems()).toEqual(['E903']);
  expect(walk.path()).toBe('/login');
  expect(await walk.value('handle')).toBe(student.email);
  expect(await walk.value('password')).toBe(student.password);
  await expect(walk.field('keep')).toBeChecked();
  await walk.page.context().setOffline(false);
  await walk.send();
  expect(await walk.isSignedIn()).toBe(true);
}, [AR, FR, EN]);

story('X2 a double click signs in once', async ({ walk, people }) => {
  const student = people.sample(6);
  const posts = [];
  walk.page.on('request', (request) => request.method() === 'POST' && posts.push(request.url()));
  await walk.open('/login');
  await walk.type({ handle: student.email, password: student.password });
  await walk.arrive(() => walk.button().dblclick());
  expect(walk.path()).toBe('');
  expect(await walk.isSignedIn()).toBe(true);
  expect(posts).toHaveLength(1);
}, [AR]);

story('X2 the last link pressed is the page that stays', async ({ walk }) => {
  await walk.open('');
  // The first answer is slow, the second overtakes it.
  let release;
  const held = new Promise((done) => (release = done));
  await walk.page.route('**/login', async (route) => {
    await held;
    await route.continue().catch(() => {});
  });
  walk.checks.allow(/^failed: GET .*\/login /);
  await walk.page.locator(`main a[href="/${walk.lang}/login"]`).click();
  await walk.page.locator(`footer a[href="/${walk.lang}/problems"]`).click();
  await expect(walk.page.locator('main')).not.toHaveAttribute('data-journey');
  await expect.poll(() => walk.path()).toBe('/problems');
  // The late answer arrives, and the app has had a frame to show it in.
  const late = walk.page.waitForEvent('requestfinished', (request) => request.url().endsWith('/login')).catch(() => null);
  const gone = walk.page.waitForEvent('requestfailed', (request) => request.url().endsWith('/login')).catch(() => null);
  release();
  await Promise.race([late, gone]);
  await walk.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  expect(walk.path()).toBe('/problems');
  await expect(walk.page.locator('main')).not.toHaveAttribute('data-journey');
}, [AR]);

story('X2 back, forward and reload show where one was', async ({ walk }) => {
  await walk.open('');
  await walk.follow('/login');
  await walk.submit({ handle: 'somebody@nowhere.example', password: 'Not my password 1' });
  expect(await walk.problems()).toEqual(['E201']);
  await walk.back();
  await walk.at('sign_in', 'credentials');
  expect(await walk.problems()).toEqual([]);
  await walk.arrive(() => walk.page.goForward());
  expect(await walk.problems()).toEqual(['E201']);
  expect(await walk.value('handle')).toBe('somebody@nowhere.example');
  await walk.reload();
  expect(await walk.problems()).toEqual(['E201']);
}, [AR, AR_PLAIN]);

test('X1 the first page speaks the visitor’s language', async ({ server }) => {
  for (const [accept, lang] of [['fr-MA,fr;q=0.9', 'fr'], ['en-GB,en', 'en'], ['de', 'ar'], ['ar-MA', 'ar']]) {
    const answer = await fetch(server.url, { redirect: 'manual', headers: { 'accept-language': accept } });
    expect(answer.headers.get('location'), accept).toBe(`/${lang}`);
  }
});

/** Another site: another host name is another site to the browser, whatever the port. */
function elsewhere(page) {
  const site = createServer((_, response) => response.setHeader('content-type', 'text/html').end(page));
  return new Promise((done) => {
    site.listen(0, '127.0.0.1', () => done({ url: `http://localhost:${site.address().port}/`, close: () => site.close() }));
  });
}

story('E902 what was typed outlives a server that is busy', async ({ walk, people }) => {
  const student = people.sample(7);
  await walk.open('/login');
  await walk.type({ handle: student.email, password: student.password });
  walk.checks.expect(/^503: POST/, /^console: .*503/);
  const answers = [503];
  await walk.page.route('**/login**', async (route) => {
    const status = route.request().method() === 'POST' ? answers.shift() : undefined;
    if (!status) return route.continue();
    const view = await (await walk.page.request.get(`/${walk.lang}/problems/E902`, { headers: { accept: 'application/json' } })).json();
    return route.fulfill({ status, json: view, headers: { 'retry-after': '5' } });
  });
  await walk.button().click();
  await expect.poll(() => walk.problems()).toEqual(['E902']);
  expect(walk.path()).toBe('/login');
  expect(await walk.page.evaluate(() => document.activeElement.id)).toBe('refused');
  expect(await walk.value('handle')).toBe(student.email);
  expect(await walk.value('password')).toBe(student.password);
  // The same button works again.
  await walk.send();
  expect(await walk.isSignedIn()).toBe(true);
}, [AR, FR, TRANSLATED[0], TRANSLATED[3]]);

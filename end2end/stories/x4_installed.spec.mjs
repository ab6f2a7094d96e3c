// X4: the portal can be installed, opens without a connection, and keeps nothing of a person who
// has signed out. Each test has a server of its own, because it takes it away.
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { chromium } from 'playwright-core';

import { Server } from '../support/server.mjs';
import { CHROMIUM, CHROMIUM_OPTIONS, SITE } from '../support/settings.mjs';
import { expect, test as base } from '../support/story.mjs';

const PHONE = { width: 360, height: 740 };
const LANGS = { ar: 'rtl', fr: 'ltr', en: 'ltr' };

const test = base.extend({
  portal: async ({}, use) => {
    const server = await Server.start();
    await use(server);
    await server.stop();
  },
  /** A browser that keeps what it is given, as a person's own does. */
  device: async ({}, use) => {
    const profile = await mkdtemp(path.join(tmpdir(), 'miftah-device-'));
    const context = await chromium.launchPersistentContext(profile, { executablePath: CHROMIUM, args: CHROMIUM_OPTIONS, viewport: PHONE, serviceWorkers: 'allow' });
    await use(context);
    await context.close();
    await rm(profile, { recursive: true, force: true });
  },
});

/** Opens a page and waits for the app and for the worker that keeps copies. */
async function open(page, portal, where) {
  await page.goto(portal.url + where);
  await page.waitForFunction(() => document.documentElement.dataset.app === 'ready');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

/** The paths of the pages that are kept, of everybody or of somebody. */
const kept = (page, whose) =>
  page.evaluate(async (start) => {
    const names = (await caches.keys()).filter((name) => name.startsWith(start));
    const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return keys.flat().map((request) => new URL(request.url).pathname);
  }, whose);

async function signIn(page, portal, { email, password }) {
  await open(page, portal, '/ar/login');
  await page.fill('[name=handle]', email);
  await page.fill('[name=password]', password);
  await page.locator('main form button:not([name]):not([type])').first().click();
  await page.waitForURL(`${portal.url}/ar`);
}

for (const [lang, dir] of Object.entries(LANGS)) {
  test(`X4 it can be installed — ${lang}`, async ({ portal, device }) => {
    const page = await device.newPage();
    await open(page, portal, `/${lang}`);
    const session = await device.newCDPSession(page);
    expect((await session.send('Page.getInstallabilityErrors')).installabilityErrors).toEqual([]);
    const { data, errors } = await session.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    const manifest = JSON.parse(data);
    expect(manifest).toMatchObject({ id: '/', scope: '/', start_url: `/${lang}`, lang, dir, display: 'standalone' });
    // Every picture that is named is there, and as large as it is said to be.
    const pictures = [...manifest.icons, ...manifest.screenshots, ...manifest.shortcuts.flatMap((one) => one.icons)];
    expect(pictures.length).toBeGreaterThan(8);
    for (const { src, sizes } of pictures) {
      const size = await page.evaluate(async (url) => {
        const bitmap = await createImageBitmap(await (await fetch(url)).blob());
        return `${bitmap.width}x${bitmap.height}`;
      }, src);
      expect(size, src).toBe(sizes);
    }
    for (const { url, name } of manifest.shortcuts) {
      expect(name).not.toBe('');
      expect((await page.request.get(portal.url + url)).status()).toBe(200);
    }
  });
}

test('X4 it opens without a connection, and says what is a copy', async ({ portal, device }) => {
  const page = await device.newPage();
  await open(page, portal, '/ar');
  await open(page, portal, '/ar/login');
  await expect.poll(() => kept(page, 'pages')).toContain('/ar/login');
  await expect(page.locator('#saved')).toHaveCount(0);
  await portal.down();

  await page.goto(`${portal.url}/ar/login`);
  await expect(page.locator('html')).toHaveAttribute('data-app', 'ready');
  await expect(page.locator('#saved')).toBeVisible();
  await expect(page.locator('[name=handle]')).toBeVisible();
  // What is typed on it stays when it cannot be sent.
  await page.fill('[name=handle]', 'somebody@example.ma');
  await page.fill('[name=password]', 'Not my password 1');
  await page.locator('main form button:not([name]):not([type])').first().click();
  await expect(page.locator('#offline')).toBeVisible();
  expect(await page.inputValue('[name=handle]')).toBe('somebody@example.ma');

  // A page that was never read: what is the matter, in its language, with a way to try again.
  for (const lang of Object.keys(LANGS)) {
    await page.goto(`${portal.url}/${lang}/recover`);
    await expect(page.locator('html')).toHaveAttribute('data-locale', lang);
    await expect(page.locator('main [data-problem=E903]').first()).toBeVisible();
  }
  await portal.up();
  await page.goto(`${portal.url}/ar/recover`);
  await expect(page.locator('main')).toHaveAttribute('data-journey', 'recover');
  await expect(page.locator('#saved')).toHaveCount(0);
});

test('X4 nothing of a person is kept after signing out', async ({ portal, device }) => {
  const { accounts } = await portal.samples();
  const student = accounts.find((one) => one.state === 'active');
  const page = await device.newPage();
  await signIn(page, portal, student);
  await page.goto(`${portal.url}/ar/account`);
  await expect.poll(() => kept(page, 'person')).toContain('/ar/account');
  expect(await kept(page, 'pages')).not.toContain('/ar/account');

  // Without a connection it is there, and marked.
  await portal.down();
  await page.goto(`${portal.url}/ar/account`);
  await expect(page.locator('#saved')).toBeVisible();
  await expect(page.locator('main')).toContainText(student.student_number);

  await portal.up();
  await page.goto(`${portal.url}/ar/account`);
  await page.locator('header details summary').click();
  await page.locator('form[action="/ar/logout"] button').click();
  await page.waitForURL(/\/ar\/login/);
  await expect.poll(() => kept(page, 'person')).toEqual([]);
  await portal.down();
  await page.goto(`${portal.url}/ar/account`);
  await expect(page.locator('main [data-problem=E903]').first()).toBeVisible();
  expect(await page.content()).not.toContain(student.student_number);
});

test('X4 a session that ended elsewhere leaves nothing either', async ({ portal, device }) => {
  const { accounts } = await portal.samples();
  const page = await device.newPage();
  await signIn(page, portal, accounts.find((one) => one.state === 'active'));
  await page.goto(`${portal.url}/ar/account`);
  await expect.poll(() => kept(page, 'person')).toContain('/ar/account');
  await device.clearCookies({ name: 'miftah-session' });
  await page.goto(`${portal.url}/ar`);
  await expect.poll(() => kept(page, 'person')).toEqual([]);
});

test('X4 a page of a journey is never kept', async ({ portal, device }) => {
  const page = await device.newPage();
  await open(page, portal, '/ar/register');
  await page.fill('[name=student_number]', '12');
  await page.locator('main form#journey button:not([name]):not([type])').first().click();
  await page.waitForURL(/\?j=/);
  await page.reload();
  await page.waitForFunction(() => document.documentElement.dataset.app === 'ready');
  const all = await page.evaluate(async () => {
    const texts = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        if (!request.url.includes('/pkg/')) texts.push(request.url, await (await cache.match(request)).text());
      }
    }
    return texts.join('\n');
  });
  expect(all).not.toContain('?j=');
  expect(all).not.toContain('value="12"');
});

test('E901 X4 a new version is offered, and comes with the next page', async ({ portal, device }) => {
  const page = await device.newPage();
  await open(page, portal, '/ar/login');
  const other = await mkdtemp(path.join(tmpdir(), 'miftah-site-'));
  try {
    await cp(SITE, other, { recursive: true });
    await writeFile(path.join(other, 'build-id'), '0123456789abcdef');
    await portal.down();
    await portal.up(other);
    await page.evaluate(() => navigator.serviceWorker.getRegistration().then((one) => one.update()).then(() => null));
    await expect(page.locator('#renewed')).toBeVisible();
    await expect.poll(() => page.evaluate(() => caches.keys())).toEqual([expect.stringMatching(/^app 0123456789abcdef-/)]);
    await page.evaluate(() => (window.sameDocument = true));
    await page.locator('#renewed a').click();
    await page.waitForFunction(() => window.sameDocument === undefined && document.documentElement.dataset.app === 'ready');
    expect(await page.evaluate(() => JSON.parse(document.querySelector('#view').textContent).frame.build)).toMatch(/^0123456789abcdef-/);
    await expect(page.locator('#renewed')).toHaveCount(0);
  } finally {
    await rm(other, { recursive: true, force: true });
  }
});

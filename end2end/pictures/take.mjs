// Takes the pictures of the README from the running product: nothing in them is drawn by hand.
//
// One sheet: the pages a student meets, on a phone and on a wide screen, in Arabic and in French.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

import { Server } from '../support/server.mjs';
import { CHROMIUM } from '../support/settings.mjs';

const OUT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../docs/pictures');
const PHONE = { width: 360, height: 740 };
const WIDE = { width: 1280, height: 800 };

const server = await Server.start();
const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ['--no-sandbox', '--disable-background-networking'],
});

/** A page in a browser of its own, at an address, taken over by the app. */
async function open(size, where) {
  const context = await browser.newContext({ viewport: size, deviceScaleFactor: 2 });
  const page = await context.newPage();
  await page.goto(server.url + where);
  await page.waitForSelector('html[data-app="ready"]');
  return page;
}

async function send(page) {
  const before = await page.locator('main').getAttribute('data-step');
  await page.locator('main form#journey button:not([name]):not([type])').first().click();
  await page.waitForFunction(
    (step) => document.querySelector('main')?.dataset.step !== step || document.querySelector('#summary'),
    before,
  );
}

async function take(page, name) {
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(() => document.activeElement?.blur());
  await page.screenshot({ path: path.join(OUT, `${name}.png`) });
}

async function who(page, person, change = {}) {
  for (const field of ['student_number', 'national_id', 'birth_date']) {
    await page.fill(`[name=${field}]`, change[field] ?? person[field]);
  }
  await send(page);
}

try {
  await mkdir(OUT, { recursive: true });
  const samples = await (await fetch(`${server.url}/dev/samples.json`)).json();
  const known = samples.accounts.find((one) => one.state === 'active' && one.phone_confirmed);
  const fresh = samples.without_account[0];

  await take(await open(WIDE, '/ar/login'), 'sign-in');
  await take(await open(PHONE, '/ar/login'), 'sign-in-phone');
  await take(await open(PHONE, '/fr'), 'french-phone');
  await take(await open(WIDE, '/fr/problems/E303'), 'problem-french');
  await take(await open(WIDE, '/ar/register'), 'register');

  const register = await open(PHONE, '/ar/register');
  await who(register, fresh, { birth_date: '01/01/1990' });
  await take(register, 'problem-phone');
  await who(register, fresh);
  await take(register, 'register-phone');

  const recover = await open(PHONE, '/ar/recover');
  await who(recover, known);
  await take(recover, 'recover-phone');
  const wide = await open(WIDE, '/fr/recover');
  await who(wide, known);
  await take(wide, 'recover-french');

  const home = await open(WIDE, '/ar/login');
  await home.fill('[name=handle]', known.email);
  await home.fill('[name=password]', known.password);
  await home.locator('main form#journey button:not([name]):not([type])').first().click();
  await home.waitForURL(`${server.url}/ar`);
  await take(home, 'home');

  await sheet();
} finally {
  await browser.close();
  await server.stop();
}

/** The README's first picture: one wide page and three phones side by side. */
async function sheet() {
  const picture = async (name) => {
    const bytes = await readFile(path.join(OUT, `${name}.png`));
    return `data:image/png;base64,${bytes.toString('base64')}`;
  };
  const image = async (name, height) =>
    `<img src="${await picture(name)}" style="height:${height}px;border-radius:10px;box-shadow:0 2px 14px #0003">`;
  const page = await browser.newPage({ viewport: { width: 1480, height: 520 }, deviceScaleFactor: 1 });
  const phones = ['recover-phone', 'problem-phone'];
  const images = [await image('sign-in', 440)];
  for (const name of phones) images.push(await image(name, 440));
  await page.setContent(
    `<body style="margin:0;height:520px;background:#e8ecea;display:flex;gap:28px;align-items:center;justify-content:center">${images.join('')}</body>`,
  );
  const bytes = await page.screenshot();
  await writeFile(path.join(OUT, 'miftah.png'), bytes);
}

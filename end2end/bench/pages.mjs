// How soon a page is there on a cheap phone: first paint, form, app, shifts and answers to typing,
// at the throttles of frontend.md; and what comes over the wire. Written as ratios to the limits
// of frontend.md in one JSON file: below 1 is within. Medians of five, each with a cold cache.
import { writeFile } from 'node:fs/promises';

import { chromium } from 'playwright-core';

import { Server } from '../support/server.mjs';
import { CHROMIUM, CHROMIUM_OPTIONS } from '../support/settings.mjs';

const RUNS = 5;
const PHONE = { width: 360, height: 740 };
const PAGES = ['/ar/login', '/ar/recover'];
const KIB = 1024;

/** frontend.md, "Targets". Times in milliseconds, rates in bits a second. */
const NETWORKS = {
  'slow 4G': {
    rate: 1.6e6, latency: 150, cpu: 4,
    limits: { fcp: 1200, lcp: 1800, form: 1200, enhanced: 3000, tbt: 100, cls: 0.02, inp: 150 },
  },
  '400 kbit/s': { rate: 400e3, latency: 400, cpu: 6, limits: { form: 3000, second: 2000 } },
};
const SIZES = { 'page before the app': 60 * KIB, 'app: wasm, glue and texts': 200 * KIB };

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Runs in the page before anything of it: writes down what the browser tells of itself. */
function listen() {
  const seen = (window.seen = { cls: 0, long: [], inp: 0 });
  const observe = (type, each, more = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true, ...more });
  observe('largest-contentful-paint', (entry) => (seen.lcp = entry.startTime));
  observe('layout-shift', (entry) => (seen.cls += entry.hadRecentInput ? 0 : entry.value));
  observe('longtask', (entry) => seen.long.push([entry.startTime, entry.duration]));
  observe('event', (entry) => (seen.inp = Math.max(seen.inp, entry.duration)), { durationThreshold: 16 });
  const watch = new MutationObserver(() => {
    const app = document.documentElement?.dataset.app;
    if (app === undefined) return;
    seen.app = app;
    seen.enhanced = performance.now();
    watch.disconnect();
  });
  watch.observe(document, { subtree: true, attributes: true, attributeFilter: ['data-app'] });
}

/** What the page has written down. A form is usable once it is parsed and painted. */
function tell() {
  const { seen } = window;
  const fcp = performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
  const [{ domInteractive }] = performance.getEntriesByType('navigation');
  const tbt = seen.long.reduce((sum, [start, length]) => sum + (start >= fcp ? Math.max(0, length - 50) : 0), 0);
  return { ...seen, fcp, tbt, form: Math.max(fcp, domInteractive) };
}

async function throttle(page, { rate, latency, cpu }) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false, latency, downloadThroughput: rate / 8, uploadThroughput: rate / 8,
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: cpu });
  return session;
}

/** One cold visit, something typed and sent, and a second visit. */
async function visit(browser, url, network) {
  const context = await browser.newContext({ viewport: PHONE, isMobile: true, hasTouch: true, deviceScaleFactor: 2 });
  try {
    await context.addInitScript(listen);
    const page = await context.newPage();
    await throttle(page, network);
    await page.goto(url);
    await page.waitForFunction(() => document.documentElement.dataset.app !== undefined, null, { timeout: 60_000 });
    await page.waitForTimeout(300);
    const cold = await page.evaluate(tell);
    if (cold.app !== 'ready') throw new Error(`${url}: the app is ${cold.app}`);
    const [field] = await page.locator('main input:not([type=hidden]):not([type=checkbox])').all();
    await field.tap();
    await field.pressSequentially('a1234567', { delay: 30 });
    await page.locator('main input:visible').last().tap();
    await page.waitForTimeout(600);
    const { inp } = await page.evaluate(tell);
    await page.goto(url);
    await page.waitForFunction(() => document.documentElement.dataset.app !== undefined, null, { timeout: 60_000 });
    const { form: second } = await page.evaluate(tell);
    return { ...cold, inp, second };
  } finally {
    await context.close();
  }
}

/** Bytes over the wire by kind, headers left out. */
async function weigh(browser, url) {
  const context = await browser.newContext({ viewport: PHONE });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  const kinds = new Map();
  let [before, app] = [0, 0];
  session.on('Network.responseReceived', ({ requestId, response }) => kinds.set(requestId, new URL(response.url).pathname));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (/frontend(_bg\.wasm|\.js)$|texts\...\.txt$/.test(kinds.get(requestId) ?? '')) app += encodedDataLength;
    else before += encodedDataLength;
  });
  await page.goto(url);
  await page.waitForFunction(() => document.documentElement.dataset.app === 'ready');
  await page.waitForLoadState('networkidle');
  await context.close();
  return { 'page before the app': before, 'app: wasm, glue and texts': app };
}

const rows = [];
const row = (what, figure, limit, unit) => rows.push({ what, figure, limit, unit, ratio: figure / limit });

const server = await Server.start();
const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_OPTIONS });
try {
  for (const path of PAGES) {
    const weights = await weigh(browser, server.url + path);
    for (const [what, limit] of Object.entries(SIZES)) row(`${path} ${what}`, weights[what], limit, 'bytes');
    for (const [name, network] of Object.entries(NETWORKS)) {
      const visits = [];
      for (let run = 0; run < RUNS; run += 1) visits.push(await visit(browser, server.url + path, network));
      for (const [what, limit] of Object.entries(network.limits)) {
        row(`${path} ${name} ${what}`, median(visits.map((one) => one[what])), limit, what === 'cls' ? '' : 'ms');
      }
    }
  }
} finally {
  await browser.close();
  await server.stop();
}
await writeFile(process.env.MIFTAH_BENCH_OUT ?? 'pages.json', `${JSON.stringify(rows, null, 2)}\n`);

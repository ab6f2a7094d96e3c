// What Lighthouse says of the entry pages on a phone (frontend.md, "Targets"): performance, and whatever
// of accessibility and good habits it looks for. Medians of five. The package is large and only needed
// here, so it lies outside this folder; `cargo xtask bench` installs it.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { Server } from '../support/server.mjs';
import { CHROMIUM, CHROMIUM_OPTIONS } from '../support/settings.mjs';

const RUNS = 5;
const PAGES = ['/ar/login', '/ar/recover', '/ar/register'];
/** Scores of 100. */
const LIMITS = { performance: 95, accessibility: 100, 'best-practices': 100 };
const PROGRAM = process.env.MIFTAH_LIGHTHOUSE;

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const run = promisify(execFile);

/** The scores of one visit, and what was found wanting. */
async function visit(url, folder) {
  const out = path.join(folder, 'report.json');
  const flags = ['--headless=new', ...CHROMIUM_OPTIONS].join(' ');
  const args = [url, '--quiet', `--chrome-flags=${flags}`, '--output=json', `--output-path=${out}`, `--only-categories=${Object.keys(LIMITS)}`];
  const look = () => run(process.execPath, [PROGRAM, ...args], { env: { ...process.env, CHROME_PATH: CHROMIUM } });
  // Now and then Chromium records no start of the visit; Lighthouse says so and asks to be run again.
  await look().catch((error) => (/NO_NAVSTART/.test(error.stderr) ? look() : Promise.reject(error)));
  const report = JSON.parse(await readFile(out, 'utf8'));
  return Object.fromEntries(Object.keys(LIMITS).map((name) => [name, Math.round(report.categories[name].score * 100)]));
}

const rows = [];
const folder = await mkdtemp(path.join(tmpdir(), 'miftah-lighthouse-'));
const server = await Server.start();
try {
  for (const page of PAGES) {
    const visits = [];
    for (let n = 0; n < RUNS; n += 1) visits.push(await visit(server.url + page, folder));
    for (const [name, limit] of Object.entries(LIMITS)) {
      const figure = median(visits.map((one) => one[name]));
      // More is better: below 1 is within.
      rows.push({ what: `${page} Lighthouse ${name}`, figure, limit, unit: 'at least', ratio: limit / figure });
    }
  }
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
await writeFile(process.env.MIFTAH_BENCH_OUT ?? 'lighthouse.json', `${JSON.stringify(rows, null, 2)}\n`);

// The checks that hold on every page of every test: nothing in the console, nothing failing,
// the page's own rules, fit, and axe.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { DIRECTIONS, ERROR_WORDS, inspect, measure } from './inspect.mjs';
import { FULL } from './settings.mjs';

/** Pixels, frontend.md "Targets". */
const SMALLEST_TARGET = 44;
const NARROW = { width: 320, height: 640 };
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const THEMES = FULL
  ? [{ colorScheme: 'light' }, { colorScheme: 'dark' }, { colorScheme: 'light', forcedColors: 'active' }]
  : [{ colorScheme: 'light' }];

/** Pages that were looked at in this worker: a page is the same page in the next test. */
const measured = new Set();

export class Checks {
  #heard = [];
  #expected = [];
  #allowed = [];

  constructor(page, mode) {
    this.page = page;
    this.mode = mode;
    page.on('console', (message) => {
      // `story.mjs` blocks the worker, and the browser's driver says so.
      if (message.text() === 'Service Worker registration blocked by Playwright') return;
      if (['error', 'warning', 'assert'].includes(message.type())) this.#hear(`console: ${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => this.#hear(`uncaught: ${error.message}`));
    page.on('requestfailed', (request) => {
      const { errorText } = request.failure() ?? {};
      // Who leaves a page before its pictures have come misses nothing.
      const picture = request.resourceType() === 'image' || request.url().endsWith('/icons/favicon.svg');
      if (errorText === 'net::ERR_ABORTED' && picture) return;
      this.#hear(`failed: ${request.method()} ${request.url()} ${errorText}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) this.#hear(`${response.status()}: ${response.request().method()} ${response.url()}`);
    });
    page.on('crash', () => this.#hear('the page crashed'));
  }

  #hear(what) {
    this.#heard.push(what);
  }

  /** What this test causes on purpose. It has to happen, or the test fails. */
  expect(...patterns) {
    this.#expected.push(...patterns);
  }

  /** What may happen beside it. */
  allow(...patterns) {
    this.#allowed.push(...patterns);
  }

  /** Everything heard that was not expected, and everything expected that was not heard. */
  outcome() {
    const known = [...this.#expected, ...this.#allowed];
    const surprises = this.#heard.filter((what) => !known.some((pattern) => pattern.test(what)));
    const absent = this.#expected.filter((pattern) => !this.#heard.some((what) => pattern.test(what)));
    return [...surprises, ...absent.map((pattern) => `did not happen: ${pattern}`)];
  }

  /**
   * Looks at the page as it stands. `lang` is the one the person is reading in; `hasApp` whether the
   * app is to take this page over.
   */
  async look(lang, hasApp = this.mode.scripts) {
    const { page, mode } = this;
    const complaints = await page.evaluate(inspect, {
      lang,
      direction: DIRECTIONS[lang],
      errorWord: ERROR_WORDS[lang],
      scripts: hasApp,
      translated: mode.robot !== null,
    });
    // Axe too: what a translator puts into a page breaks none of its rules, so none is left out.
    if (await this.#isNew()) complaints.push(...(await this.#measure()));
    this.#tell(complaints);
  }

  /** Whether no test of this worker has seen this page in this state. */
  async #isNew() {
    const where = await this.page.evaluate(() => {
      const { journey, step } = document.querySelector('main')?.dataset ?? {};
      const problems = [...document.querySelectorAll('[data-problem]')].map((one) => one.dataset.problem);
      // Each complaint has an address of its own: what is on its page tells which page it is.
      const path = location.pathname.replace(/\/complaints\/[A-Z]{2}[0-9A-Z]{8}/, '/complaints/one');
      const isOfComplaints = path !== location.pathname || path.includes('/staff');
      const parts = [...document.querySelectorAll('main *')].map((one) => `${one.tagName}.${one.className}`);
      const looks = isOfComplaints ? [...new Set(parts)].sort() : [];
      return [path, document.documentElement.dataset.locale, journey, step, ...problems, ...looks].join(' ');
    });
    // Before and after the app, translators of one family leave the same page behind.
    const key = `${where} ${this.mode.scripts} ${this.mode.robot?.install.name}`;
    if (measured.has(key)) return false;
    measured.add(key);
    return true;
  }

  /** Whether everything fits a narrow screen, and a thumb. For pages that are no pages of the product. */
  async fit() {
    const usual = this.page.viewportSize();
    await this.page.setViewportSize(NARROW);
    const complaints = await this.page.evaluate(measure, { smallest: SMALLEST_TARGET });
    await this.page.setViewportSize(usual);
    return complaints;
  }

  async #measure() {
    const { page } = this;
    const limits = { smallest: SMALLEST_TARGET };
    const usual = page.viewportSize();
    const complaints = await page.evaluate(measure, limits);
    await page.setViewportSize(NARROW);
    complaints.push(...(await page.evaluate(measure, limits)));
    await page.setViewportSize(usual);
    if (this.mode.scripts) complaints.push(...(await this.axe()));
    return complaints;
  }

  /** Violations of WCAG 2.2 AA as axe sees them, in each theme of the run. */
  async axe(themes = THEMES) {
    const { page } = this;
    const complaints = [];
    if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
    for (const theme of themes) {
      await page.emulateMedia({ forcedColors: 'none', ...theme });
      // Colours on their way from one theme to the next are no one's.
      await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished)));
      // In forced colours both colours of a text are the person's own choice, not the page's.
      const rules = { 'color-contrast': { enabled: theme.forcedColors !== 'active' } };
      const options = { runOnly: TAGS, rules, resultTypes: ['violations'] };
      const { violations } = await page.evaluate((chosen) => window.axe.run(chosen), options);
      for (const { id, help, nodes } of violations) {
        complaints.push(`axe ${JSON.stringify(theme)} ${id}: ${help}: ${nodes.map((node) => `${node.html.slice(0, 120)} ${node.any[0]?.message ?? ''}`).join(' | ')}`);
      }
    }
    await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
    return complaints;
  }

  #tell(complaints) {
    if (complaints.length === 0) return;
    throw new Error(`${this.page.url()} (${this.mode.name})\n  ${complaints.join('\n  ')}`);
  }
}

// What the stories are written with: `story` makes one test a mode, with a server, people, and a
// walk; afterwards nothing may have failed and no typed secret may lie anywhere.
import { test as base, expect } from '@playwright/test';

import { MODES, preparation, walked } from './modes.mjs';
import { People } from './people.mjs';
import { Server, identifier, sentCode, typedPassword } from './server.mjs';
import { CHROMIUM, CHROMIUM_OPTIONS, INSTITUTION } from './settings.mjs';
import { Walk } from './walk.mjs';

const PHONE = { width: 360, height: 740 };
const LOCALES = { ar: 'ar-MA', fr: 'fr-MA', en: 'en-GB' };
const PASSWORDS = ['password', 'password_again', 'current_password'];
const NAMES = ['student_number', 'payroll_number', 'user_name', 'pension_number', 'national_id', 'birth_date', 'email', 'phone', 'handle'];

export { expect };

export const test = base.extend({
  launchOptions: [{ executablePath: CHROMIUM, args: CHROMIUM_OPTIONS }, { scope: 'worker', option: true }],

  /** The folder of the institution that is served. */
  institution: [INSTITUTION, { scope: 'worker', option: true }],

  server: [
    async ({ institution }, use) => {
      const server = await Server.start(institution);
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],

  /** Each test has a day of its own. */
  day: [
    async ({ server }, use) => {
      await server.nextDay();
      await use();
    },
    { auto: true },
  ],

  people: [async ({ server, institution }, use) => use(new People(await server.samples(), institution)), { scope: 'worker' }],

  stage: async ({ browser, server }, use) => {
    const stage = new Stage(browser, server);
    await use(stage);
    await stage.close();
  },
});

/** One test for each mode. */
export function story(name, body, modes = MODES) {
  for (const mode of walked(modes)) {
    test(`${name} — ${mode.name}`, async ({ stage, server, people }) => {
      const walk = await stage.enter(mode);
      await body({ walk, mode, stage, server, people });
    });
  }
}

/** The browsers of one test, and the secrets typed in it. */
class Stage {
  #walks = [];
  #contexts = [];
  #secrets = new Map();

  constructor(browser, server) {
    this.browser = browser;
    this.server = server;
  }

  /** Somebody with a browser of their own. */
  async enter(mode, options = {}) {
    const context = await this.browser.newContext({
      baseURL: this.server.url,
      viewport: PHONE,
      locale: LOCALES[mode.lang],
      javaScriptEnabled: mode.scripts,
      reducedMotion: 'reduce',
      // What is kept for later would answer instead of the server; X4 has it on.
      serviceWorkers: 'block',
      ...options,
    });
    this.#contexts.push(context);
    const prepared = preparation(mode);
    if (prepared) await context.addInitScript({ content: prepared });
    return this.#walk(await context.newPage(), mode);
  }

  /** Another tab of the same browser. */
  async tab(walk) {
    return this.#walk(await walk.page.context().newPage(), walk.mode);
  }

  #walk(page, mode) {
    const walk = new Walk(page, mode, this);
    this.#walks.push(walk);
    return walk;
  }

  /** Remembers what must not be found afterwards. */
  hear(field, value) {
    const isSent = /^[B-DF-HJKM-NP-TV-Z]{8}$/.test(value);
    if (PASSWORDS.includes(field) && value.length > 7) this.#secrets.set(value, isSent ? sentCode(value) : typedPassword(value));
    const name = NAMES.includes(field) && identifier(field, value);
    if (name) this.#secrets.set(value, name);
    if (field === 'code' && /^(\d{6}|[A-Z]{8})$/.test(value)) this.#secrets.set(value, sentCode(value));
  }

  async close() {
    const complaints = this.#walks.flatMap((walk) => walk.checks.outcome());
    await Promise.all(this.#contexts.map((context) => context.close()));
    complaints.push(...(await this.server.leaks([...this.#secrets.values()])));
    expect(complaints, 'what went wrong beside the story').toEqual([]);
  }
}

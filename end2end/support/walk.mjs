// One person in front of one browser tab. Pages are driven by what the contract names: addresses,
// field names, `data-journey`, `data-step`, `data-problem`; never by classes or words, which
// change and are translated.
import { expect } from '@playwright/test';

import { Checks } from './checks.mjs';

export class Walk {
  #lastForm = null;

  constructor(page, mode, stage) {
    this.page = page;
    this.mode = mode;
    this.lang = mode.lang;
    this.stage = stage;
    this.checks = new Checks(page, mode);
  }

  /** Goes to a page below the language: `open('/login')`. */
  async open(path) {
    await this.page.goto(`/${this.lang}${path}`);
    await this.settle();
  }

  /** Waits until the page is what it will be, lets the translator do its work, and looks. */
  async settle() {
    const { page, mode } = this;
    await page.waitForLoadState('load');
    this.lang = new URL(page.url()).pathname.split('/')[1];
    const hasApp = mode.scripts && !(await this.#isAtDesk());
    if (hasApp) {
      await page.waitForFunction(() => document.documentElement.dataset.app !== undefined);
    }
    if (mode.robot) {
      if (hasApp) {
        await page.waitForFunction(() => window.robot.startedBefore !== undefined);
        const before = await page.evaluate(() => window.robot.startedBefore);
        expect(before, 'the translator came before the app').toBe(mode.robot.when === 'before');
      }
      await page.evaluate(() => window.robot.run());
    }
    await this.checks.look(this.lang, hasApp);
  }

  /** The pages of officers and the catalogue have no app. What a student finds at their addresses is no page of theirs. */
  async #isAtDesk() {
    return /^\/(staff|services)(\/|$)/.test(this.path()) && (await this.page.locator('main [data-problem=E904]').count()) === 0;
  }

  /** Brings this tab to the front: browsers hold the others back. */
  async front() {
    await this.page.bringToFront();
    return this;
  }

  /** Where one is. */
  async at(journey, step) {
    await expect(this.page.locator('main')).toHaveAttribute('data-journey', journey);
    await expect(this.page.locator('main')).toHaveAttribute('data-step', step);
  }

  /** The path below the language, without the query. */
  path() {
    return new URL(this.page.url()).pathname.replace(/^\/(ar|fr|en)/, '');
  }

  /** The codes of the problems on the page, each once. */
  async problems() {
    const shown = this.page.locator('[data-problem]').filter({ visible: true });
    const codes = await shown.evaluateAll((list) => list.map((one) => one.dataset.problem));
    return [...new Set(codes)].sort();
  }

  field(name) {
    return this.page.locator(`main [name="${name}"]`);
  }

  /** Types, ticks and chooses: `true` ticks a box, a text chooses a radio button of that value. */
  async type(fields) {
    for (const [name, value] of Object.entries(fields)) {
      this.stage.hear(name, value);
      const inputs = this.field(name);
      const kind = await inputs.first().getAttribute('type');
      if (kind === 'radio') await this.page.locator(`main [name="${name}"][value="${value}"]`).check();
      else if (kind === 'checkbox') await inputs.first().setChecked(value);
      else await inputs.first().fill(value);
      this.#lastForm = this.page.locator('main form').filter({ has: this.page.locator(`[name="${name}"]`) });
    }
  }

  /** Chooses a file for a slot, as the browser's chooser would: `{ name, mimeType, buffer }`. */
  async attach(slot, file) {
    await this.field(slot).setInputFiles(file);
    this.#lastForm = this.page.locator('main form').filter({ has: this.page.locator(`[name="${slot}"]`) });
  }

  /** What stands in a field. */
  async value(name) {
    return this.field(name).first().inputValue();
  }

  /** Presses the button that sends the form typed into last, or a named button of the page. */
  async send(named) {
    if (!named) await this.noRobot();
    await this.arrive(() => this.button(named).click());
  }

  /** Where a form asks whether somebody is a robot: the device works, and without scripts a picture is read. */
  async noRobot() {
    if (this.mode.scripts) {
      const instead = this.page.locator('main .robot-work');
      if ((await instead.count()) === 0 || !(await instead.isVisible())) return;
      await instead.click();
      await expect(this.page.locator('main .robot')).toHaveAttribute('data-state', 'done');
      return;
    }
    const code = this.page.locator('main #robot_code');
    if ((await code.count()) === 0 || !(await code.isVisible()) || (await code.inputValue()) !== '') return;
    await code.scrollIntoViewIfNeeded();
    // The picture brings what the browser has to remember.
    await this.page.waitForLoadState('networkidle');
    await code.fill(await this.pictureDigits());
  }

  /** What the picture shows that this browser got last. */
  async pictureDigits() {
    const answer = await this.page.request.get('/dev/robot.json');
    return answer.json();
  }

  button(named) {
    if (named) {
      const [[name, value]] = Object.entries(named);
      return this.page.locator(`button[name="${name}"][value="${value}"]`).first();
    }
    const form = this.#lastForm ?? this.page.locator('main form');
    return form.first().locator('button:not([name]):not([type="button"])').first();
  }

  /** Types and sends. */
  async submit(fields) {
    await this.type(fields);
    await this.send();
  }

  /** Follows a link to a page below the language. */
  async follow(path, within = 'main') {
    const link = this.page.locator(`${within} a[href="/${this.lang}${path}"], ${within} a[href^="/${this.lang}${path}?"]`);
    await this.arrive(() => link.filter({ visible: true }).first().click());
  }

  /** Presses the button of a form that carries what was typed over to another page. */
  async carryTo(path, within = 'main') {
    await this.arrive(() => this.page.locator(`${within} form[action="/${this.lang}${path}"] button`).first().click());
  }

  /** Switches the language where one stands. */
  async switchTo(lang) {
    const { page } = this;
    const controls = page.locator(`button[name="switch_language"][value="${lang}"], header a[hreflang="${lang}"]`);
    // On a phone the languages of somebody signed in are in the menu of the account.
    const menu = page.locator('header details:not([open]) summary');
    if ((await controls.filter({ visible: true }).count()) === 0) await menu.click();
    await this.arrive(() => controls.filter({ visible: true }).first().click());
    expect(this.lang).toBe(lang);
  }

  /** Does something that leads to another page, and waits for that page. */
  async arrive(doing) {
    const { page } = this;
    if (!this.mode.scripts) {
      const loaded = page.waitForEvent('load');
      await doing();
      await loaded;
    } else {
      await page.evaluate(() => (document.querySelector('main').isBehind = true));
      await doing();
      await page.waitForFunction(() => document.querySelector('main')?.isBehind === undefined && document.readyState === 'complete');
    }
    this.#lastForm = null;
    await this.settle();
  }

  async reload() {
    await this.arrive(() => this.page.reload());
  }

  async back() {
    await this.arrive(() => this.page.goBack());
  }

  /** The words of the page's own part, without what a translator puts around them. */
  async words() {
    const text = await this.page.locator('main').innerText();
    return text.replaceAll(/[\u27E6\u27E7]/g, '').split(/\s+/).filter(Boolean).join(' ');
  }

  /** Signs out through the menu of the account. */
  async signOut() {
    const { page } = this;
    const form = page.locator(`form[action="/${this.lang}/logout"]`);
    const menu = page.locator('details').filter({ has: form });
    if (!(await menu.evaluate((one) => one.open))) await menu.locator('summary').click();
    await this.arrive(() => form.locator('button').click());
  }

  /** Whether this browser is signed in, asked of the server. */
  async isSignedIn() {
    const home = await (await this.page.request.get(`/${this.lang}`)).text();
    return home.includes(`action="/${this.lang}/logout"`);
  }
}

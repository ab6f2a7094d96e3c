// Somebody who tries every step of a journey out of its place.
import { Client } from '../support/client.mjs';
import { expect } from '../support/story.mjs';
import { codes } from './kit.mjs';

/** `forms(walker)` answers `[step, fields, files]` of every form that the journey has. */
export class Walker {
  tried = 0;

  constructor(server, path, forms, client = new Client(server)) {
    this.server = server;
    this.where = path;
    this.forms = forms;
    this.client = client;
  }

  async step() {
    const { page } = await this.client.get(this.where);
    return page.step;
  }

  /** Tries everything that must not move the journey. */
  async attack(at) {
    const stands = async (what) => expect(await this.step(), `${what} at «${at}»`).toBe(at);
    await stands('before anything');
    for (const [step, fields, files] of this.forms(this)) {
      if (step === at) continue;
      const form = { step, ...fields };
      await this.#post(this.client, form, files);
      await stands(`the form of «${step}» ${JSON.stringify(fields)}`);
    }
    // Another language, asked for with any form, is another language and nothing else. Without its
    // step, a form is taken to be this step's.
    for (const [step, fields] of this.forms(this)) {
      for (const form of [fields, ...(step === at ? [{ step, ...fields }] : [])]) {
        await this.#post(this.client, { ...form, switch_language: 'fr' });
        await stands(`the language, with the form of «${step}» ${JSON.stringify(fields)}`);
      }
    }
    const journey = new URLSearchParams(this.where.split('?')[1]).get('j');
    for (const browser of [new Client(this.server), await this.#another()]) {
      for (const [step, fields, files] of this.forms(this)) {
        // Without its step, a form with an address begins a recovery of its own, and sends a code.
        const bare = fields.email || fields.handle ? [] : [fields];
        for (const form of [{ step, ...fields }, ...bare]) {
          const answer = await this.#post(browser, form, files);
          expect(answer.location ?? '', 'nobody else is let in').not.toContain(journey ?? 'no journey yet');
          expect(answer.page?.signed_in).toBeUndefined();
        }
      }
      const seen = await browser.get(this.where);
      if (journey) expect(codes(seen)).toContain('E306');
      await stands('forms from another browser');
    }
  }

  /** Somebody who has a journey of their own. */
  async #another() {
    const other = new Client(this.server);
    await other.post('/ar/login', { handle: 'somebody@mail.example', password: 'Not my password 1' });
    return other;
  }

  async #post(browser, form, files) {
    this.tried += 1;
    const answer = await (files ? browser.send(this.where, form, files) : browser.post(this.where, form));
    expect(answer.status, JSON.stringify(form)).toBeLessThan(500);
    return answer;
  }

  /** The right step. */
  async go(step, fields, next, files) {
    await this.attack(step);
    const form = { step, ...fields };
    const answer = await (files ? this.client.send(this.where, form, files) : this.client.post(this.where, form));
    expect(codes(answer), `«${step}»`).toEqual([]);
    if (answer.location) this.where = answer.location;
    if (next) expect(await this.step()).toBe(next);
    return answer;
  }

  /** The journey is over: nothing opens again, in no browser. */
  async over() {
    for (const browser of [this.client.twin(), new Client(this.server)]) {
      for (const [step, fields, files] of this.forms(this)) {
        const answer = await this.#post(browser, { step, ...fields }, files);
        expect(answer.headers.getSetCookie().join(), `«${step}» once more`).not.toContain('session=');
      }
    }
  }
}

// A server of one's own: free port, empty database, own key, and everything it leaves behind, so
// that a test can look for what must not be there.
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { INSTITUTION, PROGRAM, SITE } from './settings.mjs';

/** Loading the sample roll is part of the first start. */
const START_MS = 60_000;
const STOP_MS = 10_000;
/** Throttles remember for 24 hours. */
const DAY_MS = 25 * 3_600_000;
/** Captured letters hold codes by their nature: they lie in a file of their own. */
const CAPTURED = 'captured.jsonl';
const LOG = 'the log';

export class Server {
  #child;
  #log = '';
  #ended = null;

  /** Starts it and waits until it is ready. */
  static async start(institution = INSTITUTION) {
    const server = new Server();
    server.institution = institution;
    server.folder = await mkdtemp(path.join(tmpdir(), 'miftah-end2end-'));
    server.url = `http://127.0.0.1:${await freePort()}`;
    try {
      await server.up();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  /** Starts it where it was, with everything it left, on another site when told so. */
  async up(site = SITE) {
    this.#ended = null;
    this.#spawn(new URL(this.url).port, site);
    await this.#ready();
  }

  #spawn(port, site) {
    const at = (name) => path.join(this.folder, name);
    const flags = {
      institution: this.institution,
      database: `sqlite://${at('miftah.sqlite')}`,
      files: at('files'),
      key: at('server.key'),
      site,
      listen: `127.0.0.1:${port}`,
    };
    const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
    // Everything the program says is read: a secret in a debug line is a secret in the log.
    const env = { PATH: process.env.PATH, MIFTAH_LOG: 'debug,hyper=info,sqlx=debug' };
    this.#child = spawn(PROGRAM, ['serve', '--dev', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const hear = (chunk) => (this.#log += chunk);
    // On its standard output the program tells the developer the sample sign-ins: that is no log.
    this.#child.stdout.resume();
    this.#child.stderr.setEncoding('utf8').on('data', hear);
    this.#child.on('error', (error) => (this.#ended = error.message));
    this.#child.on('exit', (code, signal) => (this.#ended ??= `ended with ${code ?? signal}`));
  }

  async #ready() {
    const until = Date.now() + START_MS;
    while (Date.now() < until) {
      if (this.#ended) throw new Error(`the server ${this.#ended}\n${this.#log}`);
      const answer = await fetch(`${this.url}/readyz`).catch(() => null);
      if (answer?.ok) return;
      await pause(50);
    }
    throw new Error(`the server is not ready\n${this.#log}`);
  }

  get log() {
    return this.#log;
  }

  /** Sends every letter out that is due, those at work included. */
  async deliver() {
    const answer = await fetch(`${this.url}/dev/deliver`, { method: 'POST' });
    if (!answer.ok) throw new Error(`/dev/deliver answered ${answer.status}`);
  }

  /**
   * Begins another day: letters of the last one are out, and throttles have forgotten it. All tests
   * come from one network, so what one of them does wrong would slow the next one down.
   */
  async nextDay() {
    await this.deliver();
    await this.advance(DAY_MS);
  }

  /** Puts the server's clock forward. */
  async advance(ms) {
    const answer = await fetch(`${this.url}/dev/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advance_ms: ms }),
    });
    if (!answer.ok) throw new Error(`/dev/clock answered ${answer.status}`);
  }

  async samples() {
    return (await fetch(`${this.url}/dev/samples.json`)).json();
  }

  /**
   * The places where one of `secrets` was left: log, database, files.
   *
   * Passwords are looked for as bytes anywhere. A code is six digits, and six digits are part of
   * many numbers, so a code is looked for as a word of its own. Who somebody is stands in the
   * database, and must not stand in the log.
   */
  async leaks(secrets) {
    const places = [[LOG, this.#log], ...(await this.#remains())];
    const found = [];
    for (const [place, text] of places) {
      for (const secret of secrets) {
        if (place.endsWith(CAPTURED) && secret.isCode) continue;
        if (place !== LOG && secret.isName) continue;
        if (secret.isIn(text)) found.push(`${secret.what} stands in ${place}`);
      }
    }
    return found;
  }

  async #remains() {
    const entries = await readdir(this.folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    return Promise.all(
      files.map(async (entry) => [entry.name, await readFile(path.join(entry.parentPath ?? entry.path, entry.name), 'latin1')]),
    );
  }

  /** Ends it, and leaves everything where it is. */
  async down() {
    if (this.#ended !== null) return;
    const gone = new Promise((done) => this.#child.once('exit', done));
    this.#child.kill('SIGTERM');
    const late = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS);
    await gone;
    clearTimeout(late);
  }

  async stop() {
    await this.down();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** A password that was typed. */
export function typedPassword(text) {
  const forms = [text, encodeURIComponent(text), Buffer.from(text).toString('base64').replace(/=+$/, '')]
    .map((form) => Buffer.from(form, 'utf8').toString('latin1'));
  return { what: `the password ${text}`, isCode: false, isIn: (bytes) => forms.some((form) => bytes.includes(form)) };
}

/** A code that was sent. */
export function sentCode(digits) {
  const word = new RegExp(`(?<![0-9A-Za-z])${digits}(?![0-9A-Za-z])`);
  return { what: `the code ${digits}`, isCode: true, isIn: (bytes) => word.test(bytes) };
}

/**
 * What names one person: number, document, birth date, address, telephone (norm 2: never in full in
 * a log). `undefined` where too little was typed to name anybody.
 */
export function identifier(field, typed) {
  const plain = typed.normalize('NFKC').replaceAll(/[\s\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF\u0640]/g, '');
  const digits = plain.replaceAll(/[\u0660-\u0669\u06F0-\u06F9]/g, (digit) => digit.charCodeAt(0) & 0xf);
  const forms = FORMS[field]?.(digits) ?? FORMS[plain.includes('@') ? 'email' : 'student_number'](digits);
  const whole = forms.filter((form) => form.length > 7);
  if (whole.length === 0) return undefined;
  // As part of a longer number or word it is another one.
  const word = new RegExp(`(?<![0-9A-Za-z])(?:${whole.map(escaped).join('|')})(?![0-9A-Za-z])`, 'i');
  return { what: `${field} ${typed}`, isCode: false, isName: true, isIn: (bytes) => word.test(bytes) };
}

const escaped = (text) => text.replaceAll(/[^0-9A-Za-z]/g, '\\$&');

/** How each may be written in a log: as typed, as it is kept, as it stands in an address. */
const FORMS = {
  student_number: (text) => [text, text.replaceAll('-', '')],
  national_id: (text) => [text, text.replaceAll('-', '')],
  birth_date(text) {
    const parts = text.split(/[-/.]/);
    return parts.length === 3 ? [text, parts.toReversed().join('-'), parts.toReversed().join('/')] : [];
  },
  email: (text) => (text.includes('@') ? [text, encodeURIComponent(text)] : []),
  phone(text) {
    const number = text.replaceAll(/\D/g, '').slice(-9);
    return number.length === 9 ? [number, `0${number}`, `212${number}`] : [];
  },
};

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

function freePort() {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.on('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

// What attackers have that people do not: forms of a page as a program sees them, answers compared
// byte by byte, times ranked, and servers started with other settings.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Client } from '../support/client.mjs';
import { codeAfter, mark } from '../support/outbox.mjs';
import { INSTITUTION, PROGRAM, SITE } from '../support/settings.mjs';
import { pause } from '../support/server.mjs';
import { expect } from '../support/story.mjs';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
/** After this much, throttles have forgotten and resends are due. */
export const NEXT_DAY = 25 * HOUR;

/** The codes of the problems on a view. */
export const codes = (answer) => (answer.page?.problems ?? []).map((problem) => problem.code);

/** What differs between any two answers: ids, seconds left to wait, the name of a picture, whether the worker was there yet. */
const VARIABLE = [
  [/"robot":\d+/g, '"robot":N'],
  [/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'ID'],
  [/"resend_in":\d+/g, '"resend_in":N'],
  [/"delivery":("waiting"|\{"handed_over":\{[^}]*\}\})/g, '"delivery":SOON'],
];

/** An answer as somebody sees it who looks for differences: ids and what was typed are taken out. */
export function fingerprint(answer, typed = []) {
  const blank = (text) => {
    let out = text;
    for (const [pattern, word] of VARIABLE) out = out.replace(pattern, word);
    for (const word of typed) out = out.replaceAll(word, 'TYPED').replaceAll(encodeURIComponent(word), 'TYPED');
    return out;
  };
  const headers = [...answer.headers]
    .filter(([name]) => !['date', 'content-length'].includes(name))
    .map(([name, value]) => `${name}: ${name === 'set-cookie' ? value.replace(/=[0-9a-f]{32}/g, '=SECRET') : blank(value)}`)
    .sort();
  return JSON.stringify({ status: answer.status, headers, body: blank(answer.text) });
}

/**
 * The chance that a time of `one` is longer than a time of `other`: 0.5 when nobody can tell them
 * apart, 1 or 0 when everybody can (area under the ROC curve, by ranks).
 */
export function auc(one, other) {
  const all = [...one.map((time) => [time, 1]), ...other.map((time) => [time, 0])].sort(([a], [b]) => a - b);
  let ranks = 0;
  for (let start = 0; start < all.length; ) {
    let end = start;
    while (end < all.length && all[end][0] === all[start][0]) end += 1;
    const rank = (start + 1 + end) / 2;
    for (let at = start; at < end; at += 1) ranks += all[at][1] * rank;
    start = end;
  }
  return (ranks - (one.length * (one.length + 1)) / 2) / (one.length * other.length);
}

export const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];

export function shuffled(items) {
  const out = [...items];
  for (let at = out.length - 1; at > 0; at -= 1) {
    const other = Math.floor(Math.random() * (at + 1));
    [out[at], out[other]] = [out[other], out[at]];
  }
  return out;
}

export async function timed(doing) {
  const start = performance.now();
  const answer = await doing();
  return [performance.now() - start, answer];
}

/** Does something that sends a code to `to`, and answers that code. */
export async function codeFrom(server, to, doing) {
  const seen = await mark(server, to);
  await doing();
  return codeAfter(server, to, seen);
}

/** A page's forms as a program finds them: where they post, what they hold, their buttons. */
export function formsOf(html, at) {
  const attribute = (tag, name) => {
    const found = tag.match(new RegExp(`\\s${name}(?:="([^"]*)")?(?=[\\s>/])`));
    return found ? unescape(found[1] ?? '') : null;
  };
  const buttons = html.match(/<button[^>]*>/g) ?? [];
  return [...html.matchAll(/<form[^>]*>[\s\S]*?<\/form>/g)].map(([form]) => {
    const head = form.match(/<form[^>]*>/)[0];
    const id = attribute(head, 'id');
    const fields = [];
    for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
      const isBox = ['radio', 'checkbox'].includes(attribute(tag, 'type'));
      const name = attribute(tag, 'name');
      if (name && (!isBox || attribute(tag, 'checked') !== null)) fields.push([name, attribute(tag, 'value') ?? '']);
    }
    const inside = form.match(/<button[^>]*>/g) ?? [];
    const outside = buttons.filter((button) => id && attribute(button, 'form') === id);
    const pressed = [...inside, ...outside]
      .map((button) => [attribute(button, 'name'), attribute(button, 'value') ?? ''])
      .filter(([name]) => name);
    return { action: attribute(head, 'action') ?? at, method: attribute(head, 'method') ?? 'get', fields, buttons: pressed };
  });
}

const unescape = (text) => text.replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** What mail scanners do: opens a link in every way, and sends every form of the page as it stands, with every button. */
export async function scan(server, link) {
  let sent = 0;
  for (const method of ['HEAD', 'GET']) expect((await new Client(server).page(link, method)).status, link).toBeLessThan(400);
  const robot = new Client(server);
  const { text } = await robot.page(link);
  for (const form of formsOf(text, link)) {
    if (form.method !== 'post') continue;
    for (const button of [null, ...form.buttons]) {
      const fields = [...form.fields, ...(button ? [button] : [])];
      const answer = await robot.post(form.action, fields, { accept: 'text/html' });
      expect(answer.status, `${link} ${JSON.stringify(button)}`).toBeLessThan(400);
      expect(answer.headers.getSetCookie().join()).not.toContain('session=');
      if (answer.location) await robot.page(answer.location);
      sent += 1;
    }
  }
  return sent;
}

/** A server with other settings than the stories have. `flags` come last, so they win. */
export async function serve(flags) {
  const folder = await mkdtemp(path.join(tmpdir(), 'miftah-adversary-'));
  const port = await freePort();
  const at = (name) => path.join(folder, name);
  const settings = ['--institution', INSTITUTION, '--database', `sqlite://${at('miftah.sqlite')}`, '--files', at('files'), '--key', at('server.key'), '--site', SITE, '--listen', `127.0.0.1:${port}`];
  const child = spawn(PROGRAM, ['serve', ...settings, ...flags], { env: { PATH: process.env.PATH }, stdio: 'ignore' });
  const ended = new Promise((done) => child.once('exit', done));
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 600 && child.exitCode === null; tries += 1) {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return { url, port, folder, stop };
    await pause(50);
  }
  await stop();
  throw new Error('the server is not ready');
}

/** Loads the sample roll, which `--dev` alone does by itself. */
export async function importRoll(server) {
  const roll = path.join(INSTITUTION, 'roll.csv');
  const database = `sqlite://${path.join(server.folder, 'miftah.sqlite')}`;
  const child = spawn(PROGRAM, ['import', roll, '--institution', INSTITUTION, '--database', database], { env: { PATH: process.env.PATH }, stdio: 'ignore' });
  const code = await new Promise((done) => child.once('exit', done));
  if (code !== 0) throw new Error(`miftah import ended with ${code}`);
}

/** The letters of a server without `--dev` and `--smtp`, newest first: they lie in a file. */
export async function captured(server) {
  const text = await readFile(path.join(server.folder, 'files', 'captured.jsonl'), 'utf8');
  return text.split('\n').filter(Boolean).map((line) => JSON.parse(line)).reverse();
}

function freePort() {
  return new Promise((done) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

/** A request with every header, line and byte as given: what `fetch` would mend or refuse. */
export function raw(url, { method = 'GET', path: target, headers = {}, body } = {}) {
  const { hostname, port } = new URL(url);
  return new Promise((done, fail) => {
    const asked = request({ host: hostname, port, method, path: target, headers }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(chunks).toString() }));
    });
    asked.on('error', fail);
    asked.end(body);
  });
}

// Letters and messages that people receive, as `--dev` captures them.
import { pause } from './server.mjs';

/** What causes a letter may still be under way when it is asked for. */
const PATIENCE_MS = 15_000;

/** What each server has sent so far, by id: the program lists its last 500 letters alone. */
const seen = new WeakMap();

/** All letters that were caused so far, newest first. */
export async function letters(server) {
  await server.deliver();
  const answer = await fetch(`${server.url}/dev/outbox.json`);
  if (!answer.ok) throw new Error(`/dev/outbox.json answered ${answer.status}`);
  const known = seen.get(server) ?? new Map();
  for (const letter of (await answer.json()).toReversed()) known.set(letter.id, letter);
  seen.set(server, known);
  return [...known.values()].toReversed();
}

/** All letters to an address, newest first. */
export async function lettersTo(server, address) {
  const all = await letters(server);
  return all.filter((letter) => letter.to.toLowerCase() === address.toLowerCase());
}

/** Waits for `count` letters to an address (counted from the beginning) and returns the newest. */
export async function letterTo(server, address, count = 1) {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await lettersTo(server, address);
    if (found.length >= count) return found[0];
    if (Date.now() > until) throw new Error(`${found.length} of ${count} letters came to ${address}`);
    await pause(60);
  }
}

/** Finds `count` letters to an address, and no more, once nothing is on its way any more. */
export async function onlyLetters(server, address, count) {
  const found = await lettersTo(server, address);
  if (found.length !== count) throw new Error(`${found.length} letters came to ${address}, not ${count}`);
}

/** How many letters an address has: what is caused later comes after this mark. */
export async function mark(server, address) {
  return (await lettersTo(server, address)).length;
}

/** Waits for a code to an address, sent after a mark; letters about other things may come between. */
export async function codeAfter(server, address, seen = 0) {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await lettersTo(server, address);
    const coded = found.slice(0, found.length - seen).find((letter) => codes(letter).length === 1);
    if (coded) return codeIn(coded);
    if (Date.now() > until) throw new Error(`no code came to ${address}`);
    await pause(60);
  }
}

/** Six digits or eight letters without vowels, in one group. */
function codes(letter) {
  return [...new Set(letter.text.match(/(?<![0-9A-Za-z+~./-])(?:\d{6}|[B-DF-HJKM-NP-TV-Z]{8})(?![0-9A-Za-z]|[.-][0-9A-Za-z])/g) ?? [])];
}

/** The code in a letter. */
export function codeIn(letter) {
  const [code, ...others] = codes(letter);
  if (code === undefined || others.length > 0) throw new Error(`not one code in the letter «${letter.subject}»`);
  return code;
}

/** The links of this portal in a letter, as paths. */
export function linksIn(server, letter) {
  const found = letter.text.match(/https?:\/\/[^\s\u2066-\u2069<>"]+/g) ?? [];
  return found.map((link) => new URL(link)).filter((url) => url.origin === server.url).map((url) => url.pathname + url.search);
}

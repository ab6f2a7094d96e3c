// The office: officers at their desk, by hand and over HTTP, and complaints as stories need them
// where they begin with one already sent.
import { expect } from '@playwright/test';

import { Client } from './client.mjs';
import { photo, slip } from './files.mjs';
import { AR, AR_PLAIN } from './modes.mjs';
import { codeAfter, letterTo, lettersTo, linksIn, mark } from './outbox.mjs';
import { Journey, data } from './student.mjs';

/** The window of an officer's desk. */
const DESK = { width: 1280, height: 800 };

/** What of a person's documents a complaint asks for. */
export function claim(person) {
  const { last_name_ar, first_name_ar, last_name_latin, first_name_latin } = person;
  return { ...data(person), last_name_ar, first_name_ar, last_name_latin, first_name_latin };
}

/** The samples say a password only as long as it is the first one. */
const known = new WeakMap();

/** Officers of the samples with a role, as `{ email, password, name, role }`. */
export async function officers(server, role = 'registry') {
  if (!known.has(server)) known.set(server, (await server.samples()).staff);
  return known.get(server).filter((one) => one.role === role);
}

/** An officer who signs in at the desk, in a browser of their own. */
export async function atDesk({ stage, server, mode }, officer) {
  const who = officer ?? (await officers(server))[0];
  const desk = await stage.enter(mode.scripts ? AR : AR_PLAIN, { viewport: DESK });
  await desk.open('/staff');
  expect(desk.path()).toBe('/login');
  await desk.submit({ handle: who.email, password: who.password });
  expect(desk.path()).toBe('/staff');
  return desk;
}

/** Opens a complaint from the list and takes it. */
export async function take(desk, reference) {
  await desk.open(`/staff?q=${reference}`);
  await desk.follow(`/staff/complaints/${reference}`);
  await desk.send({ action: 'take' });
  expect(desk.path()).toBe(`/staff/complaints/${reference}`);
  // The documents are read before anything is decided: afterwards they are not the officer's to see.
  for (const picture of await desk.page.locator('main img').all()) {
    await picture.scrollIntoViewIfNeeded();
    await expect.poll(() => picture.evaluate((one) => one.complete)).toBe(true);
  }
}

/** The reference of the complaint that is on the page. */
export function reference(walk) {
  return walk.path().match(/^\/complaints\/(FS[A-Z2-9]{8})$/)?.[1];
}

/** Waits for a letter, sent after a mark, with a link that shows a complaint. */
export function linkAfter(server, address, seen) {
  return linkedAfter(server, address, seen, '?k=');
}

/** Waits for a link that stops what was asked for, sent after a mark. */
export async function stopLink(server, address, seen = 0) {
  const { link } = await linkedAfter(server, address, seen, '/not-me/');
  return link;
}

/** Letters that go out in one moment have no order: the one with the link is looked for. */
async function linkedAfter(server, address, seen, part) {
  for (let count = seen + 1; ; count += 1) {
    await letterTo(server, address, count);
    const found = await lettersTo(server, address);
    for (const letter of found.slice(0, found.length - seen)) {
      const link = linksIn(server, letter).find((one) => one.includes(part));
      if (link) return { letter, link };
    }
  }
}

/** Somebody whose birth date the roll has wrong. */
export function wronged(people) {
  const recorded = people.student();
  const birth_date = recorded.birth_date === '2001-02-03' ? '2001-02-04' : '2001-02-03';
  return { ...recorded, birth_date };
}

/** From a letter's link to what it shows: opening it shows nothing, its button does. */
export async function openLink(walk, link) {
  await walk.page.goto(link);
  await walk.settle();
  await walk.at('complaint', 'ask');
  await walk.send();
  await walk.at('complaint', 'shown');
}

/** From a decided complaint to an account. */
export async function continueToAccount(walk, server, student) {
  await walk.carryTo('/register');
  await walk.at('register', 'contact');
  const seen = await mark(server, student.email);
  await walk.submit({ email: student.email, terms: true });
  await walk.submit({ code: await codeAfter(server, student.email, seen) });
  await walk.submit({ password: student.password, password_again: student.password });
  expect(await walk.isSignedIn()).toBe(true);
}

/** The questions before the documents, by hand: from how to reach the person to the documents. */
export async function reach(walk, server, { email, ...more }) {
  const { journey } = await walk.page.locator('main').evaluate((main) => ({ ...main.dataset }));
  expect(journey).toBe('complain');
  const seen = await mark(server, email);
  await walk.at('complain', 'reach');
  await walk.submit({ email, ...more });
  await walk.at('complain', 'code');
  await walk.submit({ code: await codeAfter(server, email, seen) });
  await walk.at('complain', 'papers');
}

/** The documents and what comes after them, by hand. */
export async function hand(walk, papers = { id_front: photo(), slip: slip() }) {
  for (const [slot, file] of Object.entries(papers)) await walk.attach(slot, file);
  await walk.send();
  await walk.at('complain', 'check');
  await walk.submit({ consent: true });
  await walk.at('complaint', 'shown');
  return reference(walk);
}

/** A complaint on its way, over HTTP. */
export class Complaint extends Journey {
  constructor(server, { lang = 'ar', door = '/complaints/new', client = new Client(server) } = {}) {
    super(client, `/${lang}${door}`);
    this.server = server;
  }

  /** The first three questions. */
  async begin(person, { email, matter = 'wrong_data', ...more }) {
    await this.step({ step: 'data', matter, ...claim(person) });
    const seen = await mark(this.server, email);
    await this.step({ step: 'reach', email, ...more });
    await this.step({ step: 'code', code: await codeAfter(this.server, email, seen) });
  }

  /** Posts documents. */
  async attach(files, fields = {}) {
    const answer = await this.client.send(this.where, { step: 'papers', ...fields }, files);
    if (answer.location) this.where = answer.location;
    return answer;
  }

  /** The last question. Answers the complaint as its person sees it. */
  async finish() {
    const { page } = await this.step({ step: 'check', consent: 'yes' });
    return { reference: page.reference, code: page.open.code, page };
  }
}

/** A complaint that was sent, over HTTP: its reference and code, and the browser it came from. */
export async function complain(server, person, { papers = { id_front: photo(), slip: slip() }, door, lang, client, ...reached } = {}) {
  const complaint = new Complaint(server, { door, lang, client });
  await complaint.begin(person, reached);
  await complaint.attach(papers);
  const seen = await mark(server, reached.email);
  const sent = await complaint.finish();
  await letterTo(server, reached.email, seen + 1);
  return { ...sent, journey: complaint, client: complaint.client };
}

/** An officer over HTTP. */
export class Officer {
  constructor(server) {
    this.client = new Client(server);
  }

  static async at(server, who) {
    const { email, password } = who ?? (await officers(server))[0];
    const officer = new Officer(server);
    const { location } = await officer.client.post('/ar/login', { handle: email, password });
    if (!location.startsWith('/ar/staff')) throw new Error(`the officer came to ${location}`);
    return officer;
  }

  path(reference) {
    return `/ar/staff/complaints/${reference}`;
  }

  async look(reference) {
    const answer = await this.client.get(this.path(reference));
    return { ...answer, case: answer.page?.content?.case };
  }

  /** Presses a button of a complaint as it stands now. */
  async press(reference, action, more = {}) {
    const { case: seen } = await this.look(reference);
    await this.client.post(this.path(reference), { version: seen.version, action, ...more });
    return this.look(reference);
  }
}

// What students do, as the stories need it: by hand through the pages, or quickly over HTTP where a
// story begins with something already done.
import { pbkdf2Sync } from 'node:crypto';

import { Client } from './client.mjs';
import { codeAfter, letterTo, mark } from './outbox.mjs';

/** The three data that a record is found by. */
export function data({ student_number, national_id, birth_date }) {
  return { student_number, national_id, birth_date };
}

/** `2003-04-12` as people write it. */
export function dayFirst(date) {
  return date.split('-').reverse().join('/');
}

const answered = (answer, path, page) => {
  const problems = answer.page?.problems ?? [];
  if (answer.status !== 200 || problems.length > 0) {
    throw new Error(`${path} (${page}) answered ${answer.status} ${JSON.stringify(problems)} ${answer.text.slice(0, 200)}`);
  }
  return answer;
};

/** Posts the steps of one journey, each to where the last one led. */
export class Journey {
  constructor(client, path) {
    this.client = client;
    this.path = path;
    this.where = path;
  }

  async post(fields) {
    const answer = await this.client.post(this.where, fields);
    if (answer.location) this.where = answer.location;
    return answer;
  }

  /** Posts what has to be right. */
  async step(fields) {
    return answered(await this.post(fields), this.where, JSON.stringify(Object.keys(fields)));
  }

  async state() {
    return (await this.client.get(this.where)).page;
  }
}

/** Opens an account over HTTP and returns the browser that is signed in. */
export async function openAccount(server, student, lang = 'ar') {
  const client = new Client(server);
  const journey = new Journey(client, `/${lang}/register`);
  await journey.step({ step: 'who', ...data(student) });
  await journey.step({ step: 'contact', email: student.email, terms: 'yes' });
  await journey.step({ step: 'code', code: await codeAfter(server, student.email) });
  await journey.step({ step: 'password', password: student.password, password_again: student.password });
  // The code, and the word that the account is open: what comes later is the story's own.
  await letterTo(server, student.email, 2);
  return client;
}

/** Confirms a phone over HTTP. */
export async function addPhone(server, client, phone, lang = 'ar') {
  const seen = await mark(server, phone);
  const journey = new Journey(client, `/${lang}/account/contact?change=phone`);
  await journey.step({ step: 'choose', phone });
  await journey.step({ step: 'code', code: await codeAfter(server, phone, seen) });
}

export async function signIn(server, { email, password }, lang = 'ar') {
  const client = new Client(server);
  const { page } = await client.get(`/${lang}/login`);
  const worked = page?.robot !== undefined && page.robot !== null ? { robot_work: await deviceWork(server) } : {};
  const answer = await client.post(`/${lang}/login`, { handle: email, password, ...worked });
  return { client, answer, signedIn: answer.page?.signed_in !== undefined };
}

/** What a person's device does while they type, where a form asks whether they are a robot. */
export async function deviceWork(server) {
  const challenge = await (await fetch(`${server.url}/robot/work.json`)).json();
  const { nonce, salt, cost, keyLength, keyPrefix } = challenge.parameters;
  for (let counter = 0; ; counter += 1) {
    const guess = Buffer.concat([Buffer.from(nonce, 'hex'), Buffer.alloc(4)]);
    guess.writeUInt32BE(counter, guess.length - 4);
    const derivedKey = pbkdf2Sync(guess, Buffer.from(salt, 'hex'), cost, keyLength, 'sha256').toString('hex');
    if (derivedKey.startsWith(keyPrefix)) return JSON.stringify({ challenge, solution: { counter, derivedKey } });
  }
}

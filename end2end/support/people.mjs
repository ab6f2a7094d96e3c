// Students for the tests. Each test takes persons that no other test of the same server has, so
// tests can run in any order.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { INSTITUTION } from './settings.mjs';

/** Lines of the sample roll that the samples of `--dev` are made of. */
const RESERVED = 200;

export class People {
  #roll;
  /** Where to look for the next person of each kind. */
  #next = new Map();
  #made = 0;
  #samples;

  constructor(samples, institution = INSTITUTION) {
    this.#samples = samples;
    const number = (one) => one.student_number ?? one.payroll_number ?? one.user_name ?? one.national_id;
    const taken = new Set([...samples.accounts, ...samples.without_account].map(number));
    this.#roll = readRoll(institution).filter((person) => !taken.has(number(person)));
  }

  /** A student of the roll without an account, and with a mailbox and password of their own. */
  student(document = 'cin') {
    return { ...this.#another(`${document} enrolled`), ...this.secrets() };
  }

  /** Somebody of the roll who may not open an account: they have left. */
  former() {
    return this.#another('cin left');
  }

  /** A member of a foundation with a mailbox on record, which is where their account begins. */
  member(status) {
    const member = this.#another(`${status} reachable`, (person) => person.status === status && person.record_email);
    return { ...member, ...this.secrets(), email: member.record_email };
  }

  /** Somebody of a school's staff who never signed in, with these addresses on record and no others. */
  teacher({ email = false, phone = false }) {
    const is = (one) => one.status === 'active' && Boolean(one.record_email) === email && Boolean(one.record_phone) === phone;
    return { ...this.#another(`teacher ${email} ${phone}`, is), password: this.secrets().password };
  }

  /** Somebody of the made-up sixth institution without an account, of this status. */
  musician(status) {
    const is = (one) => one.status === status && one.record_email;
    const musician = this.#another(`musician ${status}`, is);
    return { ...musician, email: musician.record_email, password: `Ou${this.secrets().password}` };
  }

  /** A citizen or a resident without an account, whose document is still valid or is not; dates are Hijri or not. */
  citizen(status, { expired = false } = {}) {
    const is = (one) => one.status === status && (one.document_expires < '1447') === expired;
    const citizen = this.#another(`${status} ${expired}`, is);
    return { ...citizen, ...this.secrets() };
  }

  /** Somebody who stands on no roll and says who they are, where accounts are open to everybody. */
  graduate() {
    const secrets = this.secrets();
    const said = {
      last_name_ar: 'زروقي', first_name_ar: 'إيناس', last_name_latin: 'Zerrouki', first_name_latin: 'Inès',
      birth_date: '12/04/1998', birth_place: 'مستغانم',
      national_id: `10998${String(process.pid % 1_000_000).padStart(6, '0')}${String(this.#made).padStart(7, '0')}`,
    };
    return { ...secrets, said, phone: `0551${String(this.#made).padStart(6, '0')}` };
  }

  /** The next person of the roll of a kind: with such a document and status, if nothing else is said. */
  #another(kind, is = (person) => `${person.national_id_kind} ${person.status}` === kind) {
    const at = this.#next.get(kind) ?? Math.min(RESERVED, this.#roll.length / 2);
    const found = this.#roll.findIndex((person, index) => index >= at && is(person));
    if (found < 0) throw new Error(`the roll is used up: ${kind}`);
    this.#next.set(kind, found + 1);
    return this.#roll[found];
  }

  /** A sample account that is as it was made. */
  sample(n = 0) {
    const active = this.#samples.accounts.filter((one) => one.state === 'active');
    return active[n % active.length];
  }

  frozen() {
    return this.#samples.accounts.find((one) => one.state === 'frozen');
  }

  /** A mobile number that nobody else uses. */
  phone() {
    this.#made += 1;
    return `+2127${String(process.pid % 10_000).padStart(4, '0')}${String(this.#made).padStart(4, '0')}`;
  }

  /** An address and a password that nobody else uses. */
  secrets() {
    this.#made += 1;
    const n = `${process.pid}-${this.#made}`;
    return { email: `student-${n}@mail.example`, password: `Zitouna ${n} kerma!` };
  }
}

function readRoll(institution) {
  const file = path.join(institution, 'roll.csv');
  if (!existsSync(file)) return [];
  const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  const mark = /^[^\n]*;/.test(text) ? ';' : ',';
  const [head, ...lines] = text.trim().split(/\r?\n/).map((line) => cells(line, mark));
  return lines.map((line) => Object.fromEntries(head.map((name, index) => [name === 'email' || name === 'phone' ? `record_${name}` : name, line[index] ?? ''])));
}

/** One line of separated values; a cell with the mark that separates stands in quotes. */
function cells(line, mark) {
  if (mark === ';') return line.split(mark);
  const found = line.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g) ?? [];
  return found.map((cell) => cell.replace(/,$/, '').replace(/^"([\s\S]*)"$/, '$1').replaceAll('""', '"'));
}

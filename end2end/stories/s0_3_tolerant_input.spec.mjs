// S0.3: what people type and paste is taken as it was meant.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { parse } from 'smol-toml';

import { AR, FR } from '../support/modes.mjs';
import { codeAfter } from '../support/outbox.mjs';
import { expect, story } from '../support/story.mjs';
import { data, signIn } from '../support/student.mjs';

const MARKS = ['\u200E', '\u200F', '\u202B', '\u2067', '\uFEFF'];
const arabicDigits = (text) => text.replaceAll(/\d/g, (digit) => String.fromCharCode(0x0660 + Number(digit)));
const persianDigits = (text) => text.replaceAll(/\d/g, (digit) => String.fromCharCode(0x06f0 + Number(digit)));
const spaced = (text) => `\u00A0 ${text.replaceAll(/(.{3})/g, '$1 ')}\u00A0`;
const marked = (text) => [...text].map((letter, index) => MARKS[index % MARKS.length] + letter).join('');
const stretched = (text) => `${text.slice(0, 1)}\u0640${text.slice(1)}\u0640`;

/** Each field in another disguise. */
const DISGUISES = [
  { name: 'Arabic digits and spaces', number: (n) => spaced(arabicDigits(n)), id: (n) => ` ${n.toLowerCase()} `, date: ([y, m, d]) => arabicDigits(`${d}/${m}/${y}`), code: (c) => spaced(arabicDigits(c)) },
  { name: 'Persian digits and dashes', number: (n) => persianDigits(`${n.slice(0, 1)}-${n.slice(1)}`), id: (n) => n.replace(/(\D+)/, '$1-'), date: ([y, m, d]) => persianDigits(`${d}-${m}-${y}`), code: (c) => persianDigits(`${c.slice(0, 3)}-${c.slice(3)}`) },
  { name: 'marks and tatweel', number: (n) => marked(n.toLowerCase()), id: (n) => stretched(n), date: ([y, m, d]) => marked(`${d}/${m}/${y}`), code: (c) => marked(c) },
];

for (const disguise of DISGUISES) {
  story(`S0.3 tolerant input: ${disguise.name}`, async ({ walk, server, people, stage, mode }) => {
    const student = people.student();
    await walk.open('/register');
    await walk.submit({
      student_number: disguise.number(student.student_number),
      national_id: disguise.id(student.national_id),
      birth_date: disguise.date(student.birth_date.split('-')),
    });
    expect(await walk.problems()).toEqual([]);
    await walk.at('register', 'contact');
    await walk.submit({ email: ` ${marked(student.email.toUpperCase())} `, phone: ` +212 (6) ${arabicDigits('12 34 56 78')} `, terms: true });
    expect(await walk.problems()).toEqual([]);
    await walk.at('register', 'code');
    await walk.submit({ code: disguise.code(await codeAfter(server, student.email)) });
    await walk.at('register', 'password');
    await walk.submit({ password: student.password, password_again: student.password });
    expect(await walk.isSignedIn()).toBe(true);
    expect((await signIn(server, student)).signedIn).toBe(true);

    const again = await stage.enter(mode);
    await again.open('/login');
    await again.submit({ handle: disguise.number(student.student_number), password: student.password });
    expect(await again.isSignedIn()).toBe(true);
  });
}

story('S0.3 a right shape is shown while typing, a wrong one after leaving', async ({ walk, people }) => {
  const student = people.student();
  await walk.open('/register');
  await walk.type({ student_number: arabicDigits(student.student_number) });
  expect(await walk.problems()).toEqual([]);
  await walk.type({ national_id: '!' });
  expect(await walk.problems()).toEqual([]);
  await walk.field('birth_date').focus();
  await expect.poll(() => walk.problems()).toEqual(['E106']);
  await expect(walk.field('national_id')).toHaveAttribute('aria-invalid', 'true');
  await expect(walk.field('student_number')).not.toHaveAttribute('aria-invalid', 'true');
  await walk.checks.look(walk.lang);
  await walk.type({ national_id: student.national_id });
  await expect.poll(() => walk.problems()).toEqual([]);
}, [AR, FR]);

/** What the server's own tests are held to: how things are typed, and what comes of it. */
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const vectors = (name) => parse(readFileSync(path.join(root, 'rules/vectors', `${name}.toml`), 'utf8'));
const IDENTIFIER = vectors('identifier');
const [DATE, EMAIL, PHONE] = ['date', 'email', 'phone'].map(vectors);
const moroccan = (rows) => rows.filter((row) => row.in === 'MA');

/** The fields of both steps, with the rows that are typed into each and the problem of the refused. */
const FIELDS = {
  who: [
    ['student_number', IDENTIFIER.student, IDENTIFIER.student_bad, 'E106'],
    ['national_id', IDENTIFIER.national, IDENTIFIER.national_bad, 'E106'],
    ['birth_date', DATE.ok, DATE.bad, 'E107'],
  ],
  contact: [
    ['email', EMAIL.ok, EMAIL.bad, 'E108'],
    ['phone', moroccan(PHONE.ok), moroccan(PHONE.bad), 'E109'],
  ],
};

/** Longer than a field waits with its problem after it was left. */
const A_WHILE = 500;

/** Types each row into the field of a page and leaves it: those that are taken, those that are not. */
async function typeRows(walk, [name, taken, refused, problem]) {
  const { page } = walk;
  const input = walk.field(name);
  const leave = async (raw) => {
    await input.fill(raw);
    await input.blur();
    await page.clock.runFor(A_WHILE);
  };
  const shape = () => input.evaluate((one) => one.closest('[data-shape]')?.dataset.shape);
  for (const { raw } of taken) {
    await leave(raw);
    expect(await shape(), `${name} «${raw}»`).toBe('ok');
    expect(await walk.problems(), `${name} «${raw}»`).toEqual([]);
  }
  for (const { raw } of refused) {
    // What is right takes the last problem away.
    await input.fill(taken[0].raw);
    expect(await walk.problems(), `${name} after «${raw}»`).toEqual([]);
    await leave(raw);
    expect(await shape(), `${name} «${raw}»`).toBeUndefined();
    // Nothing but spaces is nothing typed; spaces and marks that nobody sees are nothing that is there.
    const code = /^[\s\p{Cf}]*$/u.test(raw) ? 'E105' : problem;
    expect(await walk.problems(), `${name} «${raw}»`).toEqual(raw.trim() === '' ? [] : [code]);
  }
  await leave('');
  await walk.reload();
}

story('S0.3 what the rules take and refuse, typed by hand', async ({ walk, people }) => {
  const student = people.student();
  await walk.page.clock.install();
  await walk.open('/register');
  for (const rows of FIELDS.who) await typeRows(walk, rows);
  await walk.submit(data(student));
  await walk.at('register', 'contact');
  for (const rows of FIELDS.contact) await typeRows(walk, rows);
}, [AR]);

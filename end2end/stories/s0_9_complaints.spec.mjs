// S0.9: the roll is wrong, and its person has no account to say so with. From the second try that
// found nobody to the account itself, the office in between.
import { photo, scan, slip } from '../support/files.mjs';
import { AR, AR_PLAIN, EN, FR } from '../support/modes.mjs';
import { Officer, atDesk, claim, complain, continueToAccount, hand, linkAfter, openLink, reach, reference, take, wronged } from '../support/office.mjs';
import { codeAfter, letterTo, mark, onlyLetters } from '../support/outbox.mjs';
import { expect, story } from '../support/story.mjs';
import { data, signIn } from '../support/student.mjs';

/** Two tries to register that find nobody, and then the complaint. */
async function refusedTwice(walk, student) {
  await walk.open('/register');
  for (let tries = 0; tries < 2; tries += 1) {
    await walk.submit(data(student));
    expect(await walk.problems()).toEqual(['E101']);
  }
  await walk.carryTo('/complaints/new');
  await walk.at('complain', 'data');
}

/** The code on a receipt, and that it and the reference are in the mail. */
async function receipt(walk, server, student, seen) {
  const number = reference(walk);
  const words = await walk.words();
  expect(words).toContain(number);
  const letter = await letterTo(server, student.email, seen + 1);
  expect(letter.text).toContain(number);
  const code = await codeAfter(server, student.email, seen);
  expect(words).toContain(code);
  return { number, code, letter };
}

story('S0.9 correct my data without an account', async (scene) => {
  const { walk, server, people } = scene;
  const student = wronged(people);
  await refusedTwice(walk, student);
  // What led here and what was typed came along.
  expect(await walk.value('problem')).toBe('E101');
  for (const name of ['student_number', 'national_id', 'birth_date']) expect(await walk.value(name)).toBe(student[name]);
  const { last_name_ar, first_name_ar, last_name_latin, first_name_latin } = student;
  await walk.submit({ last_name_ar, first_name_ar, last_name_latin, first_name_latin });
  await reach(walk, server, { email: student.email, note: 'My birth certificate says so.' });
  const seen = await mark(server, student.email);
  await hand(walk, { id_front: photo(), id_back: scan(), slip: slip() });
  const { number, letter } = await receipt(walk, server, student, seen);
  expect(letter.lang).toBe(walk.lang);

  const desk = await atDesk(scene);
  await take(desk, number);
  // The documents: pictures are seen, the PDF is saved.
  const pictures = desk.page.locator('main figure img');
  await expect(pictures).toHaveCount(2);
  for (const picture of await pictures.all()) {
    await picture.scrollIntoViewIfNeeded();
    await expect.poll(() => picture.evaluate((image) => image.naturalWidth)).toBeGreaterThan(0);
  }
  await expect(desk.page.locator(`main a[href$="/${number}/slip"]`)).toBeVisible();
  // One press corrects what is ticked: what differs is.
  const boxes = desk.page.locator('main input[name^="fix_"]:checked');
  expect(await boxes.evaluateAll((all) => all.map((one) => one.name))).toEqual(['fix_birth_date']);
  await desk.send({ action: 'complete' });
  await expect(desk.page.locator('main [role=status], main .notice').first()).toBeVisible();
  await expect(desk.button({ action: 'complete' })).toHaveCount(0);

  const { letter: decided, link } = await linkAfter(server, student.email, seen + 1);
  expect(decided.lang).toBe(walk.lang);
  expect(decided.text).toContain(number);
  await openLink(walk, link);
  expect(reference(walk)).toBe(number);
  await continueToAccount(walk, server, student);
  expect((await signIn(server, student)).signedIn).toBe(true);
});

story('S0.9 I cannot register', async (scene) => {
  const { walk, server, people } = scene;
  // A number that no roll has.
  const digits = people.phone().slice(-8);
  const student = {
    student_number: `T1${digits}`, national_id: `QA${digits.slice(-6)}`.replace('QA0', 'QA1'), birth_date: '2002-02-02',
    last_name_ar: 'المنسي', first_name_ar: 'كريم', last_name_latin: 'MANSI', first_name_latin: 'KARIM', ...people.secrets(),
  };
  await refusedTwice(walk, student);
  await walk.type({ matter: 'cannot_register' });
  await walk.submit(claim(student));
  await reach(walk, server, { email: student.email });
  const seen = await mark(server, student.email);
  // The slip is what somebody like this may not have.
  await hand(walk, { id_front: photo() });
  const { number } = await receipt(walk, server, student, seen);

  const desk = await atDesk(scene);
  await take(desk, number);
  await desk.type({ programme: 'إجازة القانون العام', year: '1', status: 'enrolled' });
  await desk.send({ action: 'complete' });

  const { link } = await linkAfter(server, student.email, seen + 1);
  await openLink(walk, link);
  expect(reference(walk)).toBe(number);
  await continueToAccount(walk, server, student);
  await walk.open('/account');
  expect(await walk.words()).toContain(student.student_number);
}, [AR, AR_PLAIN, FR]);

story('S0.9 a refusal says why, in a code and in words', async (scene) => {
  const { walk, server, people } = scene;
  const student = wronged(people);
  const sent = await complain(server, student, { email: student.email, lang: walk.lang });
  const answer = 'The card is cut off at the edge. (2nd page)';

  const desk = await atDesk(scene);
  await take(desk, sent.reference);
  const refusal = desk.page.locator('details').filter({ has: desk.button({ action: 'refuse' }) });
  await refusal.locator('summary').click();
  const send = () => desk.arrive(() => refusal.locator('button[value=refuse]').click());
  // A reason and a sentence, or it is not sent.
  await send();
  expect(await desk.problems()).toEqual(['E105']);
  await refusal.locator('[name=reason][value=proof_unreadable]').check();
  await send();
  expect(await desk.problems()).toEqual(['E105']);
  await onlyLetters(server, student.email, 2);
  await refusal.locator('[name=reason][value=proof_unreadable]').check();
  await refusal.locator('[name=answer]').fill(answer);
  await send();
  expect(await desk.problems()).toEqual([]);
  expect(await desk.words()).toContain(answer);

  const { letter, link } = await linkAfter(server, student.email, 2);
  expect(letter.text).toContain(answer);
  await openLink(walk, link);
  expect(reference(walk)).toBe(sent.reference);
  expect(await walk.words()).toContain(answer);
  const { page } = await (await walk.page.request.get(walk.page.url(), { headers: { accept: 'application/json' } })).json().then(({ view }) => view);
  expect(page.follow.open.refused).toBe('proof_unreadable');
  // A new one, with everything that was typed.
  await walk.carryTo('/complaints/new');
  await walk.at('complain', 'data');
  for (const [name, value] of Object.entries(claim(student))) expect(await walk.value(name), name).toBe(value);
}, [AR, AR_PLAIN, FR, EN]);

story('S0.9 followed from another browser, and withdrawn', async (scene) => {
  const { walk, server, people } = scene;
  const student = wronged(people);
  const { reference: number, code } = await complain(server, student, { email: student.email });
  await walk.open('/complaints');
  await walk.at('complaint', 'ask');
  await walk.submit({ reference: '', code: '' });
  expect(await walk.problems()).toEqual(['E105']);
  const wrong = code.startsWith('B') ? 'C' : 'B';
  await walk.submit({ reference: number, code: wrong + code.slice(1) });
  expect(await walk.problems()).toEqual(['E501']);
  expect(await walk.value('reference')).toBe(number);
  expect(await walk.value('code')).toBe('');
  // As people type it.
  await walk.submit({ reference: ` ${number.slice(0, 4).toLowerCase()}-${number.slice(4)} `, code: code.toLowerCase() });
  await walk.at('complaint', 'shown');
  expect(reference(walk)).toBe(number);
  await walk.reload();
  await walk.at('complaint', 'shown');
  // Its code is on the receipt alone.
  expect(await walk.words()).not.toContain(code);
  const other = walk.lang === 'ar' ? 'fr' : 'ar';
  await walk.switchTo(other);
  await walk.at('complaint', 'shown');

  const officer = await Officer.at(server);
  await officer.press(number, 'take');
  await walk.reload();
  const steps = walk.page.locator('main ul li');
  await expect(steps).toHaveCount(2);
  await walk.send({ action: 'withdraw' });
  await walk.send({ action: 'keep' });
  await expect(walk.button({ action: 'withdraw_now' })).toHaveCount(0);
  await walk.send({ action: 'withdraw' });
  await walk.send({ action: 'withdraw_now' });
  await walk.at('complaint', 'shown');
  await expect(walk.button({ action: 'withdraw' })).toHaveCount(0);
  await expect(steps).toHaveCount(3);
  const { case: seen } = await officer.look(number);
  expect([seen.state, seen.closed, seen.may]).toEqual(['closed', 'withdrawn', ['reopen']]);
}, [AR, AR_PLAIN, FR]);

story('S0.9 reference and code open nothing of others', async ({ walk, server, people }) => {
  const [one, two] = [people.student(), people.student()];
  const first = await complain(server, one, { email: one.email });
  const second = await complain(server, two, { email: two.email });
  await walk.open(`/complaints/${first.reference}`);
  await walk.submit({ reference: first.reference, code: second.code });
  expect(await walk.problems()).toEqual(['E501']);
  await walk.submit({ reference: 'FSAB2CD3EF', code: first.code });
  expect(await walk.problems()).toEqual(['E501']);
  // The receipt's address, in another browser.
  await walk.page.goto(first.journey.where);
  await walk.settle();
  await walk.at('complaint', 'ask');
  expect(await walk.problems()).toEqual(['E306']);
  expect(await walk.words()).not.toContain(first.code);
}, [AR, AR_PLAIN]);

story('S0.9 an address that no code reaches is no reason to give up', async (scene) => {
  const { walk, server, people } = scene;
  const student = wronged(people);
  await walk.open('/complaints/new');
  await walk.submit(claim(student));
  await walk.submit({ email: student.email });
  await walk.at('complain', 'code');
  await walk.send({ action: 'skip' });
  await walk.at('complain', 'papers');
  const seen = await mark(server, student.email);
  const number = await hand(walk);
  const code = (await walk.words()).match(/(?<![0-9A-Za-z])[B-DF-HJKM-NP-TV-Z]{8}(?![0-9A-Za-z])/)[0];
  // A letter to an address that nothing came back from opens nothing.
  const letter = await letterTo(server, student.email, seen + 1);
  expect(letter.text).not.toContain(code);
  expect(letter.text).not.toContain('?k=');
  const officer = await Officer.at(server);
  await officer.press(number, 'take');
  await officer.press(number, 'complete', { record: student.student_number, fix_birth_date: 'yes' });
  await walk.open('/complaints');
  await walk.submit({ reference: number, code });
  await walk.at('complaint', 'shown');
  await continueToAccount(walk, server, student);
}, [AR, AR_PLAIN]);

story('S0.9 recovery that finds nobody leads to the complaint too', async (scene) => {
  const { walk, server, people } = scene;
  const student = wronged(people);
  await walk.open('/recover');
  for (let tries = 0; tries < 2; tries += 1) {
    await walk.submit(data(student));
    expect(await walk.problems()).toEqual(['E301']);
  }
  await walk.carryTo('/complaints/new');
  await walk.at('complain', 'data');
  expect(await walk.value('problem')).toBe('E301');
  expect(await walk.value('student_number')).toBe(student.student_number);
  await walk.submit(claim(student));
  await reach(walk, server, { email: student.email });
  const seen = await mark(server, student.email);
  const number = await hand(walk);
  const officer = await Officer.at(server);
  await officer.press(number, 'take');
  await officer.press(number, 'complete', { record: student.student_number, fix_birth_date: 'yes' });
  const { link } = await linkAfter(server, student.email, seen);
  await openLink(walk, link);
  expect(reference(walk)).toBe(number);
  // Back to where they stopped.
  await walk.carryTo('/recover');
  expect(await walk.problems()).toEqual(['E302']);
}, [AR, AR_PLAIN]);

// S0.9 in disorder: documents that are none, other languages, back, two tabs, too late, offline.
// Whatever happens, nothing is lost and one complaint is sent.
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';

import { active, cut, empty, enormous, large, locked, photo, scan, slip, word } from '../support/files.mjs';
import { AR, AR_PLAIN, FR } from '../support/modes.mjs';
import { Officer, claim, hand, reach, reference, wronged } from '../support/office.mjs';
import { codeAfter, mark, onlyLetters } from '../support/outbox.mjs';
import { expect, story } from '../support/story.mjs';

const HOUR = 3_600_000;

/** By hand up to the documents. */
async function atPapers(walk, server, student) {
  await walk.open('/complaints/new');
  await walk.submit(claim(student));
  await reach(walk, server, { email: student.email });
}

const there = (walk, slot) => walk.page.locator(`main button[name=action][value=remove_${slot}]`);

story('S0.9 what is wrong with a document is said at it, and the others stay', async ({ walk, server, people }) => {
  const student = wronged(people);
  await atPapers(walk, server, student);
  await walk.send();
  expect(await walk.problems()).toEqual(['E601']);
  for (const slot of ['id_front', 'slip']) await expect(walk.field(slot)).toHaveAttribute('aria-invalid', 'true');
  await expect(walk.field('id_back')).not.toHaveAttribute('aria-invalid');

  await walk.attach('id_front', photo());
  let first = true;
  for (const [file, problem] of [[large(), 'E602'], [word(), 'E603'], [locked(), 'E604'], [active(), 'E605'], [cut(), 'E606'], [empty(), 'E606']]) {
    await walk.attach('slip', file);
    await walk.send();
    await walk.at('complain', 'papers');
    expect(await walk.problems(), file.name).toEqual([problem]);
    await expect(walk.field('slip')).toHaveAttribute('aria-invalid', 'true');
    await expect(walk.field('id_front')).not.toHaveAttribute('aria-invalid');
    await expect(there(walk, 'id_front')).toBeVisible();
    await expect(there(walk, 'slip')).toHaveCount(0);
    // A reload loses nothing either; once is enough to know.
    if (first) {
      await walk.reload();
      await expect(there(walk, 'id_front')).toBeVisible();
    }
    first = false;
  }
  // Two at once, one of them right.
  await walk.attach('id_back', word());
  await walk.attach('slip', slip());
  await walk.send();
  expect(await walk.problems()).toEqual(['E603']);
  await expect(walk.field('id_back')).toHaveAttribute('aria-invalid', 'true');
  await expect(there(walk, 'slip')).toBeVisible();
  // Taken away, chosen again, replaced.
  await walk.send({ action: 'remove_slip' });
  await expect(there(walk, 'slip')).toHaveCount(0);
  await expect(there(walk, 'id_front')).toBeVisible();
  await walk.attach('slip', scan());
  await walk.attach('id_front', scan());
  await walk.send();
  await walk.at('complain', 'check');
  await walk.submit({ consent: false });
  expect(await walk.problems()).toEqual(['E105']);
  await walk.submit({ consent: true });
  await walk.at('complaint', 'shown');
}, [AR, AR_PLAIN]);

story('S0.9 a file beyond all measure is refused in words, and the way goes on', async ({ walk, server, people }) => {
  const student = wronged(people);
  await atPapers(walk, server, student);
  const here = walk.page.url();
  await walk.attach('id_front', photo());
  const album = enormous();
  await walk.attach('slip', album);
  walk.checks.expect(/^413: POST .*complaints\/new/);
  walk.checks.allow(/^console: .*413/);
  await walk.button().click();
  await expect.poll(() => walk.problems()).toEqual(['E906']);
  await rm(dirname(album), { recursive: true });
  await walk.page.goto(here);
  await walk.settle();
  await walk.at('complain', 'papers');
  await walk.attach('id_front', photo());
  await walk.attach('slip', slip());
  await walk.send();
  await walk.at('complain', 'check');
}, [AR, AR_PLAIN]);

story('S0.9 the connection is lost while documents are sent', async ({ walk, server, people }) => {
  const student = wronged(people);
  await atPapers(walk, server, student);
  await walk.attach('id_front', photo());
  await walk.attach('slip', slip());
  await walk.page.context().setOffline(true);
  walk.checks.expect(/^failed: POST .*INTERNET_DISCONNECTED/);
  walk.checks.allow(/INTERNET_DISCONNECTED/);
  await walk.button().click();
  await expect.poll(() => walk.problems()).toEqual(['E903']);
  await walk.page.context().setOffline(false);
  await expect.poll(() => walk.problems()).toEqual([]);
  // What was chosen is still chosen.
  await walk.send();
  await walk.at('complain', 'check');
}, [AR]);

story('S0.9 another language, reload and back keep everything', async ({ walk, server, people }) => {
  const student = wronged(people);
  await walk.open('/complaints/new');
  await walk.type({ ...claim(student), matter: 'wrong_data' });
  await walk.switchTo('fr');
  for (const [name, value] of Object.entries(claim(student))) expect(await walk.value(name), name).toBe(value);
  await walk.submit({});
  await walk.at('complain', 'reach');
  await walk.type({ email: student.email, phone: '0612345678', note: 'Bonjour' });
  await walk.switchTo('en');
  expect(await walk.value('note')).toBe('Bonjour');
  // One question back, and here again.
  await walk.send({ action: 'back' });
  await walk.at('complain', 'data');
  expect(await walk.value('birth_date')).toBe(student.birth_date);
  await walk.submit({ first_name_latin: 'Corrected' });
  expect(await walk.value('email')).toBe(student.email);
  expect(await walk.value('phone')).toBe('0612345678');
  const seen = await mark(server, student.email);
  await walk.submit({ email: student.email });
  await walk.at('complain', 'code');
  await walk.reload();
  await walk.at('complain', 'code');
  await walk.submit({ code: await codeAfter(server, student.email, seen) });
  await walk.at('complain', 'papers');
  await walk.attach('id_front', photo());
  await walk.attach('slip', slip());
  await walk.send();
  await walk.at('complain', 'check');
  // From the check to any question, and what was given is there.
  expect(await walk.words()).toContain('Corrected');
  await walk.switchTo('ar');
  await walk.at('complain', 'check');
  await walk.reload();
  await walk.back();
  await walk.at('complain', 'check');
  for (const [to, step] of [['papers', 'papers'], ['reach', 'reach'], ['data', 'data']]) {
    const change = walk.page.locator('main form').filter({ has: walk.page.locator(`[name=to][value=${to}]`) });
    await walk.arrive(() => change.locator('button').click());
    await walk.at('complain', step);
    if (step === 'papers') await expect(there(walk, 'slip')).toBeVisible();
    else expect(await walk.value(step === 'reach' ? 'email' : 'birth_date')).toBe(student[step === 'reach' ? 'email' : 'birth_date']);
    // Forward: a confirmed address gets no second code.
    for (let on = 0; on < 3 && (await walk.page.locator('main').getAttribute('data-step')) !== 'check'; on += 1) await walk.submit({});
    await walk.at('complain', 'check');
  }
  await walk.submit({ consent: true });
  await walk.at('complaint', 'shown');
  await onlyLetters(server, student.email, 2);
}, [AR, AR_PLAIN]);

story('S0.9 double clicks send one complaint', async ({ walk, server, people }) => {
  const student = wronged(people);
  const twice = async (fields) => {
    await walk.type(fields);
    await walk.arrive(() => walk.button().dblclick());
  };
  await walk.open('/complaints/new');
  await twice(claim(student));
  await walk.at('complain', 'reach');
  await twice({ email: student.email });
  await walk.at('complain', 'code');
  await twice({ code: await codeAfter(server, student.email) });
  await walk.at('complain', 'papers');
  await walk.attach('id_front', photo());
  await walk.attach('slip', slip());
  await twice({});
  await walk.at('complain', 'check');
  await twice({ consent: true });
  await walk.at('complaint', 'shown');
  const number = reference(walk);
  await onlyLetters(server, student.email, 2);
  const officer = await Officer.at(server);
  const { page } = await officer.client.get(`/ar/staff?q=${student.student_number}`);
  expect(page.content.queue.rows.map((row) => row.reference)).toEqual([number]);
  // The way back leads to the same receipt, not to a second complaint.
  await walk.back();
  await walk.reload();
  const { page: again } = await officer.client.get(`/ar/staff?q=${student.student_number}`);
  expect(again.content.queue.rows).toHaveLength(1);
}, [AR, FR]);

story('S0.9 two tabs, one complaint each', async ({ walk, stage, server, people }) => {
  const [one, two] = [wronged(people), wronged(people)];
  const other = await stage.tab(walk);
  await (await walk.front()).open('/complaints/new');
  await (await other.front()).open('/complaints/new');
  await (await walk.front()).submit(claim(one));
  await (await other.front()).submit(claim(two));
  await reach(await walk.front(), server, { email: one.email });
  await reach(await other.front(), server, { email: two.email });
  const first = await hand(await walk.front());
  const second = await hand(await other.front());
  expect(first).not.toBe(second);
  // Two tabs of one complaint: whatever they send, it stands where it stands.
  await (await walk.front()).open('/complaints/new');
  await walk.submit(claim(one));
  await reach(walk, server, { email: one.email });
  await other.front();
  await other.page.goto(walk.page.url());
  await other.settle();
  await other.attach('id_front', photo());
  await other.attach('slip', slip());
  await other.send();
  await other.at('complain', 'check');
  await walk.front();
  await walk.attach('id_front', scan());
  await walk.send();
  await walk.at('complain', 'check');
  await (await other.front()).submit({ consent: true });
  await other.at('complaint', 'shown');
  // The first tab sends it as well: there is one, and both show it.
  await (await walk.front()).submit({ consent: true });
  await walk.at('complaint', 'shown');
  expect(reference(walk)).toBe(reference(other));
}, [AR, AR_PLAIN]);

story('S0.9 a complaint that was left for an hour', async ({ walk, stage, server, people, mode }) => {
  const student = wronged(people);
  await walk.open('/complaints/new');
  await walk.submit(claim(student));
  await walk.at('complain', 'reach');
  // In another browser it is nobody's.
  const stranger = await stage.enter(mode);
  await stranger.page.goto(walk.page.url());
  await stranger.settle();
  await stranger.at('complain', 'data');
  expect(await stranger.problems()).toEqual(['E306']);
  expect(await stranger.value('student_number')).toBe('');

  await walk.type({ email: student.email, note: 'A long story.' });
  await server.advance(HOUR + 1000);
  await walk.send();
  await walk.at('complain', 'data');
  expect(await walk.problems()).toEqual(['E306']);
  expect(await walk.value('student_number')).toBe(student.student_number);
  await walk.submit(claim(student));
  await walk.at('complain', 'reach');
}, [AR, AR_PLAIN]);

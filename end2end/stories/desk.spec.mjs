// The desk itself: with the keyboard alone, two officers at once, what students find there, pages
// without an app, letters that did not arrive, and the account of an officer.
import { mkdir, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';

import { Client } from '../support/client.mjs';
import { enter, tabTo, typeByKeys } from '../support/keys.mjs';
import { AR, AR_PLAIN, EN, FR, TRANSLATED } from '../support/modes.mjs';
import { Officer, atDesk, complain, officers, take, wronged } from '../support/office.mjs';
import { letterTo, mark, onlyLetters } from '../support/outbox.mjs';
import { Server } from '../support/server.mjs';
import { expect, story, test } from '../support/story.mjs';
import { addPhone, openAccount, signIn } from '../support/student.mjs';

const HOUR = 3_600_000;

/** A complaint about a birth date, as it was sent, and whose it is. */
async function wrong(server, people, more = {}) {
  const student = wronged(people);
  return { student, ...(await complain(server, student, { email: student.email, ...more })) };
}

/** What the page of a complaint shows, as data. */
async function shown(desk, url = desk.page.url()) {
  const answer = await desk.page.request.get(url, { headers: { accept: 'application/json' } });
  return (await answer.json()).view.page.staff.content.case;
}

story('Desk: keyboard only', async (scene) => {
  const { walk: desk, server, people } = scene;
  const [one, two] = [await wrong(server, people), await wrong(server, people)];
  const [officer] = await officers(server);
  await desk.page.setViewportSize({ width: 1280, height: 800 });
  await desk.open('/staff');
  await typeByKeys(desk, { handle: officer.email, password: officer.password });
  await enter(desk);
  expect(desk.path()).toBe('/staff');
  for (const { reference } of [one, two]) {
    await typeByKeys(desk, { q: reference });
    await enter(desk);
    await tabTo(desk, `main a[href="/${desk.lang}/staff/complaints/${reference}"]`);
    await enter(desk);
    await tabTo(desk, 'button[value=take]');
    await enter(desk);
    expect((await shown(desk)).mine).toBe(true);
    if (reference === one.reference) {
      // The documents lie on the way, then what is ticked, then the press.
      await tabTo(desk, 'input[name=fix_birth_date]');
      await expect(desk.page.locator(':focus')).toBeChecked();
      await tabTo(desk, 'button[value=complete]');
      await enter(desk);
      expect((await shown(desk)).state).toBe('completed');
    } else {
      await tabTo(desk, 'details:has(button[value=refuse]) summary');
      await desk.page.keyboard.press('Enter');
      await tabTo(desk, 'details[open] [name=reason]');
      await desk.page.keyboard.press('ArrowDown');
      await tabTo(desk, 'details[open] [name=answer]');
      await desk.page.keyboard.type('Not this one.');
      await tabTo(desk, 'details[open] button[value=refuse]');
      await enter(desk);
      expect((await shown(desk)).state).toBe('refused');
    }
    await tabTo(desk, `nav a[href="/${desk.lang}/staff"]`);
    await enter(desk);
  }
}, [AR, AR_PLAIN, FR]);

story('Desk: the documents can be reached by keys', async (scene) => {
  const { server, people } = scene;
  const { reference } = await wrong(server, people);
  const desk = await atDesk(scene);
  await take(desk, reference);
  await tabTo(desk, `a[href="/${desk.lang}/staff/complaints/${reference}/id_front"]`);
  await tabTo(desk, `a[href="/${desk.lang}/staff/complaints/${reference}/slip"]`);
}, [AR]);

story('Desk: two officers at once, the second is told', async (scene) => {
  const { server, people } = scene;
  const { reference } = await wrong(server, people);
  const [one, two] = await officers(server);
  const [first, second] = [await atDesk(scene, one), await atDesk(scene, two)];
  for (const desk of [first, second]) await desk.open(`/staff/complaints/${reference}`);
  await first.send({ action: 'take' });
  await second.send({ action: 'take' });
  const seen = await shown(second);
  expect([seen.mine, seen.moved, seen.officer]).toEqual([false, true, one.name]);
  expect(await second.words()).toContain(one.name);
  for (const action of ['take', 'complete', 'refuse']) await expect(second.button({ action })).toHaveCount(0);
  await expect(second.page.locator('main img')).toHaveCount(0);

  // The same in two tabs of one officer: what was decided on an old page does not count.
  const tab = await scene.stage.tab(first);
  await tab.open(`/staff/complaints/${reference}`);
  await (await first.front()).send({ action: 'release' });
  expect(first.path()).toBe('/staff');
  await (await tab.front()).send({ action: 'complete' });
  expect((await shown(tab)).moved).toBe(true);
  expect((await shown(tab)).state).toBe('submitted');
  await onlyLetters(server, (await shown(tab)).email, 2);
}, [AR, AR_PLAIN]);

story('Desk: taken back while an officer looks at it', async (scene) => {
  const { server, people } = scene;
  const sent = await wrong(server, people);
  const desk = await atDesk(scene);
  await take(desk, sent.reference);
  for (const action of ['withdraw', 'withdraw_now']) await sent.client.post(sent.journey.where, { action });
  await desk.send({ action: 'complete' });
  const seen = await shown(desk);
  expect([seen.state, seen.closed, seen.moved]).toEqual(['closed', 'withdrawn', true]);
  // And opened again by the office.
  await desk.send({ action: 'reopen' });
  expect((await shown(desk)).mine).toBe(true);
}, [AR, AR_PLAIN]);

story('Desk: another record, closed without a decision, looked for again', async (scene) => {
  const { server, people } = scene;
  const { reference, student } = await wrong(server, people);
  const other = people.student();
  const desk = await atDesk(scene);
  await take(desk, reference);
  await desk.type({ student_number: 'Z000000001' });
  await desk.send({ action: 'link' });
  expect(await desk.problems()).toEqual(['E101']);
  await desk.type({ student_number: other.student_number });
  await desk.send({ action: 'link' });
  expect((await shown(desk)).records.map((one) => one.number)).toEqual([other.student_number]);
  // Its number would become one that another record has.
  await desk.send({ action: 'complete' });
  expect(await desk.problems()).toEqual(['E503']);
  const seen = await mark(server, student.email);
  const closing = desk.page.locator('details').filter({ has: desk.button({ action: 'close' }) });
  await closing.locator('summary').click();
  await closing.locator('[name=reason][value=duplicate]').check();
  await desk.send({ action: 'close' });
  expect((await shown(desk)).closed).toBe('duplicate');
  await letterTo(server, student.email, seen + 1);
  for (const query of [reference.toLowerCase(), student.student_number]) {
    await desk.open('/staff');
    await desk.type({ q: query });
    await desk.arrive(() => desk.page.keyboard.press('Enter'));
    await expect(desk.page.locator(`main a[href="/${desk.lang}/staff/complaints/${reference}"]`)).toHaveCount(1);
  }
  await desk.open('/staff?show=decided');
  await expect(desk.page.locator(`main a[href="/${desk.lang}/staff/complaints/${reference}"]`)).toHaveCount(1);
}, [AR, AR_PLAIN]);

story('Desk: in the officer’s own language', async (scene) => {
  const { server, people } = scene;
  const { reference, student } = await wrong(server, people, { lang: 'ar' });
  const desk = await atDesk(scene);
  for (const lang of ['fr', 'en']) {
    await desk.switchTo(lang);
    await desk.open(`/staff/complaints/${reference}`);
    expect(desk.lang).toBe(lang);
  }
  await desk.send({ action: 'take' });
  await desk.send({ action: 'complete' });
  // The person is written to in theirs.
  expect((await letterTo(server, student.email, 3)).lang).toBe('ar');
}, [AR, AR_PLAIN]);

story('Desk: under translation', async (scene) => {
  const { walk: desk, server, people } = scene;
  const { reference } = await wrong(server, people);
  const [officer] = await officers(server);
  await desk.open('/staff');
  await desk.submit({ handle: officer.email, password: officer.password });
  await take(desk, reference);
  await desk.send({ action: 'complete' });
  expect((await shown(desk)).state).toBe('completed');
}, [TRANSLATED[0], TRANSLATED[2]]);

story('Desk: for officers only', async (scene) => {
  const { walk, server, people } = scene;
  const { reference } = await wrong(server, people);
  const student = people.student();
  await openAccount(server, student);
  await walk.open('/login');
  await walk.submit({ handle: student.email, password: student.password });
  walk.checks.expect(/^404: GET .*\/staff/, /^console: .*404/);
  for (const page of ['/staff', '/staff/letters', `/staff/complaints/${reference}`, '/staff/complaints/FSAB2CD3EF']) {
    await walk.open(page);
    expect(await walk.problems(), page).toEqual(['E904']);
    expect(await walk.words(), page).not.toContain(reference);
  }
  // Without a session it is asked who is there; a student is led to their own home.
  const other = await scene.stage.enter(scene.mode);
  await other.open(`/staff/complaints/${reference}`);
  expect(other.path()).toBe('/login');
  await other.submit({ handle: student.email, password: student.password });
  expect([other.path(), await other.problems()]).toEqual(['', []]);
  // Letters are for administrators.
  const [officer] = await officers(server);
  const { client } = await signIn(server, officer);
  expect((await client.page('/ar/staff/letters')).status).toBe(404);
}, [AR, AR_PLAIN]);

test('Desk: its pages carry no app', async ({ server, people }) => {
  const { reference } = await wrong(server, people);
  const [admin] = await officers(server, 'administrator');
  const officer = await Officer.at(server, admin);
  await officer.press(reference, 'take');
  for (const page of ['/staff', '/staff?show=mine', '/staff?show=decided', '/staff?q=x', '/staff/letters', `/staff/complaints/${reference}`]) {
    const { status, text } = await officer.client.page(`/ar${page}`);
    expect(status, page).toBe(200);
    expect(text, page).not.toMatch(/<script[^>]*\ssrc=|\.wasm|boot\.js|frontend\.js|modulepreload/);
  }
  expect((await officer.client.page('/ar/login')).text + (await new Client(server).page('/ar/login')).text).toContain('boot.js');
});

test('Desk: letters that did not arrive are seen by an administrator, and sent once more', async ({ browser }) => {
  const server = await Server.start();
  try {
    const { accounts } = await server.samples();
    const student = accounts.find((one) => one.state === 'active' && one.email && !one.phone);
    const { client } = await signIn(server, student);
    // The file that captures them is not to be written to.
    const file = path.join(server.folder, 'files', 'captured.jsonl');
    await rename(file, `${file}.away`);
    await mkdir(file);
    const next = 'Zitouna 3 at the desk';
    await client.post('/ar/account/password', { current_password: student.password, password: next, password_again: next });
    for (let tries = 0; tries < 15; tries += 1) {
      await server.advance(9 * HOUR);
      await server.deliver();
    }
    await rmdir(file);
    await rename(`${file}.away`, file);
    await onlyLetters(server, student.email, 0);

    const [admin] = await officers(server, 'administrator');
    const officer = await Officer.at(server, admin);
    const parked = async () => (await officer.client.get('/ar/staff/letters')).page.content.letters;
    const [letter] = await parked();
    expect(letter.to).not.toContain(student.email);
    const context = await browser.newContext({ baseURL: server.url });
    const page = await context.newPage();
    await page.goto('/ar/login');
    await page.fill('[name=handle]', admin.email);
    await page.fill('[name=password]', admin.password);
    await page.press('[name=password]', 'Enter');
    await page.waitForURL('**/staff');
    await page.locator('nav a[href="/ar/staff/letters"]').click();
    await page.locator('button[name=action][value=release]').first().click();
    await page.waitForURL('**/staff/letters?released=1');
    await letterTo(server, student.email, 1);
    expect(await parked()).toHaveLength(0);
    await context.close();
  } finally {
    await server.stop();
    await rm(server.folder, { recursive: true, force: true });
  }
});

story('Desk: the account of an officer', async (scene) => {
  const { server } = scene;
  const [admin] = await officers(server, 'administrator');
  const desk = await atDesk(scene, admin);
  await desk.open('/staff/letters');
  await desk.open('/account');
  expect(await desk.words()).toContain(admin.name);
  for (const page of ['/account/contact', '/account/password', '/account/security', '/account/sessions']) {
    await desk.follow(page, 'body');
    expect(desk.path()).toBe(page);
    expect(await desk.problems()).toEqual([]);
  }
  // Officers are added and removed by an administrator.
  await expect(desk.page.locator(`a[href="/${desk.lang}/account/close"]`)).toHaveCount(0);
  desk.checks.expect(/^404: GET .*\/account\/close/, /^console: .*404/);
  await desk.open('/account/close');
  expect(await desk.problems()).toEqual(['E904']);

  // Another session is ended, a password changed and changed back.
  const elsewhere = (await signIn(server, admin)).client;
  await desk.open('/account/sessions');
  await desk.send({ action: 'end_others' });
  expect((await elsewhere.get('/ar/staff')).status).toBe(303);
  const next = 'Seven olive trees 9';
  await desk.open('/account/password');
  try {
    await desk.submit({ current_password: 'Not my password 1', password: next, password_again: next });
    expect(await desk.problems()).toEqual(['E406']);
    await desk.submit({ current_password: admin.password, password: next, password_again: next });
    expect(await desk.problems()).toEqual([]);
    expect((await new Client(server).post('/ar/login', { handle: admin.email, password: next })).location).toBe('/ar/staff');
  } finally {
    const { client } = await signIn(server, { ...admin, password: next });
    await client.post('/ar/account/password', { current_password: next, password: admin.password, password_again: admin.password });
  }
  expect((await new Client(server).post('/ar/login', { handle: admin.email, password: admin.password })).location).toBe('/ar/staff');
}, [AR, AR_PLAIN, EN]);

story('Desk: a phone of an officer, and signing out', async (scene) => {
  const { walk, server, people } = scene;
  const [, , third] = [...(await officers(server)), ...(await officers(server, 'administrator'))];
  const { client } = await signIn(server, third);
  await addPhone(server, client, people.phone());
  await client.post('/ar/account/contact?change=remove_phone', {});
  await walk.page.setViewportSize({ width: 360, height: 740 });
  await walk.open('/staff');
  await walk.submit({ handle: third.email, password: third.password });
  expect(walk.path()).toBe('/staff');
  await walk.signOut();
  expect(await walk.isSignedIn()).toBe(false);
  await walk.open('/staff');
  expect(walk.path()).toBe('/login');
}, [AR, AR_PLAIN]);

// S0.11: every problem has its public page, and is found by the words people use.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { AR, AR_PLAIN, EN, FR, TRANSLATED } from '../support/modes.mjs';
import { expect, story } from '../support/story.mjs';

/** The codes that are pinned for ever. */
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const CODES = readFileSync(path.join(root, 'rules/src/problem.rs'), 'utf8').match(/=> "(E\d{3})"/g).map((one) => one.slice(4, 8));

const found = (walk) => walk.page.locator('#found a.task-link').evaluateAll((links) => links.map((link) => link.getAttribute('href').split('/').pop()));

async function look(walk, words) {
  await walk.page.locator('main [name=q]').fill(words);
  await walk.arrive(() => walk.page.locator('main form[role=search] button').click());
}

story('S0.11 problems are found by the words people use', async ({ walk }) => {
  await walk.open('/problems');
  for (const [words, code] of [['اميل', 'E108'], ['إيميل', 'E108'], ['كود', 'E303'], ['رقم مسار', 'E101'], ['نسيت كلمة السر', 'E201'], ['mot de passe oublié', 'E201']]) {
    await look(walk, words);
    expect(await found(walk), words).toContain(code);
    expect(await walk.page.locator('main [name=q]').inputValue()).toBe(words);
  }
  await look(walk, 'E205');
  expect(await found(walk)).toEqual(['E205']);
  await look(walk, 'zzzzzz');
  expect(await found(walk)).toEqual([]);
  await expect(walk.page.locator('#found')).toBeVisible();
  // A hostile search is a search.
  await look(walk, '"><script>alert(1)</script>%00%ff');
  await expect(walk.page.locator('#found')).toBeVisible();
}, [AR, AR_PLAIN, FR, EN, TRANSLATED[0]]);

story('S0.11 every code has a page that says what happened and what to do', async ({ walk }) => {
  await walk.open('/problems');
  const listed = await walk.page.locator('main section:not(#found) a.task-link').evaluateAll((links) => links.map((link) => link.getAttribute('href').split('/').pop()));
  expect(listed.toSorted()).toEqual(CODES.toSorted());
  for (const code of CODES) {
    await walk.open(`/problems/${code}`);
    expect(await walk.problems()).toEqual([code]);
    for (const heading of await walk.page.locator('main h1, main h2').allInnerTexts()) expect(heading.trim()).not.toBe('');
  }
  await walk.open('/problems/E101');
  const pictures = walk.page.locator('main figure img');
  await expect(pictures).toHaveCount(2);
  for (const picture of await pictures.all()) {
    await picture.scrollIntoViewIfNeeded();
    await expect.poll(() => picture.evaluate((image) => image.naturalWidth)).toBeGreaterThan(0);
  }
}, [AR, FR, EN]);

story('S0.11 a problem leads to its own page', async ({ walk }) => {
  await walk.open('/login');
  await walk.submit({ handle: 'somebody@example.ma', password: 'Not my password 1' });
  expect(await walk.problems()).toEqual(['E201']);
  await walk.follow('/problems/E201');
  expect(walk.path()).toBe('/problems/E201');
  expect(await walk.problems()).toEqual(['E201']);
}, [AR, AR_PLAIN]);

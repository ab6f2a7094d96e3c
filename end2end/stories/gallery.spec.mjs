// X3: every component in every state, in three languages, light and dark: axe, targets, narrow
// screens. The gallery is the server's alone; no app takes it over.
import { Checks } from '../support/checks.mjs';
import { expect, test } from '../support/story.mjs';

const PHONE = { width: 360, height: 740 };

for (const lang of ['ar', 'fr', 'en']) {
  test(`X3 the gallery — ${lang}`, async ({ browser, server }) => {
    const context = await browser.newContext({ baseURL: server.url, viewport: PHONE, reducedMotion: 'reduce', serviceWorkers: 'block' });
    const page = await context.newPage();
    const checks = new Checks(page, { lang, scripts: true, robot: null });
    const grounds = new Set();
    for (const theme of ['light', 'dark']) {
      await page.goto(`/${lang}/dev/gallery?theme=${theme}`);
      expect(await page.locator('[data-example]').count()).toBeGreaterThan(30);
      grounds.add(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
      for (let turn = 0; await page.evaluate(showTogether, turn); turn += 1) {
        expect(await checks.fit(), theme).toEqual([]);
        // The theme is the page's own, whatever the device's.
        expect(await checks.axe([{ colorScheme: 'light' }]), theme).toEqual([]);
      }
    }
    expect(grounds.size, 'each theme has its own ground').toBe(2);
    expect(checks.outcome()).toEqual([]);
    await context.close();
  });
}

/**
 * Leaves in the page only examples that could stand on one page: two of the same component have the
 * same ids. Answers whether there are any for this turn.
 */
function showTogether(turn) {
  const gallery = document.querySelector('.gallery');
  if (turn === 0) {
    window.turns = [];
    for (const menu of gallery.querySelectorAll('details')) menu.open = true;
    for (const example of [...gallery.children]) {
      const ids = [...example.querySelectorAll('[id]')].map((one) => one.id);
      const marks = [...example.querySelectorAll('header, nav, details')].map((one) => one.className);
      const own = [...ids, ...marks];
      let fitting = window.turns.find(({ taken }) => own.every((one) => !taken.has(one)));
      if (!fitting) window.turns.push((fitting = { taken: new Set(), examples: [] }));
      for (const one of own) fitting.taken.add(one);
      fitting.examples.push(example);
    }
  }
  const together = window.turns[turn];
  if (together) gallery.replaceChildren(...together.examples);
  return together !== undefined;
}

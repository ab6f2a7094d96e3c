// X3: every component in every state, in three languages, light and dark: axe, targets, narrow
// screens. The gallery is the server's alone; no app takes it over.
import { Checks } from '../support/checks.mjs';
import { expect, test } from '../support/story.mjs';

/** The same component stands here many times, and so do its ids and landmarks. */
const OFTEN = Object.fromEntries(['duplicate-id', 'duplicate-id-aria', 'landmark-unique', 'label', 'aria-valid-attr-value'].map((rule) => [rule, { enabled: false }]));

for (const lang of ['ar', 'fr', 'en']) {
  test(`X3 the gallery — ${lang}`, async ({ browser, server }) => {
    const context = await browser.newContext({ baseURL: server.url, viewport: { width: 360, height: 740 }, reducedMotion: 'reduce', serviceWorkers: 'block' });
    const page = await context.newPage();
    const checks = new Checks(page, { lang, scripts: true, robot: null });
    await page.goto(`/${lang}/dev/gallery?theme=light`);
    expect(await page.locator('[data-example]').count()).toBeGreaterThan(30);
    const light = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(await checks.fit()).toEqual([]);
    expect(await checks.axe(undefined, OFTEN)).toEqual([]);
    await page.goto(`/${lang}/dev/gallery?theme=dark`);
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).not.toBe(light);
    expect(await checks.axe(undefined, OFTEN)).toEqual([]);
    expect(checks.outcome()).toEqual([]);
    await context.close();
  });
}

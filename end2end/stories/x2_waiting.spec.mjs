// X2: a page that takes long says that it is coming, and nothing else does.
import { AR, FR } from '../support/modes.mjs';
import { expect, story } from '../support/story.mjs';

const LONG = 1_500;
const line = (walk) => walk.page.locator('.wait[role=status]');

story('X2 a page that takes long says that it is coming', async ({ walk }) => {
  await walk.open('/login');
  await walk.page.route('**/recover', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, LONG));
    await route.continue();
  });
  await walk.page.locator('main a[href$="/recover"]').first().click();
  await expect(line(walk)).toHaveCount(1);
  // The element is as high as nothing; the line hangs from it.
  await expect.poll(() => line(walk).evaluate((p) => parseFloat(getComputedStyle(p, '::after').inlineSize))).toBeGreaterThan(0);
  await walk.checks.look(walk.lang);
  await walk.at('recover', 'find');
  await expect(line(walk)).toHaveCount(0);
}, [AR, FR]);

story('X2 a page that comes at once does not', async ({ walk }) => {
  await walk.open('/login');
  await walk.page.evaluate(() => {
    window.lines = 0;
    new MutationObserver(() => {
      window.lines += document.querySelectorAll('.wait').length;
    }).observe(document.body, { childList: true, subtree: true });
  });
  await walk.page.locator('main a[href$="/recover"]').first().click();
  await walk.at('recover', 'find');
  // Longer than the line would have waited.
  await walk.page.waitForTimeout(600);
  expect(await walk.page.evaluate(() => window.lines)).toBe(0);
}, [AR]);

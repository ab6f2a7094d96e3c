// Takes the screens that a browser shows before it installs the portal: one phone and one wide
// screen in each language, into `style/screens/`.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

import { Server } from '../support/server.mjs';
import { CHROMIUM, CHROMIUM_OPTIONS } from '../support/settings.mjs';

const OUT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../style/screens');
/** The manifest names these sizes: 720 × 1480 and 1280 × 800 pixels. */
const SCREENS = {
  phone: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 },
  wide: { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 },
};

const server = await Server.start();
const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_OPTIONS });
try {
  await mkdir(OUT, { recursive: true });
  for (const [name, screen] of Object.entries(SCREENS)) {
    for (const lang of ['ar', 'fr', 'en']) {
      const context = await browser.newContext({ ...screen, serviceWorkers: 'block' });
      const page = await context.newPage();
      await page.goto(`${server.url}/${lang}/login`);
      await page.waitForSelector('html[data-app="ready"]');
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path: path.join(OUT, `${name}-${lang}.png`) });
      await context.close();
    }
  }
} finally {
  await browser.close();
  await server.stop();
}

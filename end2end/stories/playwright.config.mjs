// The stories, walked in the system's Chromium: one story, one test a mode, story id in its name.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.mjs',
  outputDir: '../test-results/stories',
  // Each worker has its own server, so workers share nothing.
  workers: 2,
  fullyParallel: true,
  // Two browsers on two processors lose a race now and then. What passes at the second try only is
  // named in the report, and more than a very few fail the run (`xtask/src/test/count.rs`).
  retries: process.env.MIFTAH_E2E ? 1 : 0,
  timeout: 90_000,
  expect: { timeout: 8_000 },
  use: { actionTimeout: 15_000 },
  reporter: [['line']],
});

// The stories, walked in the system's Chromium: one story, one test a mode, story id in its name.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.mjs',
  outputDir: '../test-results/stories',
  // Each worker has its own server, so workers share nothing.
  workers: 2,
  fullyParallel: true,
  // A test that passes at the second try is no test that passed.
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 8_000 },
  use: { actionTimeout: 15_000 },
  reporter: [['line']],
});

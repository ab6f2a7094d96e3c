// Attacks over plain HTTP, without a browser. One worker: half of them look at the clock.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.mjs',
  outputDir: '../test-results/adversary',
  workers: 1,
  retries: 0,
  timeout: 90_000,
  reporter: [['line']],
});

// Attacks over plain HTTP, without a browser. One worker: half of them look at the clock.
import { readdirSync } from 'node:fs';
import path from 'node:path';

import { defineConfig } from '@playwright/test';

import { INSTITUTION, SIXTH, institution } from '../support/settings.mjs';

const EVERY = '**/every_institution.spec.mjs';
const folders = [...readdirSync(path.dirname(INSTITUTION)).map(institution), SIXTH];

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.mjs',
  outputDir: '../test-results/adversary',
  workers: 1,
  retries: 0,
  timeout: 90_000,
  reporter: [['line']],
  projects: [
    { name: 'fsjes', testIgnore: EVERY },
    ...folders.map((folder) => ({ name: `every: ${path.basename(folder)}`, testMatch: EVERY, use: { institution: folder } })),
  ],
});

// Where the program under test, its site and the browser are. `cargo xtask test` says so; by hand,
// a build of the working copy is taken.
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const set = (name, otherwise) => process.env[name] || otherwise;

export const PROGRAM = set('MIFTAH_BIN', path.join(root, 'target/debug/miftah'));
export const SITE = set('MIFTAH_SITE', path.join(root, 'target/site'));
/** The folder of an institution. */
export const institution = (id) => path.join(root, 'institutions', id);

/** A made-up one, odd in every choice: what the others have in common is not what the product is. */
export const SIXTH = path.join(root, 'end2end/sixth');

export const INSTITUTION = institution('fsjes');
export const CHROMIUM = set('MIFTAH_CHROMIUM', installed(['chromium', 'chromium-browser', 'google-chrome-stable']));

/** Every language, mode and theme, or each story in the modes that the contract names. */
export const FULL = process.env.MIFTAH_E2E === 'full';

export const CHROMIUM_OPTIONS = ['--no-sandbox', '--disable-background-networking'];

function installed(names) {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    for (const name of names) {
      const file = path.join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not here.
      }
    }
  }
  throw new Error('no Chromium: set MIFTAH_CHROMIUM to its path');
}

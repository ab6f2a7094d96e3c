// The ways in which people meet a page: language, scripts, and the browser's own translation of it.
import { detaching } from '../robots/detaching.mjs';
import { inPlace } from '../robots/in_place.mjs';
import { FULL } from './settings.mjs';

const mode = (name, lang, more = {}) => ({ name, lang, scripts: true, robot: null, ...more });
const robot = (install, options, when) => ({ robot: { install, options, when } });

const AR = mode('ar scripts', 'ar');
const AR_PLAIN = mode('ar plain', 'ar', { scripts: false });
const FR = mode('fr', 'fr');
const EN = mode('en', 'en');

/** Each family of translators once before the app and once after it. */
const TRANSLATED = [
  mode('ar translated before hydration', 'ar', robot(detaching, { reorder: true }, 'before')),
  mode('ar translated after', 'ar', { ...robot(detaching, { late: true }, 'after'), isFurther: true }),
  mode('ar translated in place before hydration', 'ar', { ...robot(inPlace, { mergeComments: true }, 'before'), isFurther: true }),
  mode('ar translated in place after', 'ar', robot(inPlace, { mergeComments: true, edge: true, late: true }, 'after')),
];

/** What a run of everything adds. */
const MORE = [
  mode('fr plain', 'fr', { scripts: false }),
  mode('en plain', 'en', { scripts: false }),
  mode('fr translated before hydration', 'fr', robot(detaching, { reorder: true, target: 'ar' }, 'before')),
  mode('en translated after', 'en', robot(detaching, { late: true, target: 'ar' }, 'after')),
];

/** Those of a story that this run walks: all, or all but those that are further ones of a kind. */
export function walked(modes) {
  const first = modes.filter((one) => !one.isFurther);
  return FULL || first.length === 0 ? modes : first;
}

export { AR, AR_PLAIN, EN, FR, TRANSLATED };
export const MODES = [AR, AR_PLAIN, ...TRANSLATED, FR, EN, ...(FULL ? MORE : [])];

/** What has to run in the page before anything of the page does. */
export function preparation({ robot: chosen }) {
  if (!chosen) return null;
  return `(${chosen.install})(${JSON.stringify(chosen.options)});(${schedule})(${JSON.stringify(chosen.when)});`;
}

/** Before: when the page is read, and before the app is loaded. After: once the app has it. */
function schedule(when) {
  const app = () => document.documentElement?.dataset.app;
  const run = () => {
    window.robot.startedBefore = app() === undefined;
    window.robot.run();
  };
  if (when === 'before') {
    document.addEventListener('DOMContentLoaded', run);
    return;
  }
  // The root element is not there yet when this runs.
  const ready = new MutationObserver(() => {
    if (app() !== 'ready') return;
    ready.disconnect();
    run();
  });
  ready.observe(document, { subtree: true, attributes: true, attributeFilter: ['data-app'] });
}

// The keyboard alone.
import { expect } from '@playwright/test';

const MOST_STOPS = 80;

/** Tab by tab to something; each stop on the way can be seen. */
export async function tabTo(walk, selector) {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await walk.page.keyboard.press('Tab');
    const { found, seen, name } = await walk.page.evaluate((wanted) => {
      const element = document.activeElement;
      // After the last stop the browser's own are next.
      if (element === document.body) return { found: false, seen: true };
      const ring = (one) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
        return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
      };
      const { width, height } = element.getBoundingClientRect();
      const holder = element.closest('label, .control') ?? element;
      return { found: element.matches(wanted), seen: width > 0 && height > 0 && (ring(element) || ring(holder)), name: element.outerHTML.slice(0, 90) };
    }, selector);
    expect(seen, `the focus on ${name} can be seen`).toBe(true);
    if (found) return;
  }
  throw new Error(`${MOST_STOPS} tabs do not lead to ${selector}`);
}

export async function typeByKeys(walk, fields) {
  for (const [name, value] of Object.entries(fields)) {
    await tabTo(walk, `[name="${name}"]`);
    walk.stage.hear(name, String(value));
    if (value === true) await walk.page.keyboard.press('Space');
    else await walk.page.keyboard.type(value);
  }
}

/** Presses Enter, which leads to another page. */
export const enter = (walk) => walk.arrive(() => walk.page.keyboard.press('Enter'));

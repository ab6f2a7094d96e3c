// What every page must be, looked at in the page itself. The functions are sent into the browser as
// they stand: they use nothing of this file.

/** The word that begins the title of a page with problems. */
export const ERROR_WORDS = { ar: 'خطأ', fr: 'Erreur', en: 'Error' };
export const DIRECTIONS = { ar: 'rtl', fr: 'ltr', en: 'ltr' };

/** Complaints about the page as it stands; none when it is right. */
export function inspect({ lang, direction, errorWord, scripts, translated }) {
  const complaints = [];
  const expect = (holds, complaint) => holds || complaints.push(complaint);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const name = (element) => element.outerHTML.slice(0, 110).replaceAll(/\s+/g, ' ');
  const html = document.documentElement;
  const { title } = document;

  expect(html.dataset.locale === lang, `data-locale is ${html.dataset.locale}, not ${lang}`);
  expect(html.dir === direction, `dir is ${html.dir}, not ${direction}`);
  // A translator rewrites the language; nothing of ours may read it there.
  if (!translated) expect(html.lang === lang, `lang is ${html.lang}, not ${lang}`);
  const app = html.dataset.app;
  expect(app === (scripts ? 'ready' : undefined), `the app is ${app}`);
  expect(all('main').length === 1, `${all('main').length} main elements`);
  expect(all('h1').length === 1, `${all('h1').length} h1 elements`);
  expect((document.querySelector('h1')?.textContent ?? '').trim() !== '', 'the h1 is empty');
  expect(title.trim() !== '', 'the title is empty');
  const refused = all('[role=alert] [data-problem]').length > 0;
  const says = title.replace(/^\u27E6/, '').startsWith(errorWord);
  expect(refused === says, `problems: ${refused}, and the title is «${title}»`);

  for (const element of all('[id]')) {
    expect(all(`#${CSS.escape(element.id)}`).length === 1, `id ${element.id} stands more than once`);
  }
  tied();
  if (!translated) ownElements();
  return complaints;

  /** Each problem of a field is named by its input, and each refused input names its problem. */
  function tied() {
    for (const problem of all('[data-problem]')) {
      const link = problem.querySelector('a[href^="#"]');
      if (link) {
        const input = document.getElementById(link.hash.slice(1));
        expect(input?.getAttribute('aria-invalid') === 'true', `no refused input for ${name(problem)}`);
        if (input) expect(names(input, problem.dataset.problem), `the field of ${name(problem)} does not name it`);
      } else if (problem.id) {
        const namers = all('[aria-describedby]').filter((input) => ids(input).includes(problem.id));
        expect(namers.length > 0, `no input names ${name(problem)}`);
        expect(namers.every((input) => input.getAttribute('aria-invalid') === 'true'), `the input of ${name(problem)} is not aria-invalid`);
      }
      expect(problem.textContent.trim() !== '', `${problem.dataset.problem} says nothing`);
    }
    for (const input of all('[aria-invalid=true]')) expect(names(input), `${name(input)} names no problem`);
    for (const input of all('[aria-describedby]')) {
      expect(ids(input).every((id) => document.getElementById(id)), `${name(input)} is described by nothing`);
    }
  }

  function ids(input) {
    return (input.getAttribute('aria-describedby') ?? '').split(/\s+/).filter(Boolean);
  }

  function names(input, code) {
    return ids(input).some((id) => {
      const at = document.getElementById(id)?.dataset.problem;
      return at !== undefined && (code === undefined || at === code);
    });
  }

  /** The text-node rule: a text is the whole content of its own element, but for isolated runs. */
  function ownElements() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode;
      const parent = text.parentElement;
      if (!text.nodeValue.trim() || ['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(parent.tagName)) continue;
      const others = [...parent.children].filter((child) => child.tagName !== 'BDI');
      expect(others.length === 0, `bare text «${text.nodeValue.trim().slice(0, 40)}» beside ${others.map((one) => one.tagName)}`);
    }
  }
}

/** Complaints about what does not fit: sideways scrolling, small targets. */
export function measure({ smallest }) {
  const complaints = [];
  const html = document.documentElement;
  if (html.scrollWidth > html.clientWidth) {
    const wide = [...document.querySelectorAll('body *')].filter((element) => {
      const { left, right } = element.getBoundingClientRect();
      return right > html.clientWidth + 0.5 || left < -0.5;
    });
    const names = wide.slice(0, 3).map((element) => element.outerHTML.slice(0, 80));
    complaints.push(`${html.scrollWidth} px wide in ${html.clientWidth}: ${names.join(' | ')}`);
  }
  const targets = 'a[href], button, summary, select, textarea, input:not([type=hidden]), [role=button], [role=link]';
  for (const target of document.querySelectorAll(targets)) {
    const isBox = ['checkbox', 'radio'].includes(target.type);
    const element = isBox ? target.closest('label') ?? target : target;
    if (!element.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })) continue;
    const style = getComputedStyle(element);
    // A link inside a sentence is as tall as its line (WCAG 2.5.8, "inline").
    if (style.display === 'inline') continue;
    const { width, height, bottom, right } = element.getBoundingClientRect();
    const isAway = width <= 1 || height <= 1 || bottom + scrollY <= 0 || right + scrollX <= 0 || style.clipPath !== 'none';
    if (isAway) continue;
    const isSmall = width < smallest - 0.5 || height < smallest - 0.5;
    if (isSmall && !isHitAround(element)) {
      complaints.push(`${Math.round(width)}×${Math.round(height)} px: ${element.outerHTML.slice(0, 110)}`);
    }
  }
  return complaints;

  /** Whether a finger that misses by half the smallest size still hits: a link may fill its row. */
  function isHitAround(element) {
    element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    const { left, top, width, height } = element.getBoundingClientRect();
    const half = smallest / 2 - 1;
    const [x, y] = [left + width / 2, top + height / 2];
    const reach = (size) => (size < smallest ? half : 0);
    const points = [[0, -reach(height)], [0, reach(height)], [-reach(width), 0], [reach(width), 0]];
    const isHit = points.every(([dx, dy]) => element.contains(document.elementFromPoint(x + dx, y + dy)));
    scrollTo({ top: 0, behavior: 'instant' });
    return isHit;
  }
}

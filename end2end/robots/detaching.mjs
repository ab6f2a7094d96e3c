// A browser's translator of the detaching family (Chrome): every text node is taken out of the page
// and `<font><font>…</font></font>` put in its place, so whatever held the node holds nothing.
//
// The function is sent into the page as text: it uses nothing of this file.

/**
 * Installs `window.robot`.
 * @param {{reorder?: boolean, late?: boolean, target?: string}} options `reorder` moves words
 *   across elements, as a translation into another word order does; `late` translates what comes
 *   into view afterwards, on its own time.
 */
export function detaching(options) {
  const UNTOUCHED = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE', 'TEXTAREA', 'CODE', 'KBD', 'SVG', 'MATH', 'INPUT', 'IFRAME', 'OBJECT']);
  const ATTRIBUTES = ['alt', 'title', 'placeholder', 'aria-label'];
  const target = options.target ?? 'en';
  const own = new WeakMap();
  const before = [];
  let replaced = 0;
  let carried = '';

  const translated = (text) => `\u27E6${text}\u27E7`;

  function isLeftAlone(start) {
    for (let element = start; element; element = element.parentElement ?? element.getRootNode().host) {
      const wish = element.getAttribute?.('translate');
      if (wish === 'no' || element.classList?.contains('notranslate')) return true;
      if (wish === 'yes' || wish === '') return false;
      if (element.isContentEditable || UNTOUCHED.has(element.tagName.toUpperCase())) return true;
    }
    return false;
  }

  function font(text) {
    const element = document.createElement('font');
    element.setAttribute('dir', 'auto');
    // The browser's own translator is not held by the page's content security policy; this one is,
    // and may set styles through the object model only.
    element.style.verticalAlign = 'inherit';
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function texts(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    return found;
  }

  function replace(node) {
    const parent = node.parentElement;
    if (!node.nodeValue.trim() || !parent || parent.tagName === 'FONT' || isLeftAlone(parent)) return;
    const outer = font();
    const sentences = node.nodeValue.match(/[^.!?\u061F]+[.!?\u061F]*\s*/g) ?? [node.nodeValue];
    for (const sentence of sentences) outer.append(font(translated(sentence)));
    const goesOn = node.nextSibling?.nodeType === Node.ELEMENT_NODE;
    if (options.reorder && replaced % 5 === 4 && goesOn) {
      carried = outer.textContent;
      outer.textContent = '';
    } else if (carried) {
      outer.firstChild.textContent = carried + outer.firstChild.textContent;
      carried = '';
    }
    parent.insertBefore(outer, node);
    node.remove();
    before.push([outer, node]);
    replaced += 1;
  }

  function attributes() {
    for (const name of ATTRIBUTES) {
      for (const element of document.querySelectorAll(`[${name}]`)) {
        const value = element.getAttribute(name);
        const done = own.get(element) ?? {};
        if (!value.trim() || done[name] === value || isLeftAlone(element)) continue;
        element.setAttribute(name, translated(value));
        own.set(element, { ...done, [name]: translated(value) });
      }
    }
  }

  function mark() {
    const html = document.documentElement;
    html.lang = target;
    html.classList.add(['ar', 'fa', 'he', 'ur'].includes(target) ? 'translated-rtl' : 'translated-ltr');
    if (document.title && !document.title.startsWith('\u27E6')) document.title = translated(document.title);
    if (document.getElementById('goog-gt-tt')) return;
    const tooltip = document.createElement('div');
    tooltip.id = 'goog-gt-tt';
    tooltip.className = 'skiptranslate';
    tooltip.hidden = true;
    document.body.append(tooltip);
  }

  function run(root = document.body) {
    texts(root).forEach(replace);
    attributes();
    mark();
    if (options.late) watch();
  }

  /** The original is shown again: nodes come back where their places are still there. */
  function undo() {
    for (const [outer, node] of before.splice(0).reverse()) if (outer.isConnected) outer.replaceWith(node);
    const html = document.documentElement;
    html.lang = html.dataset.locale;
    html.classList.remove('translated-rtl', 'translated-ltr');
  }

  let seen = null;
  /** Nothing tells this family that a page has changed: it looks at what comes into view. */
  function watch() {
    if (seen) return;
    const busy = new WeakSet();
    seen = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target: element } of entries) {
        if (!isIntersecting || busy.has(element)) continue;
        busy.add(element);
        setTimeout(() => {
          busy.delete(element);
          if (element.isConnected) texts(element).forEach(replace);
        }, 150);
      }
    });
    const hasText = (element) => [...element.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.nodeValue.trim());
    setInterval(() => {
      for (const element of document.querySelectorAll('body *')) {
        if (element.tagName === 'FONT' || !hasText(element)) continue;
        seen.unobserve(element);
        seen.observe(element);
      }
    }, 100);
  }

  window.robot = { run, undo, count: () => replaced };
}

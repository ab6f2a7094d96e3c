// A browser's translator of the in-place family (Edge, Firefox): text nodes stay and get another
// text; neighbouring ones become one, also across comments, and the others are dropped.
//
// The function is sent into the page as text: it uses nothing of this file.

/**
 * Installs `window.robot`.
 * @param {{mergeComments?: boolean, edge?: boolean, late?: boolean, target?: string}} options
 *   `mergeComments` sees no border in a comment; `edge` marks elements and leaves `lang` alone;
 *   `late` follows changes of the page.
 */
export function inPlace(options) {
  const UNTOUCHED = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE', 'TEXTAREA', 'CODE']);
  let rewritten = 0;

  const isDone = (text) => text.startsWith('\u27E6');

  function isLeftAlone(node) {
    const parent = node.parentElement;
    return !parent || UNTOUCHED.has(parent.tagName) || parent.closest('[translate="no"], .notranslate') !== null;
  }

  /** The text nodes that follow each other without an element between them. */
  function together(first) {
    const run = [first];
    for (let next = first.nextSibling; next; next = next.nextSibling) {
      if (next.nodeType === Node.TEXT_NODE) run.push(next);
      else if (!(options.mergeComments && next.nodeType === Node.COMMENT_NODE)) break;
    }
    return run;
  }

  function run(root = document.body) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    for (const node of nodes) {
      if (!node.isConnected || !node.nodeValue.trim() || isDone(node.nodeValue) || isLeftAlone(node)) continue;
      const [kept, ...dropped] = together(node);
      kept.nodeValue = `\u27E6${[kept, ...dropped].map((part) => part.nodeValue).join('')}\u27E7`;
      dropped.forEach((part) => part.remove());
      if (options.edge) kept.parentElement.setAttribute('_msttexthash', String(++rewritten));
      else rewritten += 1;
    }
    if (!options.edge) document.documentElement.lang = options.target ?? 'en';
    if (options.late) watch();
  }

  let observer = null;
  function watch() {
    if (observer) return;
    let planned = 0;
    observer = new MutationObserver(() => {
      clearTimeout(planned);
      planned = setTimeout(run, 60);
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  }

  window.robot = { run, count: () => rewritten };
}

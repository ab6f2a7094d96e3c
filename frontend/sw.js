// The service worker: the portal opens without a connection, and shows what was read last.
//
// The app's own files are kept for good; pages are asked of the server first, and a copy is kept
// for when it cannot be reached, marked with its time. Pages of somebody signed in lie in a cache of
// their own, which anything sent to the server and every page without a session empties. Nothing
// that was sent is ever kept, and no page of a journey.
//
// The server writes the build's name into the next line.
const BUILD = "BUILD-ID";
const LANGS = ["ar", "fr", "en"];

const APP = `app ${BUILD}`;
const PAGES = `pages ${BUILD}`;
const PERSON = `person ${BUILD}`;

/** More pages than one person looks at in a visit. */
const MOST_PAGES = 40;
/** The page that says that there is no connection. */
const offlinePage = (lang) => `/${lang}/problems/E903`;
const SHELL = [
  ...LANGS.map(offlinePage),
  ...["site.css", "institution/look.css", "institution/logo.svg", "boot.js", "icons/favicon.svg", "fonts/miftah-sans-400.woff2", "fonts/miftah-sans-600.woff2"]
    .map((file) => `/pkg/${BUILD}/${file}`),
];

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method !== "GET") {
    // It may sign out, or make what was kept untrue.
    event.waitUntil(caches.delete(PERSON));
  } else if (url.pathname.startsWith("/pkg/")) {
    event.respondWith(file(request));
  } else if (request.mode === "navigate" && lang(url)) {
    event.respondWith(page(event, url));
  }
});

/** Without cookies: the pages that are kept beforehand are nobody's. */
async function install() {
  const cache = await caches.open(APP);
  await cache.addAll(SHELL.map((path) => new Request(path, { credentials: "omit" })));
  await skipWaiting();
}

/** Pages of another build need files of that build: they go together. */
async function activate() {
  const ours = [APP, PAGES, PERSON];
  const names = await caches.keys();
  await Promise.all(names.filter((name) => !ours.includes(name)).map((name) => caches.delete(name)));
  await clients.claim();
}

/** Files lie below the name of their build and never change. */
async function file(request) {
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok && request.url.includes(`/pkg/${BUILD}/`)) {
    const cache = await caches.open(APP);
    await cache.put(request, answer.clone());
  }
  return answer;
}

async function page(event, url) {
  let answer;
  try {
    answer = await fetch(event.request);
  } catch {
    return (await copy(url)) ?? (await offline(url));
  }
  event.waitUntil(keep(url, answer.clone()));
  return answer;
}

const lang = (url) => LANGS.find((tag) => url.pathname === `/${tag}` || url.pathname.startsWith(`/${tag}/`));

async function keep(url, answer) {
  const personal = answer.headers.get("x-miftah-person") === "yes";
  if (!personal && answer.type === "basic") await caches.delete(PERSON);
  const isPage = answer.ok && !answer.redirected && (answer.headers.get("content-type") ?? "").startsWith("text/html");
  // A query belongs to a journey or to a moment.
  if (!isPage || url.search !== "" || /^\/..\/(dev|not-me|staff|complaints)(\/|$)/.test(url.pathname)) return;
  const headers = new Headers(answer.headers);
  headers.set("x-miftah-saved", String(Date.now()));
  headers.delete("content-encoding");
  const cache = await caches.open(personal ? PERSON : PAGES);
  await cache.put(url.pathname, new Response(await answer.text(), { headers }));
  const kept = await cache.keys();
  await Promise.all(kept.slice(0, -MOST_PAGES).map((old) => cache.delete(old)));
}

/** A kept page, marked with the moment it was read. */
async function copy(url) {
  for (const name of [PERSON, PAGES]) {
    const cache = await caches.open(name);
    const kept = url.search === "" && (await cache.match(url.pathname, { ignoreVary: true }));
    if (kept) return marked(kept, `data-saved="${Number(kept.headers.get("x-miftah-saved"))}"`);
  }
  return undefined;
}

async function offline(url) {
  const kept = await caches.match(offlinePage(lang(url)), { ignoreVary: true });
  return kept ? marked(kept, "data-offline") : Response.error();
}

async function marked(kept, mark) {
  const text = await kept.text();
  const headers = new Headers(kept.headers);
  headers.delete("content-encoding");
  return new Response(text.replace("<html ", `<html ${mark} `), { headers });
}

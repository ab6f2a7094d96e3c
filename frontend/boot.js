// Starts the app after the page has loaded, and steps aside when that fails: every page is a plain
// HTML page first, so without the app its forms and links simply work.
const root = document.documentElement;
let failed = false;

function fail() {
  failed = true;
  root.dataset.app = "failed";
}

// After a trap the app's instance must never be called again: its listeners are cut off, and the
// browser's own behaviour goes on.
function cutOff(event) {
  if (failed) event.stopImmediatePropagation();
}
for (const type of ["input", "change", "blur", "focusout", "click", "submit"]) {
  addEventListener(type, cutOff, true);
}
if ("navigation" in window) navigation.addEventListener("navigate", cutOff);

// Where a form asks whether it is a robot, this device works while somebody types; a form that is sent
// meanwhile waits for it.
const robotOf = (node) => node?.closest?.("form")?.querySelector(".robot");

async function prove(box) {
  const robot = await import("./robot.js");
  return robot.prove(box);
}
addEventListener("focusin", ({ target }) => {
  const box = robotOf(target);
  if (box?.dataset.robot === "work") prove(box);
});
addEventListener("click", ({ target }) => {
  if (target.closest?.(".robot-work")) prove(robotOf(target));
});
addEventListener(
  "submit",
  (event) => {
    const box = robotOf(event.target);
    if (box?.dataset.state !== "busy") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { target, submitter } = event;
    box.addEventListener("robot", () => target.requestSubmit(submitter), { once: true });
  },
  true,
);

const isTrap = (reason) => reason instanceof WebAssembly.RuntimeError;
addEventListener("error", (event) => isTrap(event.error) && fail());
addEventListener("unhandledrejection", (event) => isTrap(event.reason) && fail());

const here = (file) => new URL(`./${file}`, import.meta.url);

async function textsOf(lang) {
  const answer = await fetch(here(`texts.${lang}.txt`));
  if (!answer.ok) throw new Error(`texts: ${answer.status}`);
  return answer.text();
}

async function start() {
  try {
    const [app, texts] = await Promise.all([import("./frontend.js"), textsOf(root.dataset.locale)]);
    await app.default({ module_or_path: here("frontend_bg.wasm") });
    if (!app.start(texts)) throw new Error("texts of another build");
    if (!failed) root.dataset.app = "ready";
  } catch {
    fail();
  }
}

// Pages open without a connection from the second visit on. Asked for last: it is worth nothing to
// the page that is open now.
async function keepCopies() {
  await start();
  try {
    await navigator.serviceWorker?.register("/sw.js");
  } catch {
    // Not over plain http, not in private windows: the portal works without.
  }
}

if (document.readyState === "complete") keepCopies();
else addEventListener("load", keepCopies, { once: true });

// "I am not a robot": a second's work of this device, for forms that ask for it. Begins when somebody
// begins to fill in the form; where it fails, the form shows a code that is seen or heard.
const FRESH = 15 * 60_000;
const started = new WeakMap();

async function solve() {
  const challenge = await (await fetch("/robot/work.json")).json();
  const worker = new Worker(new URL("./robot-worker.js", import.meta.url));
  try {
    const solution = await new Promise((done, failed) => {
      worker.onmessage = (event) => done(event.data);
      worker.onerror = failed;
      worker.postMessage(challenge.parameters);
    });
    return JSON.stringify({ challenge, solution });
  } finally {
    worker.terminate();
  }
}

export async function prove(box) {
  if (Date.now() - (started.get(box) ?? -FRESH) < FRESH) return;
  started.set(box, Date.now());
  box.dataset.state = "busy";
  try {
    box.querySelector("input").value = await solve();
    box.dataset.state = "done";
  } catch {
    box.dataset.state = "failed";
  }
  box.dispatchEvent(new Event("robot"));
}

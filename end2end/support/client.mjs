// A browser without a screen: cookies, form posts and views as JSON. For what a person cannot do
// with a page, such as posting a step that is not shown.

export class Client {
  #cookies = new Map();

  constructor(server) {
    this.server = server;
  }

  /** The same browser once more, as it is now. */
  twin() {
    const twin = new Client(this.server);
    twin.#cookies = new Map(this.#cookies);
    return twin;
  }

  /** Asks for a path. Answers status, headers, text, and the view when it is one. */
  get(target, headers = {}) {
    return this.#ask('GET', target, { headers: { accept: 'application/json', ...headers } });
  }

  page(target, method = 'GET') {
    return this.#ask(method, target, { headers: { accept: 'text/html' } });
  }

  post(target, fields, headers = {}) {
    return this.#ask('POST', target, {
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams(fields).toString(),
    });
  }

  /** Posts a form that holds files: `files` as `{ slot: { name, mimeType, buffer } }`. */
  async send(target, fields, files = {}, headers = {}) {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    for (const [slot, { name, mimeType, buffer }] of Object.entries(files)) form.append(slot, new Blob([buffer], { type: mimeType }), name);
    // In one piece: a server that refuses it before it has read it is heard nevertheless.
    const whole = new Response(form);
    const body = Buffer.from(await whole.arrayBuffer());
    return this.#ask('POST', target, { headers: { accept: 'application/json', 'content-type': whole.headers.get('content-type'), ...headers }, body });
  }

  async #ask(method, target, options) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(new URL(target, this.server.url), {
      method,
      redirect: 'manual',
      ...options,
      headers: { ...options.headers, ...(cookie && { cookie }) },
    });
    for (const line of answer.headers.getSetCookie()) this.#keep(line);
    const text = await answer.text();
    const isView = answer.headers.get('content-type')?.startsWith('application/json');
    const reply = isView ? JSON.parse(text) : {};
    const location = reply.location ?? answer.headers.get('location');
    return { status: answer.status, headers: answer.headers, text, location, view: reply.view, ...content(reply.view) };
  }

  #keep(line) {
    const [pair] = line.split(';');
    const at = pair.indexOf('=');
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
    if (value === '' || /max-age=0(;|$)/i.test(line)) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}

/** A view's page is tagged with its kind: `{ "login": { … } }`. */
function content(view) {
  if (!view) return {};
  const [[kind, page]] = typeof view.page === 'string' ? [[view.page, {}]] : Object.entries(view.page);
  return { kind, page };
}

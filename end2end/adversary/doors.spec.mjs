// Norm 7: who may post here, what every answer carries, and what a browser is given to keep.
import { Client } from '../support/client.mjs';
import { codeIn } from '../support/outbox.mjs';
import { Journey, data, openAccount, signIn } from '../support/student.mjs';
import { expect, test } from '../support/story.mjs';
import { captured, importRoll, raw, serve } from './kit.mjs';

const POSTS = ['/login', '/logout', '/register', '/recover', '/account', '/account/contact', '/account/password', '/account/sessions', '/account/close', '/not-me/x', '/complaints', '/complaints/new', '/complaints/FSAB2CD3EF', '/recover/assisted', '/staff', '/staff/letters', '/staff/complaints/FSAB2CD3EF', '', '/terms', '/nowhere'];
const PAGES = ['', '/login', '/register', '/recover', '/terms', '/privacy', '/account', '/account/contact', '/account/password', '/account/security', '/account/sessions', '/account/close', '/account/data.json', '/not-me/x', '/complaints', '/complaints/new', '/complaints/new?problem=E101', '/complaints/FSAB2CD3EF', '/complaints/FSAB2CD3EF?k=x.y', '/recover/assisted', '/staff', '/staff/letters', '/staff/complaints/FSAB2CD3EF', '/staff/complaints/FSAB2CD3EF/slip', '/problems', '/problems/E204', '/problems/E101', '/nowhere', '/login?j=nothing', '/login?then=/account'];
const FOREIGN = [
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { 'sec-fetch-site': 'cross-site', origin: 'OWN' },
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { origin: '' },
  { origin: 'OWN.evil.example' },
  { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
];

test('norm 7: no page takes a post from another site, with or without a session', async ({ server, people }) => {
  const student = people.student();
  const owner = await openAccount(server, student);
  const form = { handle: student.email, password: student.password, current_password: student.password, consent: 'yes', verdict: 'not_me', action: 'end_others', switch_language: 'fr' };
  for (const path of POSTS) {
    for (const named of FOREIGN) {
      const headers = Object.fromEntries(Object.entries(named).map(([name, value]) => [name, value.replace('OWN', server.url)]));
      for (const client of [new Client(server), owner]) {
        const answer = await client.post(`/ar${path}`, form, headers);
        expect(answer.status, `${path} ${JSON.stringify(headers)}`).toBe(403);
        expect(answer.headers.getSetCookie()).toEqual([]);
        expect(answer.page.problem.code).toBe('E905');
      }
    }
  }
  expect((await owner.get('/ar/account')).status).toBe(200);
});

test('norm 7: other methods change nothing either', async ({ server, people }) => {
  const owner = await openAccount(server, people.student());
  for (const method of ['PUT', 'PATCH', 'DELETE']) {
    for (const path of ['/ar/logout', '/ar/account/close', '/healthz']) {
      expect((await owner.page(path, method)).status, `${method} ${path}`).toBe(405);
    }
  }
  expect((await owner.page('/ar/account')).status).toBe(200);
});

test('norm 7: a link into the portal changes nothing, HEAD and GET write no history', async ({ server, people }) => {
  const student = people.student();
  const owner = await openAccount(server, student);
  const before = (await owner.get('/ar/account/security')).page.acts.length;
  for (const path of [...PAGES, '/logout', '/account/sessions?action=end_others', '/account/close?consent=yes', '/account/contact?change=remove_phone']) {
    if (path.includes('data.json')) {
      expect((await owner.page(`/ar${path}`, 'HEAD')).status).toBe(405);
      continue;
    }
    for (const method of ['GET', 'HEAD']) expect((await owner.page(`/ar${path}`, method)).status).toBeLessThan(500);
  }
  const { page } = await owner.get('/ar/account/security');
  expect(page.acts.length).toBe(before);
});

function secured({ headers }, where) {
  const policy = headers.get('content-security-policy') ?? '';
  const parts = Object.fromEntries(policy.split(';').map((part) => part.trim().split(/\s+/)).map(([name, ...values]) => [name, values.join(' ')]));
  expect(parts, where).toMatchObject({
    'default-src': "'none'", 'script-src': "'self' 'wasm-unsafe-eval'", 'style-src': "'self'", 'object-src': "'none'",
    'base-uri': "'none'", 'frame-ancestors': "'none'", 'form-action': "'self'",
  });
  const fixed = { 'referrer-policy': 'same-origin', 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin' };
  for (const [name, value] of Object.entries(fixed)) expect(headers.get(name), `${where} ${name}`).toBe(value);
  expect(headers.get('permissions-policy'), where).toContain('camera=()');
  expect(headers.get('access-control-allow-origin'), where).toBeNull();
  expect(headers.get('server'), where).toBeNull();
}

test('norm 7: every answer is protected, and no page is kept by anybody on the way', async ({ server, people }) => {
  const owner = await openAccount(server, people.student());
  for (const client of [new Client(server), owner]) {
    for (const path of PAGES) {
      for (const answer of [await client.page(`/ar${path}`), await client.get(`/fr${path}`)]) {
        secured(answer, path);
        expect(answer.headers.get('cache-control'), path).toBe('no-store');
        if (answer.status === 200 && !path.includes('data.json')) expect(answer.headers.get('vary')).toMatch(/Accept, Accept-Encoding, Cookie/);
      }
    }
    for (const path of ['/login', '/register', '/recover', '/nowhere']) secured(await client.post(`/ar${path}`, {}), `POST ${path}`);
    secured(await client.post('/ar/login', { handle: 'x'.repeat(70_000) }), 'a large post');
    secured(await client.post('/ar/login', {}, { origin: 'https://evil.example' }), 'a cross-site post');
    for (const path of ['/', '/healthz', '/readyz', '/pkg/x/y', '/%00', '/ar/login/..%2f..%2f']) secured(await client.page(path), path);
  }
});

test('norm 7: what one person’s page says never comes to another', async ({ server, people }) => {
  const student = people.student();
  const owner = await openAccount(server, student);
  const marks = [student.email, student.student_number, student.national_id, `action="/ar/logout"`];
  const paths = ['', '/login', '/register', '/recover', '/recover/assisted', '/complaints', '/complaints/new', '/terms', '/privacy'];
  for (const path of paths) await owner.page(`/ar${path}`);
  for (const path of paths) {
    const cold = await new Client(server).page(`/ar${path}`);
    await owner.page(`/ar${path}`);
    const warm = await new Client(server).page(`/ar${path}`);
    expect(warm.text, path).toBe(cold.text);
    for (const mark of marks) expect(warm.text, path).not.toContain(mark);
  }
  expect((await owner.page('/ar')).text).toContain('action="/ar/logout"');
});

test('norm 7: a session’s name is new at every sign-in, and worth nothing after signing out', async ({ server, people }) => {
  const student = people.student();
  await openAccount(server, student);
  const planted = 'a'.repeat(32);
  const session = (answer) => (answer.headers['set-cookie'] ?? []).map((line) => line.match(/^miftah-session=([^;]*)/)?.[1]).find((value) => value !== undefined);
  const body = new URLSearchParams({ handle: student.email, password: student.password }).toString();
  const post = (path, cookie, form) => raw(server.url, { method: 'POST', path, headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' }, body: form });
  const first = session(await post('/ar/login', `miftah-session=${planted}; miftah-browser=${planted}`, body));
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(first).not.toBe(planted);
  const second = session(await post('/ar/login', `miftah-session=${first}`, body));
  expect(second).not.toBe(first);
  const page = (token) => raw(server.url, { path: '/ar/account', headers: { cookie: `miftah-session=${token}` } });
  expect((await page(first)).status, 'one browser, one session').toBe(303);
  expect((await page(second)).status).toBe(200);
  expect((await page(planted)).status).toBe(303);
  const out = await post('/ar/logout', `miftah-session=${second}`, '');
  expect(out.headers['set-cookie'].join()).toMatch(/miftah-session=;.*Max-Age=0/);
  expect((await page(second)).status).toBe(303);
});

test('norm 7: after sign-in one goes to pages of this portal only', async ({ server, people }) => {
  const student = people.sample(1);
  const right = { handle: student.email, password: student.password };
  const hostile = ['//evil.example', 'https://evil.example', '/\\evil.example', '\\\\evil.example', '/%2f%2fevil.example', '/not-me/x\r\nset-cookie: a=b', '/problems/\u0000', '/logout', '/account/../../evil', 'javascript:alert(1)', '/problems/..', '/not-me/\u0625'];
  for (const then of hostile) {
    const client = new Client(server);
    const answer = await client.post('/ar/login', { ...right, then }, { accept: 'text/html' });
    expect([answer.status, answer.location], then).toEqual([303, '/ar']);
    expect(answer.headers.get('a')).toBeNull();
  }
  const kind = await new Client(server).post('/ar/login', { ...right, then: '/account/contact' }, { accept: 'text/html' });
  expect(kind.location).toBe('/ar/account/contact');
});

test('norm 7: over https cookies are __Host-, Secure and HttpOnly, and letters link to the public address alone', async ({ people }) => {
  const student = people.student();
  const server = await serve(['--public-url', 'https://portal.example/']);
  try {
    await importRoll(server);
    const journey = new Journey(new Client(server), '/ar/register');
    await journey.step({ step: 'who', ...data(student) });
    await journey.step({ step: 'contact', email: student.email, terms: 'yes' });
    await expect.poll(async () => (await captured(server)).length).toBeGreaterThan(0);
    await journey.step({ step: 'code', code: codeIn((await captured(server))[0]) });
    await journey.step({ step: 'password', password: student.password, password_again: student.password });

    const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http', forwarded: 'host=evil.example', 'content-type': 'application/x-www-form-urlencoded' };
    const post = (path, fields) => raw(server.url, { method: 'POST', path, headers, body: new URLSearchParams(fields).toString() });
    const refused = await post('/ar/login', { handle: student.email, password: 'Not my password 1' });
    const kept = await post('/ar/login', { handle: student.email, password: student.password, keep: 'yes' });
    const visit = await post('/ar/login', { handle: student.email, password: student.password });
    const cookies = [refused, kept, visit].flatMap((answer) => answer.headers['set-cookie'] ?? []);
    for (const name of ['__Host-miftah-session', '__Host-miftah-browser']) expect(cookies.some((line) => line.startsWith(`${name}=`)), name).toBe(true);
    for (const line of cookies) {
      expect(line).toMatch(/; Path=\/; HttpOnly; SameSite=Lax; Secure(;|$)/);
      expect(line).not.toMatch(/domain/i);
    }
    expect(kept.headers['set-cookie'].join()).toMatch(/session=[^;]+;.*Max-Age=2592000/);
    expect(visit.headers['set-cookie'].join()).not.toMatch(/session=[^;]+;.*Max-Age/);
    for (const answer of [refused, kept, await raw(server.url, { path: '/ar/login' }), await raw(server.url, { path: '/nowhere' })]) {
      expect(answer.headers['strict-transport-security']).toMatch(/max-age=\d{8}/);
      expect(answer.headers.location ?? '/').toMatch(/^\/(?!\/)/);
    }
    // An unprefixed cookie is one that another host of the domain could have planted.
    const secret = kept.headers['set-cookie'].join().match(/session=([0-9a-f]{32})/)[1];
    expect((await raw(server.url, { path: '/ar/account', headers: { cookie: `miftah-session=${secret}` } })).status).toBe(303);
    expect((await raw(server.url, { path: '/ar/account', headers: { cookie: `__Host-miftah-session=${secret}` } })).status).toBe(200);
    const own = { ...headers, host: 'portal.example', origin: 'https://portal.example' };
    expect((await raw(server.url, { method: 'POST', path: '/ar/logout', headers: own })).status).toBe(303);

    await raw(server.url, { method: 'POST', path: '/ar/account/password', headers: { ...headers, cookie: `__Host-miftah-session=${secret}` }, body: new URLSearchParams({ current_password: student.password, password: 'seven grey herons 41', password_again: 'seven grey herons 41' }).toString() });
    const links = async () => (await captured(server)).flatMap((letter) => letter.text.match(/https?:\/\/[^\s\u2066-\u2069<>"]+/g) ?? []);
    await expect.poll(async () => (await links()).length).toBeGreaterThan(0);
    for (const link of await links()) expect(link).toMatch(/^https:\/\/portal\.example\/(ar|fr|en)\//);
  } finally {
    await server.stop();
  }
});

test('norm 7: what --dev shows is for this machine alone', async ({ server }) => {
  const strangers = [{ host: 'evil.example' }, { host: `localhost.evil.example:${new URL(server.url).port}` }, { 'x-forwarded-for': '6.6.6.6' }, { 'x-forwarded-host': 'portal.example' }, { forwarded: 'for=6.6.6.6' }];
  for (const path of ['/dev/outbox.json', '/dev/samples.json', '/ar/dev/outbox', '/ar/login', '/healthz']) {
    for (const headers of strangers) {
      const answer = await raw(server.url, { path, headers });
      expect(answer.status, `${path} ${JSON.stringify(headers)}`).toBe(403);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
    const host = `localhost:${new URL(server.url).port}`;
    expect((await raw(server.url, { path, headers: { host } })).status, path).toBe(200);
  }
});

test('norm 7: settings that would show letters to the world are refused', async () => {
  for (const flags of [['--dev', '--public-url', 'https://portal.example'], ['--dev', '--smtp', 'smtp://127.0.0.1:1'], ['--dev', '--trusted-proxies', '127.0.0.1'], ['--public-url', 'http://portal.example']]) {
    await expect(serve(flags), flags.join(' ')).rejects.toThrow('not ready');
  }
});

test('norm 7: without --dev there are no captured letters, clocks and samples to ask for', async () => {
  const server = await serve([]);
  try {
    for (const path of ['/dev/outbox', '/dev/outbox.json', '/dev/samples.json', '/ar/dev/outbox', '/dev/gallery', '/ar/dev/gallery']) {
      expect((await raw(server.url, { path })).status, path).toBe(404);
    }
    const clock = await raw(server.url, { method: 'POST', path: '/dev/clock', headers: { 'content-type': 'application/json' }, body: '{"advance_ms":1}' });
    expect(clock.status).toBe(404);
  } finally {
    await server.stop();
  }
});

test('norm 5: nobody chooses the address their tries are counted for', async () => {
  const server = await serve([]);
  try {
    const seen = [];
    for (let n = 0; n < 6; n += 1) {
      const headers = { 'x-forwarded-for': `198.51.100.${n}`, forwarded: `for=198.51.100.${n}`, 'x-real-ip': `198.51.100.${n}` };
      const answer = await new Client(server).post('/ar/login', { handle: 'somebody@mail.example', password: 'Not my password 1' }, headers);
      seen.push(answer.page.problems[0].code);
    }
    expect(seen).toEqual(['E201', 'E201', 'E201', 'E201', 'E201', 'E202']);
  } finally {
    await server.stop();
  }
});

test('norm 5: a proxy that is trusted tells visitors apart, and a stranger keeps nobody out', async () => {
  const server = await serve(['--trusted-proxies', '127.0.0.1']);
  try {
    const from = async (network) => {
      const answer = await new Client(server).post('/ar/login', { handle: 'somebody@mail.example', password: 'Not my password 1' }, { 'x-forwarded-for': network });
      return answer.page.problems[0].code;
    };
    for (let n = 0; n < 5; n += 1) expect(await from('198.51.100.7')).toBe('E201');
    expect(await from('198.51.100.7')).toBe('E202');
    expect(await from('192.0.2.1')).toBe('E201');
  } finally {
    await server.stop();
  }
});

test('norm 5: a handle has its tries, however it is written', async ({ server, people }) => {
  const student = people.student();
  await openAccount(server, student);
  const written = [student.email, student.email.toUpperCase(), ` ${student.email} `, `mailto:${student.email}`, `\u200f${student.email}`, student.email.replace('@', '\uff20')];
  const seen = [];
  for (const handle of written) {
    const { answer } = await signIn(server, { email: handle, password: 'Not my password 1' });
    seen.push(answer.page.problems[0].code);
  }
  expect(seen).toEqual(['E201', 'E201', 'E201', 'E201', 'E201', 'E202']);
  const numbers = [student.student_number, student.student_number.toLowerCase(), student.student_number.split('').join(' '), student.student_number.replaceAll(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit))), `${student.student_number}\u200e`, student.student_number];
  const counted = [];
  for (const handle of numbers) counted.push((await signIn(server, { email: handle, password: 'Not my password 1' })).answer.page.problems[0].code);
  expect(counted).toEqual(['E201', 'E201', 'E201', 'E201', 'E201', 'E202']);
});

// What no browser sends: a request is refused or read, and never a fault of ours.
import { Client } from '../support/client.mjs';
import { openAccount } from '../support/student.mjs';
import { expect, test } from '../support/story.mjs';
import { raw } from './kit.mjs';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const PATHS = ['/ar/login', '/ar/register', '/ar/recover', '/ar/not-me/x', '/ar/logout', '/ar/account/contact?change=email', '/ar/account/password', '/ar/account/close', '/ar/account/sessions', '/ar/account'];
const NASTY = ['\u0000', 'a\u0000b', '\ud800', '\u202e', '%00', '%', '%zz', "' or 1=1 --", '<script>alert(1)</script>', '{{7*7}}', '../../etc/passwd', '\r\nset-cookie: a=b', '9'.repeat(5000), '\u0627'.repeat(3000), '\u{1f600}'.repeat(500), 'e\u0301'.repeat(2000), '\ufdfa'.repeat(300), 'true', '[]', '-1', '1e999'];
const FIELDS = ['student_number', 'national_id', 'birth_date', 'email', 'phone', 'handle', 'password', 'password_again', 'current_password', 'code', 'channel', 'terms', 'then', 'step', 'action', 'from', 'switch_language', 'change', 'session', 'since', 'language', 'verdict', 'consent', 'keep'];

test('norm 5: a form that is too large is refused with 413, whole or in many fields', async ({ server }) => {
  const post = (body, headers = FORM) => raw(server.url, { method: 'POST', path: '/ar/login', headers, body });
  expect((await post(`handle=${'x'.repeat(64 * 1024)}`)).status).toBe(413);
  expect((await post('a=1&'.repeat(20_000))).status).toBe(413);
  expect((await post('a=1&'.repeat(10_000))).status).toBe(303);
  expect((await post(`${'handle=a&'.repeat(5_000)}password=b`)).status).toBe(303);
  expect((await post('x'.repeat(200_000), { ...FORM, 'transfer-encoding': 'chunked' })).status).toBe(413);
});

test('no body, no type and no text is ever a fault', async ({ server }) => {
  const bodies = ['', '&&&', '=', '==', 'handle', '%', '%f', 'handle=%ff%fe', 'handle=%C3%28', Buffer.from([0x68, 0x3d, 0xff, 0xfe, 0x00]), 'handle=%00&password=%00', '{"handle":"x"}', '\u0000'];
  const types = [FORM, {}, { 'content-type': 'application/json' }, { 'content-type': 'multipart/form-data; boundary=x' }, { 'content-type': 'text/plain' }, { 'content-type': 'application/x-www-form-urlencoded; charset=utf-16' }];
  for (const path of PATHS) {
    for (const body of bodies) {
      for (const type of types) {
        const { status } = await raw(server.url, { method: 'POST', path, headers: type, body });
        expect(status, `${path} ${JSON.stringify(body)} ${JSON.stringify(type)}`).toBeLessThan(500);
      }
    }
  }
});

test('no value of any field is ever a fault, and none comes back as markup', async ({ server, people }) => {
  const owner = await openAccount(server, people.student());
  for (const value of NASTY) {
    const fields = Object.fromEntries(FIELDS.filter((name) => !['step', 'switch_language', 'action'].includes(name)).map((name) => [name, value]));
    for (const path of PATHS) {
      const client = path.includes('account') ? owner : new Client(server);
      for (const form of [fields, { ...fields, step: value }, { ...fields, action: value }, { ...fields, switch_language: value }]) {
        if (path === '/ar/account' && form.action === 'language') continue;
        const { status, location, headers } = await client.post(path, form, { accept: 'text/html' });
        expect(status, `${path} ${JSON.stringify(value).slice(0, 40)}`).toBeLessThan(500);
        expect(headers.get('a')).toBeNull();
        if (status !== 303) continue;
        expect(location, `${path} ${JSON.stringify(value).slice(0, 40)}`).toMatch(/^\/(ar|fr|en)(\/|\?|$)/);
        const page = await client.page(location);
        expect(page.status).toBeLessThan(500);
        expect(page.text).not.toContain('<script>alert(1)');
      }
    }
  }
});

test('no path and no query is ever a fault', async ({ server }) => {
  const deep = Array.from({ length: 400 }, (_, n) => `a[${n}]`.repeat(3)).join('=');
  const queries = ['j=', 'j=%00', 'j=..', `j=${'0'.repeat(36)}`, `j=${'-'.repeat(36)}`, "j=' or 1=1", 'j=over', 'from=%00', `from=${'f'.repeat(36)}`, 'then=%0d%0aset-cookie:a=b', 'news=x', 'done=x', 'change=x', 'moved', 'answer=x', '&&&&', '=', '%', '%ff', deep, 'a=1&'.repeat(3_000)];
  const paths = ['', '/login', '/register', '/recover', '/not-me/x', '/not-me/%00', '/not-me/%0d%0a', '/not-me/a.b.c', '/problems/%ff', '/problems/E101', '/%2e%2e/%2e%2e', '/account', '/account/contact', '/account/password', '/x'.repeat(500)];
  for (const path of paths) {
    for (const query of queries) {
      for (const accept of ['text/html', 'application/json']) {
        const answer = await raw(server.url, { path: `/ar${path}?${query.replaceAll(' ', '%20')}`, headers: { accept, cookie: 'miftah-browser=x; miftah-session=%00; miftah-lang=..' } });
        expect(answer.status, `${path}?${query.slice(0, 40)}`).toBeLessThan(500);
        expect(answer.headers.a).toBeUndefined();
      }
    }
  }
});

test('no header is ever a fault', async ({ server }) => {
  const headers = [
    { cookie: 'miftah-session' }, { cookie: '=;=;=' }, { cookie: `miftah-session=${'a'.repeat(8000)}` }, { cookie: 'miftah-browser=\u00ff; miftah-lang=xx' }, { 'accept-language': '*;q=x,,,;' }, { 'accept-language': 'ar;q='.repeat(900) },
    { accept: '' }, { accept: ';;;,,,' }, { 'user-agent': '\u00ff'.repeat(100) }, { 'x-forwarded-for': ','.repeat(1000) }, { host: '' }, { host: 'a b' }, { 'accept-encoding': 'br;q=0, *' }, { range: 'bytes=0-1,5-' }, { expect: '200-ok' },
  ];
  for (const named of headers) {
    for (const path of ['/', '/ar/login', '/ar/register?j=x']) {
      const { status } = await raw(server.url, { path, headers: named });
      expect(status, JSON.stringify(named).slice(0, 60)).toBeLessThan(500);
    }
  }
});

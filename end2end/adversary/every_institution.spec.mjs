// The norms hold whatever the profile says: each institution of the product, and a made-up sixth one, met
// by the same attacks (a project each in the configuration). What is peculiar to one journey has tests of its own beside the stories.
import { Client } from '../support/client.mjs';
import { onlyLetters, mark } from '../support/outbox.mjs';
import { expect, test } from '../support/story.mjs';
import { deviceWork } from '../support/student.mjs';
import { codes, fingerprint } from './kit.mjs';

const NUMBERS = ['student_number', 'payroll_number', 'user_name', 'file_number', 'national_id'];
const POSTS = ['/login', '/logout', '/register', '/recover', '/recover/assisted', '/complaints', '/complaints/new', '/account', '/account/data', '/account/contact', '/account/password', '/account/close', '/terms', '/staff', '/services', ''];
const STEPS = {
  '/register': ['contact', 'code', 'password'],
  '/recover': ['destination', 'dispute', 'code', 'sent', 'new_email', 'new_email_code', 'password', 'frozen'],
  '/complaints/new': ['reach', 'code', 'papers', 'check', 'sent'],
  '/recover/assisted': ['reach', 'code', 'papers', 'check', 'sent'],
};

/** Somebody of the samples with an account that is as it was made, and what they may sign in with. */
async function somebody(server) {
  const { accounts } = await server.samples();
  // Not the first one: a profile may show that number as its example.
  const one = accounts.findLast((account) => account.state === 'active' && account.password && account.email);
  const number = NUMBERS.map((name) => one[name]).find(Boolean);
  return { ...one, number };
}

/** A number of the same shape that nobody has: the last two digits are others. */
const other = (digit) => String((Number(digit) + 5) % 10);
const unknown = (number) => (number.includes('@') ? number.replace('@', '.nobody@') : number.replace(/\d{2}$/, (two) => [...two].map(other).join('')));

/** A form that shows that it is no robot, where the page asks. */
async function shown(server, page) {
  return page?.robot === undefined || page.robot === null ? {} : { robot_work: await deviceWork(server) };
}

async function post(server, where, fields) {
  const client = new Client(server);
  const { page } = await client.get(where);
  return { client, answer: await client.post(where, { ...fields, ...(await shown(server, page)) }) };
}

const isIn = async (client) => (await client.page('/ar/account')).status === 200;

test('norm 2: a wrong password is answered alike whether anybody has the handle or not', async ({ server }) => {
  const one = await somebody(server);
  for (const [known, nobody] of [[one.email, 'nobody.at.all@example.org'], [one.number, unknown(one.number)]]) {
    const seen = [];
    for (const handle of [known, nobody]) {
      const { client, answer } = await post(server, '/ar/login', { handle, password: 'Something else 7!' });
      expect(codes(answer), handle).toEqual(['E201']);
      expect(await isIn(client)).toBe(false);
      seen.push(fingerprint(answer, [handle, handle.toLowerCase()]));
    }
    expect(seen[0], known).toBe(seen[1]);
  }
  const { client } = await post(server, '/ar/login', { handle: one.email.includes('@') && !one.number.includes('@') ? one.email : one.number, password: one.password });
  expect(await isIn(client) || (await client.get('/ar/account')).location !== undefined).toBe(true);
});

test('norm 2: recovery by a handle answers alike, and writes to nobody else', async ({ server }) => {
  const one = await somebody(server);
  const letters = await mark(server, 'nobody.at.all@example.org');
  for (const [known, nobody] of [[one.email, 'nobody.at.all@example.org'], [one.number, unknown(one.number)]]) {
    const seen = [];
    for (const handle of [known, nobody]) {
      const { client, answer } = await post(server, '/ar/recover', { step: 'find', action: 'handle', handle });
      expect(answer.status).toBe(200);
      expect(await isIn(client)).toBe(false);
      seen.push(fingerprint(answer, [handle, handle.toLowerCase()]));
    }
    expect(seen[0], known).toBe(seen[1]);
  }
  await onlyLetters(server, 'nobody.at.all@example.org', letters);
});

test('norm 1: no step is skipped, whatever is posted', async ({ server }) => {
  const one = await somebody(server);
  for (const [where, steps] of Object.entries(STEPS)) {
    for (const step of steps) {
      for (const journey of ['', '?j=01a00000-0000-7000-8000-000000000000']) {
        const client = new Client(server);
        const answer = await client.post(`/ar${where}${journey}`, {
          step, handle: one.email, email: one.email, code: '000000', channel: 'email', terms: 'yes', consent: 'yes',
          password: 'A new one of mine 7!', password_again: 'A new one of mine 7!', current_password: 'x',
        });
        expect(answer.status, `${where} ${step}`).toBeLessThan(400);
        expect(answer.headers.getSetCookie().join(), `${where} ${step}`).not.toContain('session=');
        expect(await isIn(client), `${where} ${step}`).toBe(false);
      }
    }
  }
  // The password is what it was.
  const { answer } = await post(server, '/ar/login', { handle: one.number, password: 'A new one of mine 7!' });
  expect(codes(answer)).toEqual(['E201']);
});

test('norm 7: no post comes from another site', async ({ server }) => {
  for (const where of POSTS) {
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }]) {
      const answer = await new Client(server).post(`/ar${where}`, { handle: 'x', switch_language: 'fr' }, headers);
      expect([where, answer.status]).toEqual([where, 403]);
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
  }
});

test('norm 5: where a page asks for it, nobody gets further without showing that they are no robot', async ({ server }) => {
  const one = await somebody(server);
  for (const [where, fields] of [['/ar/login', { handle: one.number, password: one.password }], ['/ar/recover', { step: 'find', action: 'handle', handle: one.number }]]) {
    const client = new Client(server);
    const { page } = await client.get(where);
    if (page?.robot === undefined || page.robot === null) continue;
    for (const forged of [undefined, '', '{}', 'x'.repeat(5000)]) {
      const answer = await new Client(server).post(where, { ...fields, robot_code: '123456', ...(forged !== undefined && { robot_work: forged }) });
      expect(codes(answer), `${where} ${forged?.slice(0, 9)}`).toEqual(['E207']);
    }
    const robot_work = await deviceWork(server);
    expect(codes(await new Client(server).post(where, { ...fields, robot_work }))).not.toContain('E207');
    expect(codes(await new Client(server).post(where, { ...fields, robot_work })), 'once').toEqual(['E207']);
  }
});

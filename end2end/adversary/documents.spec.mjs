// Norm 10: documents that people send. Who may see them, how they are served, what is refused, and
// that forms with files pass through the same doors as all others.
import { Client } from '../support/client.mjs';
import { active, disguised, photo, scan as picture, slip } from '../support/files.mjs';
import { Complaint, Officer, complain, officers } from '../support/office.mjs';
import { openAccount } from '../support/student.mjs';
import { expect, test } from '../support/story.mjs';
import { codes, raw } from './kit.mjs';

const papers = () => ({ id_front: photo(), slip: slip() });

test('norm 10: a document is for the officer who has taken it, and for nobody else', async ({ server, people }) => {
  const student = people.student();
  const marked = Buffer.concat([photo().buffer.subarray(0, 2), Buffer.from('\xff\xfe\x00\x10GPS 31.6,-8.0!', 'latin1'), photo().buffer.subarray(2), Buffer.from('<script>alert(1)</script>')]);
  const sent = await complain(server, student, { email: student.email, papers: { id_front: { ...photo(), buffer: marked }, id_back: picture(), slip: slip() } });
  const [one, two] = await officers(server);
  const [first, second] = [await Officer.at(server, one), await Officer.at(server, two)];
  const [admin] = await officers(server, 'administrator');
  const others = [['a stranger', new Client(server)], ['a student', await openAccount(server, people.student())], ['whoever sent it', sent.client], ['another officer', second.client], ['an administrator', (await Officer.at(server, admin)).client]];
  const at = (slot, lang = 'ar') => `/${lang}/staff/complaints/${sent.reference}/${slot}`;
  const closed = async (list, when) => {
    for (const [who, client] of list) {
      for (const slot of ['id_front', 'id_back', 'slip']) {
        const answer = await client.page(at(slot));
        expect(answer.status, `${who} ${slot} ${when}`).toBe(404);
        expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
        expect(answer.text).not.toContain('JFIF');
      }
    }
  };
  await closed([...others, ['an officer', first.client]], 'before it is taken');
  await first.press(sent.reference, 'take');
  await closed(others, 'while it is taken');
  const kinds = { id_front: ['image/jpeg', 'inline', 'jpg'], id_back: ['image/png', 'inline', 'png'], slip: ['application/pdf', 'attachment', 'pdf'] };
  for (const [slot, [mime, how, ending]] of Object.entries(kinds)) {
    const { status, headers, text } = await first.client.page(at(slot));
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe(mime);
    expect(headers.get('content-disposition')).toBe(`${how}; filename="${sent.reference}-${slot}.${ending}"`);
    const policy = headers.get('content-security-policy');
    expect(policy.split(';').map((part) => part.trim())).toEqual(expect.arrayContaining(['sandbox', "default-src 'none'", "frame-ancestors 'none'"]));
    const fixed = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store', 'cross-origin-resource-policy': 'same-origin', 'x-frame-options': 'DENY', 'referrer-policy': 'same-origin' };
    for (const [name, value] of Object.entries(fixed)) expect(headers.get(name), name).toBe(value);
    // Made anew: nothing that was hidden in it.
    expect(text).not.toMatch(/GPS|<script/);
  }
  for (const slot of ['', 'nothing', 'id_front/..', '..%2fid_front', 'id_front%00', 'ID_FRONT']) {
    const { status } = await raw(server.url, { path: at(slot), headers: { accept: 'text/html' } });
    expect([404, 303, 400], slot).toContain(status);
  }
  const twin = first.client.twin();
  for (const reference of ['FSAB2CD3EF', sent.reference.toLowerCase()]) expect((await twin.page(`/ar/staff/complaints/${reference}/id_front`)).status).toBe(404);
  await first.press(sent.reference, 'refuse', { reason: 'other', answer: 'x' });
  await closed([...others, ['an officer', first.client]], 'after it was decided');
});

test('norm 7: forms with files obey the same doors', async ({ server, people }) => {
  const student = people.student();
  const complaint = new Complaint(server);
  await complaint.begin(student, { email: student.email });
  const form = { step: 'papers' };
  for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: 'https://evil.example' }, { origin: 'null' }]) {
    for (const client of [complaint.client, new Client(server)]) {
      const answer = await client.send(complaint.where, form, papers(), headers);
      expect([answer.status, answer.page.problem.code, answer.headers.getSetCookie()], JSON.stringify(headers)).toEqual([403, 'E905', []]);
    }
  }
  expect((await complaint.state()).papers).toEqual([]);
  // Pages without documents read no files.
  const owner = await openAccount(server, people.student());
  for (const path of ['/login', '/register', '/recover', '/account/password', '/complaints', `/complaints/FSAB2CD3EF`, '/logout', '/staff', '/not-me/x']) {
    for (const client of [new Client(server), owner]) {
      const answer = await client.send(`/ar${path}`, { handle: student.email, password: 'x' }, papers());
      expect([404, 413], path).toContain(answer.status);
      expect(answer.headers.getSetCookie().join(), path).not.toContain('session=');
    }
  }
  expect((await owner.get('/ar/account')).status).toBe(200);
});

test('norm 10: what is larger than any form is refused before it is read', async ({ server, people }) => {
  const student = people.student();
  const complaint = new Complaint(server);
  await complaint.begin(student, { email: student.email });
  const head = { 'content-type': 'multipart/form-data; boundary=x', accept: 'application/json' };
  const said = await raw(server.url, { method: 'POST', path: complaint.where, headers: { ...head, 'content-length': String(41 * 1024 * 1024) }, body: '--x\r\n' }).catch((error) => error);
  expect(said.status).toBe(413);
  expect(JSON.parse(said.text).view.page.problem.problem.code).toBe('E906');
  // One that does not say so.
  const part = Buffer.concat([Buffer.from('--x\r\ncontent-disposition: form-data; name="slip"; filename="a.pdf"\r\n\r\n'), Buffer.alloc(41 * 1024 * 1024), Buffer.from('\r\n--x--\r\n')]);
  const long = await raw(server.url, { method: 'POST', path: complaint.where, headers: { ...head, 'transfer-encoding': 'chunked' }, body: part }).catch((error) => error);
  // Whoever does not listen finds the door shut.
  expect([413, 'EPIPE', 'ECONNRESET']).toContain(long.status ?? long.code);
  const many = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`file_${n}`, slip()]));
  expect((await complaint.attach(many)).status).toBe(413);
  expect((await complaint.client.send(complaint.where, { step: 'papers', note: 'x'.repeat(70_000) }, papers())).status).toBe(413);
  for (const body of ['', 'no boundary at all', '--x\r\n\r\n', '--x\r\ncontent-disposition: form-data\r\n\r\nx\r\n--x--']) {
    const answer = await raw(server.url, { method: 'POST', path: complaint.where, headers: { ...head, 'content-length': String(body.length) }, body });
    expect(answer.status, body).toBeLessThan(500);
  }
  expect((await complaint.state()).papers).toEqual([]);
  await complaint.attach(papers());
  expect((await complaint.state()).step).toBe('check');
});

test('norm 10: a file is what its bytes are', async ({ server, people }) => {
  const student = people.student();
  const complaint = new Complaint(server);
  await complaint.begin(student, { email: student.email });
  const html = '<!doctype html><script>alert(1)</script>';
  const pdf = slip().buffer.toString('latin1');
  const tries = [
    [disguised(html), 'E603'],
    [disguised('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'E603'],
    [disguised('GIF89a<script>alert(1)</script>'), 'E603'],
    [disguised('#!/bin/sh\nid'), 'E603'],
    [disguised('MZ\u0090\u0000'), 'E603'],
    [disguised(`${html}${pdf}`), 'E603'],
    [disguised(Buffer.from('\xff\xd8\xff\xe0<script>', 'latin1')), 'E606'],
    [disguised(Buffer.from('\x89PNG\r\n\x1a\n<svg onload=alert(1)>', 'latin1')), 'E606'],
    [{ ...active(), name: 'photo.jpg', mimeType: 'image/jpeg' }, 'E605'],
    [{ ...active(), buffer: Buffer.from(active().buffer.toString('latin1').replace('/JavaScript', '/J#61vaScript'), 'latin1') }, 'E605'],
    [{ ...slip(), buffer: Buffer.from(pdf.replace('<< >>', '<< /EmbeddedFiles << >> >>'), 'latin1') }, 'E605'],
  ];
  for (const [file, problem] of tries) {
    const answer = await complaint.attach({ slip: file }, { action: 'add' });
    expect(codes(answer), `${file.name} ${file.buffer.subarray(0, 40)}`).toEqual([problem]);
    expect((await complaint.state()).papers).toEqual([]);
  }
  // A picture of more pixels than anybody has is not unpacked.
  const bomb = picture().buffer;
  bomb.writeUInt32BE(60_000, 16);
  bomb.writeUInt32BE(60_000, 20);
  expect(['E602', 'E606']).toContain(codes(await complaint.attach({ slip: disguised(bomb) }, { action: 'add' }))[0]);
  // Names are only names.
  for (const name of ['../../../etc/passwd', 'a\u0000b.jpg', '"><script>.jpg', `${'x'.repeat(5000)}.jpg`]) {
    const answer = await complaint.attach({ id_front: { ...photo(), name } }, { action: 'add' });
    expect(codes(answer), name.slice(0, 20)).toEqual([]);
    expect(answer.text).not.toContain('script>');
  }
});

// Documents as people send them, made here: a photo, a scan, a PDF; and what a portal must not take.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

/** 240 × 150, one grey: what a phone's camera writes, as short as it can be. */
const JPEG =
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKrarYqMyP/L2u71////m8H////6/+b9//j/wAALCACWAPABAREA/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oACAEBAAA/AKwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAf//Z';
/** Bytes; the largest file that is taken. */
const LARGEST = 5 * 1024 * 1024;

const file = (name, mimeType, buffer) => ({ name, mimeType, buffer: Buffer.from(buffer) });

export const photo = (name = 'بطاقة.jpg') => file(name, 'image/jpeg', Buffer.from(JPEG, 'base64'));

export const scan = (name = 'scan.png') => file(name, 'image/png', png(240, 160));

export const slip = (name = 'slip.pdf') => file(name, 'application/pdf', pdf({}));

/** One that opens with a password only. */
export const locked = () => file('locked.pdf', 'application/pdf', pdf({ trailer: '/Encrypt 5 0 R /ID [<00><00>]', more: '<< /Filter /Standard /V 1 /R 2 /O (x) /U (x) /P -4 >>' }));

/** One that runs something when it is opened. */
export const active = () => file('form.pdf', 'application/pdf', pdf({ catalog: '/OpenAction 5 0 R', more: '<< /S /JavaScript /JS (app.alert\\(1\\)) >>' }));

export const large = () => file('large.jpg', 'image/jpeg', Buffer.concat([Buffer.from(JPEG, 'base64'), Buffer.alloc(LARGEST)]));

/** More than a whole form may hold: a film, or a book of photos. On the disk: through the wire to the browser it is slow. */
export function enormous() {
  const path = join(mkdtempSync(join(tmpdir(), 'miftah-album-')), 'album.pdf');
  writeFileSync(path, Buffer.alloc(45 * 1024 * 1024));
  return path;
}

export const empty = () => file('empty.jpg', 'image/jpeg', '');

export const cut = () => file('cut.jpg', 'image/jpeg', Buffer.from(JPEG, 'base64').subarray(0, 30));

export const word = () => file('letter.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'PK\u0003\u0004 a letter');

/** Something else under the name of a picture. */
export const disguised = (content) => file('photo.jpg', 'image/jpeg', content);

function png(width, height) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // Eight bits a pixel, grey.
  head.set([8, 0, 0, 0, 0], 8);
  const lines = Buffer.from(Array.from({ length: height }, (_, y) => [0, ...Array.from({ length: width }, (_, x) => (x + y) & 0xff)]).flat());
  const parts = [['IHDR', head], ['IDAT', deflateSync(lines)], ['IEND', Buffer.alloc(0)]];
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...parts.map(([kind, data]) => chunk(kind, data))]);
}

function chunk(kind, data) {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** One empty page, and whatever is put into its catalog and trailer. */
function pdf({ catalog = '', trailer = '', more = '<< >>' }) {
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>',
    '<< /Length 0 >>\nstream\n\nendstream',
    more,
  ];
  let text = '%PDF-1.7\n';
  const at = objects.map((object, n) => {
    const start = text.length;
    text += `${n + 1} 0 obj\n${object}\nendobj\n`;
    return start;
  });
  const rows = at.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`).join('');
  const table = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

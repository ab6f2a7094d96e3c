// Whatever the institutions of the guides have in common is not what the product takes for granted: a
// made-up sixth one, odd in every choice, walked through accounts, recovery, complaint and desk.
import { atDesk, take } from '../support/office.mjs';
import { photo, slip } from '../support/files.mjs';
import { AR, AR_PLAIN, FR } from '../support/modes.mjs';
import { codeAfter, letterTo, mark } from '../support/outbox.mjs';
import { SIXTH } from '../support/settings.mjs';
import { expect, story, test } from '../support/story.mjs';
import { signIn } from '../support/student.mjs';

test.use({ institution: SIXTH });

const MODES = [AR, AR_PLAIN, FR];

const data = (one) => ({
  student_number: one.student_number, birth_date: one.birth_date, email: one.email,
  ...(one.status === 'choir' && { national_id: one.national_id }),
});

async function opened(walk, server, musician) {
  await walk.open('/register');
  await walk.type(data(musician));
  await walk.send();
  await walk.at('register', 'contact');
  const letters = await mark(server, musician.email);
  await walk.submit({ phone: '22 345 678' });
  await walk.at('register', 'code');
  await walk.submit({ code: await codeAfter(server, musician.email, letters) });
  await walk.at('register', 'password');
  await walk.submit({ password: musician.password, password_again: musician.password });
  await walk.at('terms', 'accept');
  await walk.arrive(() => walk.page.locator('main #journey button').first().click());
  expect([walk.path(), await walk.isSignedIn()]).toEqual(['', true]);
}

story('the sixth: an account, with a picture, a phone, a strict password and terms at the end', async ({ walk, server, people }) => {
  const musician = people.musician('choir');
  await walk.open('/register');
  await walk.type({ ...data(musician), student_number: musician.student_number.toLowerCase().replace('/', ' / ') });
  if (walk.mode.scripts) {
    // A picture is wanted, and what was typed outlives its absence.
    await expect(walk.page.locator('main #robot_code')).toBeVisible();
    await walk.arrive(() => walk.button().click());
    expect(await walk.problems()).toEqual(['E207']);
    expect(await walk.value('birth_date')).toBe(musician.birth_date);
    }
  await walk.send();
  await walk.at('register', 'contact');
  const letters = await mark(server, musician.email);
  await walk.submit({ phone: '' });
  expect(await walk.problems()).toEqual(['E105']);
  await walk.submit({ phone: '71 234 567' });
  expect(await walk.problems()).toEqual(['E109']);
  await walk.submit({ phone: '22 345 678' });
  await walk.at('register', 'code');
  expect((await letterTo(server, musician.email, letters + 1)).text).toContain('/activate/');
  await walk.submit({ code: await codeAfter(server, musician.email, letters) });
  for (const [password, problem] of [['Short7chars', 'E401'], ['all lower case 7', 'E405'], ['Nakhil is green 7', 'E403']]) {
    await walk.submit({ password, password_again: password });
    expect(await walk.problems(), password).toEqual([problem]);
  }
  await walk.submit({ password: musician.password, password_again: musician.password });
  await walk.at('terms', 'accept');
  await walk.arrive(() => walk.page.locator('main #journey button').first().click());
  expect(await walk.words()).toContain(musician.student_number);

  await walk.signOut();
  await walk.type({ handle: musician.student_number, password: musician.password });
  await walk.send();
  expect(await walk.isSignedIn()).toBe(true);
  await walk.open('/services');
  await walk.page.locator('main details#oud-loan summary').click();
  await walk.follow('/services/oud-loan');
}, MODES);

story('the sixth: whoever has left, and another’s address', async ({ walk, people }) => {
  const left = people.musician('left');
  await walk.open('/register');
  await walk.type(data(left));
  await walk.send();
  expect(await walk.problems()).toEqual(['E104']);
  const musician = people.musician('soloist');
  await walk.submit({ ...data(musician), email: left.email });
  expect(await walk.problems()).toEqual(['E101']);
}, [AR, AR_PLAIN]);

story('the sixth: back in by number and the address once recorded', async ({ walk, server, people }) => {
  const musician = people.musician('soloist');
  await opened(walk, server, musician);
  await walk.signOut();
  await walk.open('/recover');
  await walk.type({ handle: musician.student_number });
  await walk.send();
  await walk.at('recover', 'destination');
  // Another address is answered alike, and nothing goes there.
  const letters = await mark(server, musician.email);
  await walk.submit({ channel: 'email', email: musician.email });
  await walk.at('recover', 'code');
  await walk.submit({ code: await codeAfter(server, musician.email, letters) });
  await walk.at('recover', 'password');
  const next = `X${people.secrets().password}9`;
  await walk.submit({ password: next, password_again: next });
  expect(await walk.isSignedIn()).toBe(true);
  expect((await signIn(server, { email: musician.email, password: next })).signedIn).toBe(true);
  expect((await signIn(server, musician)).signedIn).toBe(false);
}, MODES);

story('the sixth: a complaint, and an officer who corrects the record', async (scene) => {
  const { walk, server, people } = scene;
  const musician = people.musician('soloist');
  const mailbox = people.secrets().email;
  await walk.open('/complaints/new');
  await walk.submit({
    student_number: musician.student_number, national_id: musician.national_id, birth_date: musician.birth_date,
    last_name_ar: musician.last_name_ar, first_name_ar: 'زينب',
  });
  await walk.at('complain', 'reach');
  const letters = await mark(server, mailbox);
  await walk.submit({ email: mailbox });
  await walk.submit({ code: await codeAfter(server, mailbox, letters) });
  await walk.at('complain', 'papers');
  await walk.attach('id_front', photo('front.jpg'));
  await walk.attach('slip', slip());
  await walk.send();
  await walk.at('complain', 'check');
  await walk.submit({ consent: true });
  const reference = walk.path().match(/^\/complaints\/(N[A-Z2-9]{8})$/)?.[1];
  expect(reference).toBeDefined();
  const desk = await atDesk(scene, (await server.samples()).staff.find((one) => one.role === 'registry'));
  await take(desk, reference);
  await desk.send({ action: 'complete' });
  await desk.open(`/staff/complaints/${reference}`);
  expect(await desk.words()).toContain('زينب');
}, [AR, AR_PLAIN]);

// S3.1: the foundation's members. Two doors, «أول دخول» and «نسيت كلمة السر», one set of data; a message
// goes to the mailbox on record and to no other.
import { AR, AR_PLAIN, EN, FR } from '../support/modes.mjs';
import { codeAfter, letterTo, linksIn, mark } from '../support/outbox.mjs';
import { institution } from '../support/settings.mjs';
import { expect, story, test } from '../support/story.mjs';
import { signIn } from '../support/student.mjs';

test.use({ institution: institution('fos') });

const MODES = [AR, AR_PLAIN, FR, EN];
const NEW = 'A new one, chosen on a Sunday';

const data = ({ payroll_number, national_id, email, pension_number }) => ({ payroll_number, national_id, email, ...(pension_number && { pension_number }) });

/** From the first door to an account that is open. */
async function begin(walk, server, member) {
  await walk.open('');
  await walk.follow('/register');
  await walk.at('register', 'who');
  await walk.submit(data(member));
  await walk.at('register', 'contact');
  expect(await walk.words()).toContain(member.email);
  const letters = await mark(server, member.email);
  await walk.send();
  await walk.at('register', 'code');
  await walk.submit({ code: await codeAfter(server, member.email, letters) });
  await walk.at('register', 'password');
  await walk.submit({ password: member.password, password_again: member.password });
  await accept(walk);
}

/** The charter comes first; it is accepted once. */
async function accept(walk) {
  await walk.at('terms', 'accept');
  expect(walk.path()).toBe('/terms');
  await walk.page.locator('main #journey button').first().waitFor();
  await walk.arrive(() => walk.page.locator('main #journey button').first().click());
  expect(walk.path()).toBe('');
  expect(await walk.isSignedIn()).toBe(true);
}

story('S3.1 a member opens the account by the first door', async ({ walk, server, people }) => {
  const member = people.member('active');
  await begin(walk, server, member);
  expect(await walk.words()).toContain(member.payroll_number);
  await walk.signOut();
  await walk.open('/login');
  await walk.submit({ handle: member.payroll_number, password: member.password });
  expect(await walk.isSignedIn()).toBe(true);
});

story('S3.1 a retired member also gives the pension number', async ({ walk, server, people }) => {
  const member = people.member('retired');
  await walk.open('/register');
  const { pension_number, ...rest } = data(member);
  await walk.submit(rest);
  expect(await walk.problems()).toEqual(['E101']);
  await walk.submit({ pension_number: pension_number.replace(/.$/, (digit) => (digit === '1' ? '2' : '1')) });
  expect(await walk.problems()).toEqual(['E101']);
  await begin(walk, server, member);
}, MODES);

story('S3.1 another address of the same domain is not enough', async ({ walk, server, people }) => {
  const member = people.member('active');
  const other = `somebody.else@${member.email.split('@')[1]}`;
  const letters = await mark(server, other);
  await walk.open('/register');
  await walk.submit({ ...data(member), email: other });
  await walk.at('register', 'who');
  expect(await walk.problems()).toEqual(['E101']);
  expect(await walk.value('payroll_number')).toBe(member.payroll_number);
  await server.deliver();
  expect(await mark(server, other)).toBe(letters);
  // The office corrects the address: what was typed goes along.
  await walk.carryTo('/complaints/new');
  expect(await walk.value('payroll_number')).toBe(member.payroll_number);
  expect(await walk.value('national_id')).toBe(member.national_id);
}, MODES);

story('S3.1 the second door leads back in, and to the first one where there is no account', async ({ walk, server, people }) => {
  const member = people.member('active');
  await walk.open('');
  await walk.follow('/recover');
  await walk.at('recover', 'find');
  await walk.submit(data(member));
  expect(await walk.problems()).toEqual(['E302']);
  await walk.carryTo('/register');
  await walk.at('register', 'contact');
  const letters = await mark(server, member.email);
  await walk.send();
  await walk.submit({ code: await codeAfter(server, member.email, letters) });
  await walk.submit({ password: member.password, password_again: member.password });
  await accept(walk);
  await walk.signOut();

  await walk.open('/recover');
  await walk.submit(data(member));
  await walk.at('recover', 'destination');
  const more = await mark(server, member.email);
  await walk.submit({ channel: 'email' });
  await walk.at('recover', 'code');
  await walk.submit({ code: await codeAfter(server, member.email, more) });
  await walk.at('recover', 'password');
  await walk.submit({ password: NEW, password_again: NEW });
  expect(await walk.isSignedIn()).toBe(true);
  expect((await signIn(server, member)).signedIn).toBe(false);
  expect((await signIn(server, { email: member.payroll_number, password: NEW })).signedIn).toBe(true);
}, MODES);

story('S3.4 the charter comes before everything else, and whoever refuses is signed out', async ({ walk, server, people }) => {
  const member = people.member('active');
  await walk.open('/register');
  await walk.submit(data(member));
  const letters = await mark(server, member.email);
  await walk.send();
  await walk.submit({ code: await codeAfter(server, member.email, letters) });
  await walk.submit({ password: member.password, password_again: member.password });
  await walk.at('terms', 'accept');
  for (const path of ['', '/account', '/account/contact', '/complaints/new']) {
    await walk.open(path);
    expect(walk.path()).toBe('/terms');
  }
  // Read in another language, it is still to be accepted.
  const other = walk.lang === 'fr' ? 'ar' : 'fr';
  await walk.switchTo(other);
  await walk.at('terms', 'accept');
  await walk.arrive(() => walk.page.locator('main form[action$="/logout"] button').click());
  expect(await walk.isSignedIn()).toBe(false);
  await walk.open('/account');
  await walk.submit({ handle: member.payroll_number, password: member.password });
  await walk.at('terms', 'accept');
  // What was wanted is what follows.
  await walk.arrive(() => walk.page.locator('main #journey button').first().click());
  expect(walk.path()).toBe('/account');
}, MODES);

/** Up to the message with the link; where the link leads. */
async function asked(walk, server, member) {
  await walk.open('/register');
  await walk.submit(data(member));
  const letters = await mark(server, member.email);
  await walk.send();
  await walk.at('register', 'code');
  const letter = await letterTo(server, member.email, letters + 1);
  const link = linksIn(server, letter).find((path) => path.includes('/activate/'));
  expect(link).toBeDefined();
  return link.replace(/^\/(ar|fr|en)/, '');
}

story('S3.2 the message brings a link, and its button activates the account', async ({ walk, server, people }) => {
  const member = people.member('active');
  const link = await asked(walk, server, member);
  await walk.open(link);
  expect(await walk.words()).toContain(member.email);
  await walk.arrive(() => walk.page.locator('main #journey button').first().click());
  await walk.at('register', 'password');
  await walk.submit({ password: member.password, password_again: member.password });
  await accept(walk);
  // Once.
  await walk.open(link);
  expect(await walk.problems()).toEqual(['E306']);
});

story('S3.2 in another browser a password goes with the button', async ({ walk, mode, server, people, stage }) => {
  const member = people.member('retired');
  const link = await asked(walk, server, member);
  const phone = await stage.enter(mode);
  await phone.open(link);
  // Whoever opens a link has not said who they are.
  for (const fact of [member.payroll_number, member.national_id, member.first_name_latin]) expect(await phone.page.content()).not.toContain(fact);
  await phone.submit({ password: 'short', password_again: 'short' });
  expect(await phone.problems()).toEqual(['E401']);
  await phone.submit({ password: member.password, password_again: member.password });
  await accept(phone);
  await walk.reload();
  expect(await walk.isSignedIn()).toBe(false);
  await walk.open('/login');
  await walk.submit({ handle: member.payroll_number, password: member.password });
  expect(await walk.isSignedIn()).toBe(true);
}, MODES);

story('S3.3 payroll number, password, and no robot', async ({ walk, server, people }) => {
  const member = people.sample(3);
  await walk.open('/login');
  if (walk.mode.scripts) {
    // Invisible work: it begins with the first field and is done before the password is typed.
    await walk.type({ handle: member.payroll_number, password: member.password });
    await expect(walk.page.locator('main .robot')).toHaveAttribute('data-state', 'done');
    await expect(walk.page.locator('main #robot_code')).toBeHidden();
    await walk.send();
    expect(await walk.isSignedIn()).toBe(true);
    return;
  }
  // Without scripts the digits are seen, or heard in the page's language.
  await walk.type({ handle: member.payroll_number, password: member.password, robot_code: '000000' });
  await walk.send();
  expect(await walk.problems()).toEqual(['E207']);
  expect(await walk.value('handle')).toBe(member.payroll_number);
  await walk.send({ action: 'another_picture' });
  const sound = await walk.page.locator('main audio').getAttribute('src');
  expect(sound).toBe(`/robot/code.wav?lang=${walk.lang}`);
  const heard = await walk.page.request.get(sound);
  expect((await heard.body()).subarray(0, 4).toString()).toBe('RIFF');
  await walk.page.locator('main #robot_code').scrollIntoViewIfNeeded();
  await walk.page.waitForLoadState('networkidle');
  const used = await walk.pictureDigits();
  await walk.submit({ password: member.password, robot_code: used });
  expect(await walk.isSignedIn()).toBe(true);
  // The same digits once more are nobody's.
  await walk.signOut();
  await walk.submit({ handle: member.payroll_number, password: member.password, robot_code: used });
  expect(await walk.problems()).toEqual(['E207']);
});

story('S3.3 a form that is sent before the device is done waits for it', async ({ walk, people }) => {
  const member = people.sample(4);
  let release;
  const held = new Promise((go) => { release = go; });
  await walk.page.route('**/robot/work.json', async (route) => {
    await held;
    await route.continue();
  });
  await walk.open('/login');
  await walk.type({ handle: member.payroll_number, password: member.password });
  await expect(walk.page.locator('main .robot')).toHaveAttribute('data-state', 'busy');
  setTimeout(release, 500);
  await walk.send();
  expect(await walk.isSignedIn()).toBe(true);
}, [AR]);

story('S3.3 where the device cannot, the digits are shown', async ({ walk, people }) => {
  const member = people.sample(5);
  walk.checks.allow(/robot\/work\.json/);
  await walk.page.route('**/robot/work.json', (route) => route.abort());
  await walk.open('/login');
  await walk.type({ handle: member.payroll_number, password: member.password });
  await expect(walk.page.locator('main #robot_code')).toBeVisible();
  await expect.poll(() => walk.pictureDigits()).not.toBe(null);
  await walk.page.locator('main .robot-code').scrollIntoViewIfNeeded();
  await walk.page.waitForLoadState('networkidle');
  await walk.submit({ robot_code: await walk.pictureDigits() });
  expect(await walk.isSignedIn()).toBe(true);
}, [AR]);

// S4.3 and S4.4: citizens and residents, as the register has them: by document and mobile, with a date in
// either calendar; what keeps somebody from an account is said all at once.
import { AR, AR_PLAIN, EN, FR } from '../support/modes.mjs';
import { codeAfter, mark } from '../support/outbox.mjs';
import { institution } from '../support/settings.mjs';
import { expect, story, test } from '../support/story.mjs';

test.use({ institution: institution('absher') });

const MODES = [AR, AR_PLAIN, FR, EN];

/** As people write them: day first, and the mobile without the country. */
const data = (one) => ({
  national_id: one.national_id,
  birth_date: one.birth_date.split('-').reverse().join('/'),
  phone: one.record_phone.replace('+966', '0'),
});

async function begin(walk, one) {
  await walk.open('');
  await walk.follow('/register');
  await walk.at('register', 'who');
  await walk.submit(data(one));
}

async function opened(walk, server, one) {
  await begin(walk, one);
  await walk.at('register', 'contact');
  const letters = await mark(server, one.email);
  await walk.submit({ email: one.email, email_again: one.email, terms: true });
  await walk.at('register', 'code');
  await walk.submit({ code: await codeAfter(server, one.email, letters) });
  await walk.at('register', 'password');
}

story('S4.3 a citizen opens an account with a Hijri date, and the address twice', async ({ walk, server, people }) => {
  const citizen = people.citizen('citizen');
  expect(citizen.birth_date < '1450').toBe(true);
  await begin(walk, citizen);
  await walk.at('register', 'contact');
  await walk.submit({ email: citizen.email, email_again: `x${citizen.email}`, terms: false });
  expect((await walk.problems()).sort()).toEqual(['E110', 'E112']);
  await expect(walk.field('email_again')).toHaveAttribute('aria-invalid', 'true');
  const letters = await mark(server, citizen.email);
  await walk.submit({ email_again: citizen.email.toUpperCase(), terms: true });
  await walk.at('register', 'code');
  await walk.submit({ code: await codeAfter(server, citizen.email, letters) });
  await walk.at('register', 'password');
  await walk.submit({ password: 'an olive tree on the hill', password_again: 'an olive tree on the hill' });
  expect(await walk.problems()).toEqual(['E405']);
  await walk.submit({ password: citizen.password, password_again: citizen.password });
  expect([walk.path(), await walk.isSignedIn()]).toEqual(['', true]);
  // The name in its four parts.
  await walk.open('/account');
  const { first_name_ar, father_name_ar, grandfather_name_ar, last_name_ar } = citizen;
  expect(await walk.words()).toContain(`${first_name_ar} ${father_name_ar} ${grandfather_name_ar} ${last_name_ar}`);
  await walk.signOut();
  await walk.open('/login');
  await walk.submit({ handle: citizen.national_id, password: citizen.password });
  expect(await walk.isSignedIn()).toBe(true);
});

story('S4.3 a permit that has expired is said, with its day', async ({ walk, people }) => {
  const resident = people.citizen('resident', { expired: true });
  await begin(walk, resident);
  await walk.at('register', 'who');
  expect(await walk.problems()).toEqual(['E104']);
  await expect(walk.page.locator('main ul.needs li').first()).toBeVisible();
  // Whoever’s is valid goes on.
  await walk.submit(data(people.citizen('resident')));
  await walk.at('register', 'contact');
  await expect(walk.page.locator('main [data-problem]')).toHaveCount(0);
}, MODES);

story('S4.3 another’s mobile, and back in by the same data', async ({ walk, server, people }) => {
  const citizen = people.citizen('citizen');
  await walk.open('/register');
  await walk.submit({ ...data(citizen), phone: '0559999999' });
  expect(await walk.problems()).toEqual(['E101']);
  await opened(walk, server, citizen);
  await walk.submit({ password: citizen.password, password_again: citizen.password });
  await walk.signOut();
  await walk.open('/recover');
  await walk.submit(data(citizen));
  await walk.at('recover', 'destination');
  const letters = await mark(server, citizen.email);
  await walk.submit({ channel: 'email' });
  await walk.submit({ code: await codeAfter(server, citizen.email, letters) });
  await walk.at('recover', 'password');
  const next = `N${people.secrets().password}`;
  await walk.submit({ password: next, password_again: next });
  expect(await walk.isSignedIn()).toBe(true);
}, [AR, AR_PLAIN, FR]);

story('S4.4 the catalogue by category', async ({ walk }) => {
  await walk.open('/services');
  await expect(walk.page.locator('main section h2')).toHaveCount(3);
  for (const id of ['passport-issue', 'passport-renewal', 'travel-permits', 'residence-issue', 'residence-renewal', 'residency-report', 'investor-services']) {
    await expect(walk.page.locator(`main details#${id}`)).toHaveCount(1);
  }
  await walk.page.locator('main details#residency-report summary').click();
  await walk.follow('/services/residency-report');
}, MODES);

// S0.1: signing in by e-mail or student number, and the one answer to every wrong pair.
import { Client } from '../support/client.mjs';
import { AR, AR_PLAIN, EN, FR } from '../support/modes.mjs';
import { expect, story } from '../support/story.mjs';

const MINUTE = 60_000;

story('S0.1 sign in by e-mail', async ({ walk, people }) => {
  const student = people.sample();
  await walk.open('');
  await walk.follow('/login');
  await walk.at('sign_in', 'credentials');
  await walk.submit({ handle: student.email, password: student.password });
  expect(walk.path()).toBe('');
  expect(await walk.isSignedIn()).toBe(true);
  await walk.signOut();
  expect(await walk.isSignedIn()).toBe(false);
});

story('S0.1 sign in by student number', async ({ walk, people }) => {
  const student = people.sample(1);
  await walk.open('/login');
  await walk.submit({ handle: student.student_number, password: student.password });
  expect(await walk.isSignedIn()).toBe(true);
}, [AR, AR_PLAIN]);

story('S0.1 a wrong pair is one problem that keeps what was typed', async ({ walk, people }) => {
  const student = people.sample(2);
  await walk.open('/login');
  await walk.submit({ handle: student.email, password: 'Not my password 1' });
  expect(await walk.problems()).toEqual(['E201']);
  const known = await walk.words();
  expect(await walk.value('handle')).toBe(student.email);
  expect(await walk.value('password')).toBe('');

  // Nobody has this address: the same page, to the letter.
  const nobody = people.secrets().email;
  await walk.open('/login');
  await walk.submit({ handle: nobody, password: 'Not my password 1' });
  expect(await walk.problems()).toEqual(['E201']);
  expect(await walk.words()).toEqual(known);

  await walk.reload();
  expect(await walk.problems()).toEqual(['E201']);
  expect(await walk.value('handle')).toBe(nobody);

  // And it is no dead end.
  await walk.submit({ handle: student.email, password: student.password });
  expect(await walk.isSignedIn()).toBe(true);
});

story('S0.1 empty fields are named', async ({ walk }) => {
  await walk.open('/login');
  await walk.submit({ handle: '', password: '' });
  expect(await walk.problems()).toEqual(['E105']);
  await expect(walk.field('handle')).toHaveAttribute('aria-invalid', 'true');
  await expect(walk.field('password')).toHaveAttribute('aria-invalid', 'true');
}, [AR, AR_PLAIN, FR, EN]);

story('S0.1 many wrong pairs make one wait, and the wait ends', async ({ walk, server, people }) => {
  const student = people.sample(3);
  const guesser = new Client(server);
  for (let n = 0; n < 5; n += 1) {
    await guesser.post('/ar/login', { handle: student.email, password: `Guess number ${n}` });
  }
  await walk.open('/login');
  await walk.submit({ handle: student.email, password: student.password });
  expect(await walk.problems()).toEqual(['E202']);
  expect(await walk.value('handle')).toBe(student.email);
  await server.advance(15 * MINUTE);
  await walk.submit({ password: student.password });
  expect(await walk.isSignedIn()).toBe(true);
}, [AR, AR_PLAIN]);

story('S0.1 a session ends after an idle hour, and lasts on a device of one’s own', async ({ walk, stage, server, people, mode }) => {
  const student = people.sample(4);
  const signIn = async (more) => {
    const somebody = await stage.enter(mode);
    await somebody.open('/login');
    await somebody.submit({ handle: student.email, password: student.password, ...more });
    return somebody;
  };
  const visit = await signIn({});
  const device = await signIn({ keep: true });
  const cookies = async (one) => (await one.page.context().cookies()).filter(({ name }) => name.includes('session'));
  expect((await cookies(visit)).map(({ expires }) => expires)).toEqual([-1]);
  expect((await cookies(device))[0].expires).toBeGreaterThan(Date.now() / 1000 + 29 * 24 * 3600);
  for (const cookie of [...(await cookies(visit)), ...(await cookies(device))]) {
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
  }
  await server.advance(61 * MINUTE);
  expect(await visit.isSignedIn()).toBe(false);
  expect(await device.isSignedIn()).toBe(true);
  await visit.reload();
  expect(await visit.isSignedIn()).toBe(false);
  await walk.open('');
}, [AR, AR_PLAIN]);

story('S0.1 a frozen account says so to its owner alone', async ({ walk, people }) => {
  const student = people.frozen();
  await walk.open('/login');
  await walk.submit({ handle: student.email, password: 'Not my password 1' });
  expect(await walk.problems()).toEqual(['E201']);
  await walk.submit({ handle: student.email, password: student.password });
  expect(await walk.problems()).toEqual(['E205']);
}, [AR, AR_PLAIN, FR]);

story('S0.1 the password can be looked at', async ({ walk }) => {
  await walk.open('/login');
  await walk.type({ password: 'Something to see 5' });
  const peek = walk.page.locator('main button[aria-controls="password"]');
  const [closed] = await Promise.all([peek.textContent(), expect(walk.field('password')).toHaveAttribute('type', 'password')]);
  await peek.click();
  await expect(walk.field('password')).toHaveAttribute('type', 'text');
  await expect(peek).toHaveAttribute('aria-pressed', 'true');
  // The words follow, under a translator too.
  await expect.poll(async () => bare(await peek.textContent())).not.toBe(bare(closed));
  await peek.click();
  await expect.poll(async () => bare(await peek.textContent())).toBe(bare(closed));
  expect(await walk.value('password')).toBe('Something to see 5');
}, [AR, FR]);

const bare = (text) => text.replaceAll(/[\u27E6\u27E7]/g, '').trim();

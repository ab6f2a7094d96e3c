// S0.2: whoever waits for a code is told what became of the message, while they wait.
import { AR, AR_PLAIN, FR, TRANSLATED } from '../support/modes.mjs';
import { codeAfter } from '../support/outbox.mjs';
import { expect, story } from '../support/story.mjs';
import { data } from '../support/student.mjs';

const digits = (text) => text.replaceAll(/\D+/g, ' ').trim();

story('S0.2 the page says when the message was handed over', async ({ walk, mode, server, people }) => {
  const student = people.student();
  await walk.open('/register');
  await walk.submit(data(student));
  await walk.submit({ email: student.email, terms: true });
  await walk.at('register', 'code');
  const line = walk.page.locator('main .delivery[role=status]');
  await expect(line).toBeVisible();
  await codeAfter(server, student.email);
  // With scripts it comes by itself; without, with the next look.
  if (!mode.scripts) await walk.page.reload();
  await expect.poll(async () => digits(await line.innerText()), { timeout: 10_000 }).toMatch(/^\d\d \d\d$/);
  await walk.checks.look(walk.lang);
}, [AR, AR_PLAIN, FR, TRANSLATED[1], TRANSLATED[3]]);

story('S0.7 nothing of it is said where it would tell of an account', async ({ walk, server, people }) => {
  for (const handle of [people.sample(2).email, 'nobody.at.all@mail.example']) {
    await walk.open('/recover');
    await walk.submit({ handle });
    await walk.at('recover', 'code');
    await expect(walk.page.locator('main .delivery')).toHaveCount(0);
  }
}, [AR]);

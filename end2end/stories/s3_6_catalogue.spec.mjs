// S3.6: the services space. Services are hidden, announced or closed by the institution's own calendar; an
// announced one shows its circular.
import { AR, AR_PLAIN, EN, FR } from '../support/modes.mjs';
import { institution } from '../support/settings.mjs';
import { expect, story, test } from '../support/story.mjs';
import { signIn } from '../support/student.mjs';

test.use({ institution: institution('fos') });

const MODES = [AR, AR_PLAIN, FR, EN];

story('S3.6 each service opens with a plus, and says how things stand', async ({ walk, people }) => {
  await walk.open('');
  await walk.follow('/services');
  const service = walk.page.locator('main details#social-benefit');
  await expect(service).not.toHaveAttribute('open', '');
  // With the keyboard as with a finger.
  await service.locator('summary').focus();
  await walk.page.keyboard.press('Enter');
  await expect(service.locator('.service-body')).toBeVisible();
  await expect(service).toContainText('3/2026');
  await expect(walk.page.locator('main details#pilgrimage')).toHaveCount(0);
  await expect(walk.page.locator('main details#summer-camps')).toHaveCount(1);
  // Its own page, and the circular as a paper.
  await walk.follow('/services/social-benefit');
  const circular = await walk.page.locator('main a[href$=".pdf"]').getAttribute('href');
  const answer = await walk.page.request.get(circular);
  expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'application/pdf']);
  expect((await answer.body()).subarray(0, 5).toString()).toBe('%PDF-');
  await walk.follow('/services');

  // Home leads here too, once somebody is signed in.
  const member = people.sample(6);
  await walk.open('/login');
  await walk.submit({ handle: member.payroll_number, password: member.password });
  await walk.follow('/services');
  await walk.page.locator('main details#summer-camps summary').click();
  await walk.follow('/services/summer-camps');
}, MODES);

story('S3.6 a hidden service is nowhere, and an institution without services has no such page', async ({ walk, server, people }) => {
  const { client } = await signIn(server, { email: people.sample(7).payroll_number, password: people.sample(7).password });
  for (const path of ['/ar/services/pilgrimage', '/ar/services/nothing', '/ar/services/..%2f..']) {
    const answer = await client.page(path);
    expect(answer.status, path).toBe(404);
    expect(answer.text).not.toContain('pilgrimage-');
  }
  expect((await client.page('/ar/services')).text).not.toContain('pilgrimage');
}, [AR]);

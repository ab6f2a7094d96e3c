// Norm 3: programs that look after mailboxes open every link, and some press every button. Nothing
// that somebody still needs is used up by that, and nothing is changed.
import { Client } from '../support/client.mjs';
import { codeAfter, letters, linksIn, mark } from '../support/outbox.mjs';
import { expect, test } from '../support/story.mjs';
import { Journey, addPhone, data, openAccount, signIn } from '../support/student.mjs';

/** Every form of a page as it stands, once a button. */
function forms(html) {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].flatMap(([, head, body]) => {
    if (!/method="post"/.test(head)) return [];
    const action = attribute(head, 'action');
    const fields = [...body.matchAll(/<input\b([^>]*)>/g)]
      .map(([, input]) => input)
      .filter((input) => !/type="(radio|checkbox)"/.test(input) || /\bchecked\b/.test(input))
      .map((input) => [attribute(input, 'name'), attribute(input, 'value') ?? ''])
      .filter(([name]) => name);
    const buttons = [...body.matchAll(/<button\b([^>]*)>/g)].map(([, button]) => [attribute(button, 'name'), attribute(button, 'value') ?? '']);
    return buttons.map(([name, value]) => ({ action, fields: name ? [...fields, [name, value]] : fields }));
  });
}

const attribute = (tag, name) => tag.match(new RegExp(`\\b${name}="([^"]*)"`))?.[1].replaceAll('&amp;', '&');

/** HEAD, GET, and GET with every button pressed, each as a program without cookies. */
async function scan(server) {
  let pressed = 0;
  const links = new Set((await letters(server)).flatMap((letter) => linksIn(server, letter)));
  for (const link of links) {
    expect((await new Client(server).page(link, 'HEAD')).status).toBeLessThan(400);
    const robot = new Client(server);
    const { text } = await robot.page(link);
    for (const { action, fields } of forms(text)) {
      const answer = await robot.twin().post(action ?? link, fields);
      expect(answer.status, `${action} ${JSON.stringify(fields)}`).toBeLessThan(500);
      pressed += 1;
    }
  }
  return { links: links.size, pressed };
}

test('S0.7 a mail scanner uses nothing up and changes nothing', async ({ server, people }) => {
  const [student, newcomer] = [people.student(), people.student()];
  const phone = people.phone();
  await addPhone(server, await openAccount(server, student), phone);

  // A registration and a recovery are under way; their codes have been sent.
  const register = new Journey(new Client(server), '/ar/register');
  await register.step({ step: 'who', ...data(newcomer) });
  await register.step({ step: 'contact', email: newcomer.email, terms: 'yes' });
  const first = await codeAfter(server, newcomer.email);
  const recover = new Journey(new Client(server), '/fr/recover');
  await recover.step({ step: 'find', ...data(student) });
  const seen = await mark(server, student.email);
  await recover.step({ step: 'destination', channel: 'email' });
  const second = await codeAfter(server, student.email, seen);

  const { links, pressed } = await scan(server);
  expect(links).toBeGreaterThan(0);
  expect(pressed).toBeGreaterThan(0);

  expect((await signIn(server, student)).signedIn).toBe(true);
  await register.step({ step: 'code', code: first });
  await register.step({ step: 'password', password: newcomer.password, password_again: newcomer.password });
  await recover.step({ step: 'code', code: second });
  const password = people.secrets().password;
  await recover.step({ step: 'password', password, password_again: password });
  await scan(server);
  expect((await signIn(server, { ...student, password })).signedIn).toBe(true);
  expect((await signIn(server, newcomer)).signedIn).toBe(true);
});

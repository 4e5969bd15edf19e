import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePeople } from '../../demo/people.ts';
import { captureOf, handOver } from './hand-over.ts';
import { administrator, openWorld, type World } from './world.ts';

const people = makePeople(9);
/** Six who can take an SMS: the demo's second three cannot. */
const six = [...people.slice(0, 5), ...people.slice(8)];

let world: World;
beforeAll(async () => {
  world = await openWorld('chromium', { language: 'pl' });
}, 240_000);
afterAll(() => world?.close());

/** The API as a program of the administrator's uses it. */
const api = async <Answer>(method: string, path: string, body: unknown, headers = {}): Promise<Answer> => {
  const answer = await fetch(`${world.server().url}${path}`, {
    method,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return (answer.status === 202 ? null : await answer.json()) as Answer;
};

/** The sandbox plays its faults by the last three digits: these have none that begin with a nought. */
const numberAt = (at: number) => `+48601${500 + Math.floor(at / 900)}${100 + (at % 900)}`;

/** Sends the package down to so many parts: its balance is what was bought less what was sent, and nothing else. */
const leaveParts = async (parts: number): Promise<void> => {
  const before = await world.sandbox.newest(administrator);
  await api('POST', '/v1/session/codes', { email: administrator });
  const code = await world.sandbox.code(administrator, before);
  const { token } = await api<{ token: string }>('POST', '/v1/session', { email: administrator, code });
  const bearer = { Authorization: `Bearer ${token}` };
  const send = (text: string, count: number, key: string) =>
    api<{ balance: number }>(
      'POST',
      '/v1/batches',
      {
        companyId: 'com_demo_nowak',
        text,
        recipients: Array.from({ length: count }, (_, at) => ({ number: numberAt(at) })),
      },
      { ...bearer, 'Idempotency-Key': key },
    );
  const { balance } = await send('a', 1, crypto.randomUUID());
  const rest = await send('a', balance - parts, crypto.randomUUID());
  expect(rest.balance).toBe(parts);
};

test('scenario 12: one ż makes 18 parts of 6; the shortfall of 8 blocks the send; without Polish letters six go and four parts stay', async () => {
  await leaveParts(10);
  const composer = await world.composer();
  const { page } = composer;
  await handOver(composer, captureOf(six));
  await composer.receives(6);
  const partsAre = (parts: number) =>
    page.waitForFunction(
      (wanted: number) =>
        document.querySelector('#parts strong')?.textContent?.includes(`razem ${wanted} częś`),
      {},
      parts,
    );

  await composer.write('a'.repeat(160));
  await partsAre(6);
  await composer.canSend();
  await page.keyboard.press('Backspace');
  await page.keyboard.type('ż');
  await partsAre(18);
  await page.waitForSelector('#blocks .note');
  expect(await composer.blocks()).toContain('Brakuje 8 części: potrzeba 18, w pakiecie jest 10.');
  expect(await page.$('button.send:not([disabled])')).toBeNull();

  await page.click('#blocks button.link');
  await partsAre(6);
  await composer.send();
  await composer.accepted();
  await composer.all('delivered', 6);
  expect(await page.$eval('.result header', (header) => header.textContent)).toContain('4 części w pakiecie');
  const texts = (await world.sandbox.texts()).filter(({ text }) => text === `${'a'.repeat(159)}z`);
  expect(texts.map(({ number }) => number).sort()).toEqual(six.map(({ numbers }) => numbers[0]?.e164).sort());
}, 240_000);

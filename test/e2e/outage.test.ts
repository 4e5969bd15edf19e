import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makePeople } from '../../demo/people.ts';
import { captureOf, handOver } from './hand-over.ts';
import { openWorld, type World } from './world.ts';

const people = makePeople(5);
const retry = '.doubt .actions .primary';

describe('the server is down while somebody sends', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld('chromium', { language: 'pl' });
  });
  afterAll(() => world?.close());
  beforeEach(() => world.tidy());

  const ready = async (text: string) => {
    const composer = await world.composer();
    await handOver(composer, captureOf(people));
    await composer.receives(5);
    await composer.write(text);
    await composer.previews(5);
    await composer.canSend();
    return composer;
  };
  const sent = async (text: string) => (await world.sandbox.texts()).filter((one) => one.text === text);

  test('the composer says so, keeps text and recipients, and a retry sends once', async () => {
    const text = 'Serwer nie odpowiada.';
    const composer = await ready(text);
    await world.server().stop();
    await composer.send();
    await composer.page.waitForSelector(retry);
    const shown = await composer.page.$eval('.doubt', (doubt) => doubt.textContent ?? '');
    expect(shown).toContain(text);
    expect(shown).toContain('5 osób');

    // Still down: the retry comes back to the same place.
    await composer.page.click(retry);
    await composer.page.waitForSelector(retry);

    await world.startAgain();
    await composer.page.click(retry);
    await composer.accepted();
    await composer.all('delivered', 5);
    expect(await sent(text)).toHaveLength(5);
  });

  test('what is in doubt outlives the composer: opened again, it offers the very same send', async () => {
    const text = 'Zamknięte okno nie gubi wysyłki.';
    const composer = await ready(text);
    await world.server().stop();
    await composer.send();
    await composer.page.waitForSelector(retry);
    await composer.page.close();

    await world.startAgain();
    const page = await world.nadpis.open('composer.html?place=window');
    await page.waitForSelector(retry);
    await page.click(retry);
    await page.waitForSelector('.composer.result');
    await expect.poll(() => sent(text).then((texts) => texts.length), { timeout: 60_000 }).toBe(5);
  });

  test('killed at the very click: whether it was accepted or not, everyone gets one text', async () => {
    const text = 'Zabity w chwili wysyłki.';
    const composer = await ready(text);
    await Promise.all([composer.send(), world.server().kill()]);
    await world.startAgain();
    const { page } = composer;
    await page.waitForSelector(`${retry}, .composer.result`);
    if ((await page.$(retry)) !== null) await page.click(retry);
    await composer.accepted();
    await composer.all('delivered', 5);
    expect(await sent(text)).toHaveLength(5);
  });
});

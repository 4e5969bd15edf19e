import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makePeople } from '../../demo/people.ts';
import type { Composer } from './composer.ts';
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
  // Whatever a test did to the server, the next one finds it well.
  afterEach(() => world.startAgain());

  /** Sends into the void: the request leaves, and its server dies over it without having read it. */
  const sendAndLose = async (composer: Composer) => {
    world.server().freeze();
    await composer.send();
    await composer.page.waitForSelector('.composer[aria-busy=true]');
    await world.server().kill();
    await composer.page.waitForSelector(retry);
  };

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
    await sendAndLose(composer);
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
    await sendAndLose(composer);
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
    await Promise.all([composer.page.click('button.send'), world.server().kill()]);
    await world.startAgain();
    const { page } = composer;
    // It left and its answer is in doubt, it left and was answered, or the server was gone before it could leave.
    const again = `${retry}, #blocks button.link`;
    await page.waitForSelector(`${again}, .composer.result`);
    if ((await page.$(again)) !== null) await page.click(again);
    await page.waitForSelector('button.send:not([disabled]), .composer.result');
    if ((await page.$('.composer.result')) === null) await composer.send();
    await composer.accepted();
    await composer.all('delivered', 5);
    expect(await sent(text)).toHaveLength(5);
  });

  test('down before the click: the composer says so and keeps everything until the server is back', async () => {
    const text = 'Serwer wrócił.';
    const composer = await ready(text);
    const { page } = composer;
    await world.server().kill();
    // It notices by itself when it is looked at again, or at the latest when it sends.
    await page.reload();
    await page.waitForSelector('#blocks .note');
    await composer.receives(5);
    expect(await composer.text()).toBe(text);
    expect(await page.$('button.send:not([disabled])')).toBeNull();

    await world.startAgain();
    await page.click('#blocks button.link');
    await composer.send();
    await composer.accepted();
    await composer.all('delivered', 5);
    expect(await sent(text)).toHaveLength(5);
  });
});

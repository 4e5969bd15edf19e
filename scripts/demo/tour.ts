import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Page } from 'puppeteer-core';
import { makePeople } from '../../demo/people.ts';
import { launch, type Nadpis } from '../../test/e2e/browser.ts';
import { composerOn } from '../../test/e2e/composer.ts';
import { chooseSms, openDemoList, rowsMarkedDelivered, tickRows } from '../../test/e2e/list.ts';
import { signIn } from '../../test/e2e/sign-in.ts';
import { sandboxOf } from '../sandbox-client.ts';
import type { ServerProcess } from '../server-process.ts';
import { seconds } from '../setup/progress.mjs';

const root = join(import.meta.dirname, '..', '..');
const pictures = join(root, 'out', 'demo');
const text = 'Dzień dobry {Imię}, przypominamy o płatności do {Termin}. Firma Nowak';

class StepFailed extends Error {}

const must = (isSo: boolean, what: string) => {
  if (!isSo) throw new StepFailed(what);
};

/** Numbers the steps, times them, and says of each what it found. */
const steps = () => {
  let count = 0;
  return async (title: string, work: () => Promise<string>): Promise<void> => {
    count += 1;
    const started = Date.now();
    try {
      const found = await work();
      console.log(`✓ ${count}. ${title}: ${found} (${seconds(Date.now() - started)})`);
    } catch (error) {
      console.error(`✗ ${count}. ${title}: ${error instanceof Error ? error.message : String(error)}`);
      throw error;
    }
  };
};

const picture = async (page: Page, name: string): Promise<string> => {
  mkdirSync(pictures, { recursive: true });
  const path = join(pictures, `${name}.png`) as `${string}.png`;
  await page.screenshot({ path });
  return relative(root, path);
};

/**
 * Performs what a user does, in a real browser without a window: signs in, ticks five rows, writes, checks, sends and
 * waits until all five texts are on the phones.
 * @returns whether every step held; a failed one has been named
 */
export const performTour = async (
  browser: 'chromium' | 'firefox',
  server: ServerProcess,
  listUrl: string,
): Promise<boolean> => {
  let nadpis: Nadpis | null = null;
  try {
    nadpis = await launch(browser, { language: 'pl' });
    console.log(`\n${await nadpis.browser.version()}, without a window\n`);
    await tour(nadpis, server, listUrl);
    return true;
  } catch (error) {
    if (!(error instanceof StepFailed)) console.error(error instanceof Error ? error.stack : error);
    if (nadpis !== null) await pictureOfFailure(nadpis);
    return false;
  } finally {
    await nadpis?.close();
  }
};

const pictureOfFailure = async (nadpis: Nadpis) => {
  for (const [place, page] of (await nadpis.browser.pages()).entries()) {
    const path = await picture(page, `failed-${place}`).catch(() => null);
    if (path !== null) console.error(`  ${page.url()}: ${path}`);
  }
};

const tour = async (nadpis: Nadpis, server: ServerProcess, listUrl: string) => {
  const step = steps();
  const five = makePeople(5);
  const sandbox = sandboxOf(server);
  const before = new Set((await sandbox.texts()).map(({ id }) => id));

  await step('Sign in with the code from the mail', async () => {
    await signIn(nadpis, server, 'demo@nadpis.example');
    return 'demo@nadpis.example';
  });
  const list = await openDemoList(nadpis, listUrl);
  await step('Tick five rows of the ERP list', async () => {
    await tickRows(list, [0, 1, 2, 3, 4]);
    return five.map(({ firstName, lastName }) => `${firstName} ${lastName}`).join(', ');
  });
  let composer = composerOn(list);
  await step('Choose SMS', async () => {
    composer = composerOn(await chooseSms(nadpis, list));
    await composer.chooseCompany('Nowak i Synowie');
    await composer.receives(5);
    return `5 recipients, from “${await composer.senderName()}”`;
  });
  await step('Write one text', async () => {
    await composer.write(text);
    const previews = await composer.previews(5);
    for (const { firstName } of five) {
      must(
        previews.some((preview) => preview.startsWith(`Dzień dobry ${firstName}, `)),
        `no preview for ${firstName}`,
      );
    }
    const { parts } = await composer.facts();
    must(parts >= 5, `5 people cost ${parts} parts`);
    return `5 previews, ${parts} parts together`;
  });
  await list.bringToFront();
  await picture(list, 'list');
  if (nadpis.kind === 'chromium') await composer.page.setViewport({ width: 420, height: 860 });
  // From its head: whom, what, and what it costs.
  await composer.page.evaluate(() => scrollTo(0, 0));
  await picture(composer.page, 'composer');
  await step('Send', async () => {
    await composer.send();
    await composer.accepted();
    return 'accepted, committed';
  });
  await step('Delivery', async () => {
    await composer.all('delivered', 5);
    const texts = (await sandbox.texts()).filter(({ id }) => !before.has(id));
    must(texts.length === 5, `${texts.length} texts are on the phones instead of 5`);
    const missing = five.filter(({ numbers }) => !texts.some(({ number }) => number === numbers[0]?.e164));
    must(missing.length === 0, `nothing came to ${missing.map(({ lastName }) => lastName).join(', ')}`);
    const parts = texts.reduce((all, one) => all + one.parts, 0);
    const slowest = Math.max(...texts.map((one) => (one.reportedAt ?? one.acceptedAt) - one.acceptedAt));
    return `5 of 5 on the phones from “${texts[0]?.senderName}”, ${parts} parts, report after ${slowest} ms at most`;
  });
  await step('Back in the list', async () => {
    await rowsMarkedDelivered(nadpis, list, 5);
    return '5 rows are marked as delivered';
  });
  await picture(composer.page, 'result');
  console.log(`\nPictures: ${relative(root, pictures)}`);
};

import { openPageReader, type PageReader } from './browser.ts';
import type { Entry } from './entry.ts';

/** Reads pages one after another. One that cannot be read is told of, and keeps nobody else from being read. */
export async function readPages(
  urls: readonly string[],
  options: { region: string; patience: number },
  tell: (line: string) => void,
): Promise<{ entries: Entry[]; failed: string[] }> {
  const entries: Entry[] = [];
  const failed: string[] = [];
  let reader: PageReader = await openPageReader(options);
  try {
    for (const url of urls) {
      try {
        const page = await reader.open(url);
        const { entries: read, ms, notes } = await page.read(true);
        entries.push(...read);
        tell(`✓ ${url}: ${read.length} numbers, read in ${ms.toFixed(0)} ms`);
        for (const note of notes) tell(`  ${note}`);
        await page.close();
      } catch (error) {
        failed.push(url);
        tell(`✗ ${url}: ${error instanceof Error ? error.message : String(error)}`);
        // A page can bring the whole browser down; the next one gets a new one.
        if (!reader.isAlive()) {
          await reader.close().catch(() => {});
          reader = await openPageReader(options);
        }
      }
    }
  } finally {
    await reader.close().catch(() => {});
  }
  return { entries, failed };
}

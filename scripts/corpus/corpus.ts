import { buildPages, built } from '../../test/pages/build.ts';
import { listen, serveFiles } from '../demo/list-server.ts';
import { openPageReader } from './browser.ts';
import { type Measured, measure } from './measure.ts';
import { precision, recall, sum } from './score.ts';
import { type CorpusPage, corpusPages, saved } from './truths.ts';

/** Reads the pages of the corpus. @param names only these; all when empty @throws when there is no page of a name */
export async function measureCorpus(
  names: readonly string[],
  tell: (measured: Measured) => void,
): Promise<Measured[]> {
  await buildPages();
  const all = corpusPages();
  const unknown = names.filter((name) => !all.some((page) => page.name === name));
  if (unknown.length > 0)
    throw new UnknownPage(
      `There is no test page ${unknown.join(', ')}. There are: ${all.map(({ name }) => name).join(', ')}.`,
    );
  const server = serveFiles({ '/': built, '/saved/': saved });
  const base = `http://127.0.0.1:${await listen(server, 0)}/`;
  const reader = await openPageReader({ restful: 300 });
  try {
    const measured: Measured[] = [];
    for (const page of all.filter(({ name }) => names.length === 0 || names.includes(name))) {
      const one = await readingOf(page);
      measured.push(one);
      tell(one);
    }
    return measured;
  } finally {
    await reader.close();
    server.closeAllConnections();
    server.close();
  }

  /** A page that cannot be read at all is a page that was read wrongly. */
  async function readingOf(page: CorpusPage): Promise<Measured> {
    try {
      return await measure(reader, page, base);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return {
        page: page.name,
        score: { expected: 1, found: 0, right: 0, wrong: [`was not read: ${why}`] },
        ms: 0,
      };
    }
  }
}

export class UnknownPage extends Error {}

export const inAll = (measured: readonly Measured[]): Measured => ({
  page: 'in all',
  score: sum(measured.map(({ score }) => score)),
  ms: measured.reduce((all, { ms }) => all + ms, 0),
});

const mostShown = 8;

export const heading = `${'page'.padEnd(28)}${'numbers'.padStart(8)}${'precision'.padStart(11)}${'recall'.padStart(8)}${'ms'.padStart(7)}`;

/** A line of the table, and what was wrong below it. */
export function lineOf({ page, score, ms }: Measured, details = true): string {
  const share = (value: number) => (value === 1 ? '1' : value.toFixed(4));
  const line = `${page.padEnd(28)}${String(score.expected).padStart(8)}${share(precision(score)).padStart(11)}${share(recall(score)).padStart(8)}${ms.toFixed(0).padStart(7)}`;
  const more = score.wrong.length - mostShown;
  return [
    line,
    ...(details ? score.wrong.slice(0, mostShown).map((text) => `  ✗ ${text}`) : []),
    ...(details && more > 0 ? [`  … and ${more} more`] : []),
  ].join('\n');
}

import type { OpenPage, PageReader } from './browser.ts';
import { type Entry, personOf } from './entry.ts';
import { type Score, score, sum } from './score.ts';
import type { CorpusPage } from './truths.ts';

export interface Measured {
  page: string;
  score: Score;
  /** The longest reading of the page (ms). */
  ms: number;
}

/** Reads one page of the corpus, from its beginning to its end, and holds what was read against its truth. */
export async function measure(reader: PageReader, page: CorpusPage, base: string): Promise<Measured> {
  const open = await reader.open(`${base}${page.path}`);
  try {
    const readings = [await readingOf(open, page)];
    for (const part of page.scrolls ? [0.5, 1] : [])
      if (await open.scroll(part)) readings.push(await readingOf(open, page));
    return {
      page: page.name,
      score: sum(readings.map((reading) => reading.score)),
      ms: Math.max(...readings.map((reading) => reading.ms)),
    };
  } finally {
    await open.close();
  }
}

async function readingOf(open: OpenPage, page: CorpusPage): Promise<{ score: Score; ms: number }> {
  const followed = await open.read(false);
  const { entries, ms, notes } = await open.read(true);
  const held = score(page.expected(await textOf(open)), entries);
  const wrong = [
    ...held.wrong,
    ...notes.map((note) => `the page ${note}`),
    ...unlike(followed.entries, entries),
  ];
  return { score: { ...held, wrong }, ms };
}

/** What the reader knows of a page that it has followed is what it would read now. */
function unlike(followed: readonly Entry[], fresh: readonly Entry[]): string[] {
  const keys = (entries: readonly Entry[]) =>
    entries.map((entry) => `${entry.e164} ${personOf(entry)} ${entry.where}`);
  const [before, now] = [keys(followed), keys(fresh)];
  return [
    ...before.filter((key) => !now.includes(key)).map((key) => `${key} was still known, and is gone`),
    ...now.filter((key) => !before.includes(key)).map((key) => `${key} came, and was not noticed`),
  ];
}

/** Only the text that is shown. */
async function textOf({ page }: OpenPage): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: hidden text is not to be counted
  const shown = () => document.body?.innerText ?? '';
  const texts = await Promise.all(page.frames().map((frame) => frame.evaluate(shown).catch(() => '')));
  return texts.join('\n');
}

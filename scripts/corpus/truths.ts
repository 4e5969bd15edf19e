import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { built } from '../../test/pages/build.ts';
import { pages } from '../../test/pages/pages.ts';
import type { Truth, TruthNumber } from '../../test/pages/truth.ts';
import type { Expected } from './score.ts';

/** Every page of the corpus with what is known of it. */

export interface CorpusPage {
  name: string;
  about: string;
  /** Its file on the server of test pages. */
  path: string;
  /** Grids draw what is in view: they are read at their beginning, in the middle and at their end. */
  scrolls: boolean;
  /** What it shows while this is the text in it. */
  expected(text: string): Expected[];
}

export const saved = join(import.meta.dirname, '..', '..', 'test', 'pages', 'saved');

export const corpusPages = (): CorpusPage[] => [...madePages(), ...savedPages()];

/** Pages made from rows: real grids and forms, and plain ones. */
function madePages(): CorpusPage[] {
  return pages.map(({ name, about, where, script }) => {
    const truth = JSON.parse(readFileSync(join(built, `${name}.truth.json`), 'utf8')) as Truth;
    return {
      name,
      about,
      path: `${name}.html`,
      scrolls: where === 'list' && script !== null,
      // Inputs do not show in a page's text; a record is small enough to be there as a whole.
      expected: (text) => (where === 'list' ? shownNow(truth, text) : truth.numbers),
    };
  });
}

/** The numbers of the rows that are drawn: rows are known by what no other row shows. */
function shownNow({ numbers, decoys }: Truth, text: string): TruthNumber[] {
  const page = plain(text);
  const times = new Map<string, number>();
  for (const { shown } of decoys) times.set(shown, (times.get(shown) ?? 0) + 1);
  const telling = decoys.filter(({ shown }) => shown.length > 8 && times.get(shown) === 1);
  const drawn = new Set(telling.filter(({ shown }) => page.includes(plain(shown))).map(({ row }) => row));
  return numbers.filter(({ row, shown }) => drawn.has(row) && page.includes(plain(shown)));
}

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Pages as they were saved, each with its truth beside it: see CONTRIBUTING.md. */
function savedPages(): CorpusPage[] {
  const files = readdirSync(saved);
  return files
    .filter((file) => file.endsWith('.truth.json'))
    .map((file) => {
      const name = file.replace(/\.truth\.json$/, '');
      if (!files.includes(`${name}.html`))
        throw new Error(`test/pages/saved/${file} has no page ${name}.html`);
      const expected = readTruth(file);
      return { name, about: 'saved', path: `saved/${name}.html`, scrolls: false, expected: () => expected };
    });
}

const keys = ['url', 'frame', 'e164', 'kind', 'name', 'shown', 'where', 'list', 'row', 'fields'];

/** @throws in words when somebody's typing has gone wrong */
function readTruth(file: string): Expected[] {
  const path = join(saved, file);
  let truth: unknown;
  try {
    truth = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!Array.isArray(truth)) throw new Error(`${path} is to be a list of numbers: [{ "e164": "+48…", … }]`);
  for (const [place, entry] of truth.entries()) {
    const unknown = Object.keys(entry ?? {}).filter((key) => !keys.includes(key));
    if (unknown.length > 0)
      throw new Error(`${path}: entry ${place + 1} has ${unknown.join(', ')}, which means nothing`);
    if (!/^\+\d{7,15}$/.test(entry?.e164))
      throw new Error(`${path}: entry ${place + 1} has no e164, like "+48600100200"`);
  }
  return truth;
}

import type { CapturedNumber } from '../bridge/capture.ts';
import { takeCensus } from './census.ts';
import { type FieldReading, phoneFields } from './forms/fields.ts';
import { findLists } from './lists/find.ts';
import type { ListReading } from './lists/list.ts';
import { looseNumbers } from './numbers/loose.ts';

/** A number outside lists and inputs: in running text, beside a label, or behind a link alone. */
export interface LooseNumber {
  number: CapturedNumber;
  /** The text that shows it; empty for a link without it. */
  places: { node: Text; start: number; end: number }[];
  /** The element it stands in: the innermost one that holds the whole number, or the link. */
  element: Element;
}

export interface PageReading {
  lists: ListReading[];
  fields: FieldReading[];
  numbers: LooseNumber[];
}

export interface ReadOptions {
  /** ISO 3166 region of numbers without a prefix. */
  region?: string;
  /** Identities of lists elsewhere on the page, which a list found here cannot have. */
  taken?: ReadonlySet<string>;
}

/** Reads one tree (a document, an open shadow root, an element) in steps; each step takes well under a millisecond. */
export function* readSteps(
  root: ParentNode & Node,
  options: ReadOptions = {},
): Generator<undefined, PageReading> {
  const region = options.region ?? 'PL';
  const taken = new Set(options.taken);
  const census = takeCensus(root);
  const { lists, owned } = yield* findLists(census, region, taken);
  const reading: PageReading = { lists, fields: [], numbers: [] };
  for (const field of phoneFields(census.inputs, owned)) {
    if (field) reading.fields.push(field);
    yield undefined;
  }
  const loose = yield* looseNumbers(root, census, owned, region, lists, taken);
  reading.numbers = loose;
  return reading;
}

/** Reads one tree at once. Pure: it writes nothing to the page and keeps nothing. */
export function readPage(root: ParentNode & Node, options: ReadOptions = {}): PageReading {
  const steps = readSteps(root, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

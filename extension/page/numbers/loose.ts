import { readCellAs, readHeader } from '../../../shared/phone/index.ts';
import type { Census } from '../census.ts';
import { labelOfValue } from '../forms/labels.ts';
import { cardsSource, findRepetitions } from '../lists/cards.ts';
import type { ListReading, ListSource } from '../lists/list.ts';
import { readList } from '../lists/read.ts';
import type { LooseNumber } from '../reading.ts';
import { captured, numbersOf } from './found.ts';
import { dialLinks, linkNumber, nameSaid } from './links.ts';
import { elementOf } from './nodes.ts';
import { placeIn, type Run, runAround } from './runs.ts';
import { lineOf } from './text.ts';
import { isOffLimits, textNodes } from './walk.ts';

const longLine = 200;

/** Numbers outside tables and forms. Repetition among them makes lists; the rest stands alone, read strictly. */

export function* looseNumbers(
  root: ParentNode & Node,
  { links: dialling, named }: Census,
  owned: Set<Element>,
  region: string,
  lists: ListReading[],
  taken: Set<string>,
): Generator<undefined, LooseNumber[]> {
  const runs: Run[] = [];
  const seen = new Set<Text>();
  const nothing = new Set<Element>();
  const all = function* (): Generator<Text | null> {
    yield* textNodes(root, owned);
    // A row of details below its record is no row of the list; what stands in it is running text.
    for (const { source } of [...lists])
      for (const cell of source.details?.() ?? []) yield* textNodes(cell, nothing);
  };
  for (const node of all()) {
    yield undefined;
    if (!node || seen.has(node) || !node.parentElement || isOffLimits(node.parentElement)) continue;
    const run = runAround(node);
    if (!run) continue;
    for (const piece of run.pieces) seen.add(piece.node);
    // A line that holds no number even by the lenient rules is no part of a list of people either.
    if (
      run.text.length > longLine
        ? readCellAs('text', run.text, region).length
        : readCellAs('cell', run.text, region).length
    )
      runs.push(run);
  }
  const links = [...dialling, ...named].filter((link) => !isIn(link, owned));
  const free = runs.map((run) => run.element).filter((element) => !isIn(element, owned));
  const kept = yield* listsAmong([...free, ...links], owned, region, lists, taken);
  const numbers: LooseNumber[] = [];
  for (const run of runs) {
    if (isInRow(run.element, kept)) continue;
    numbers.push(...readRun(run, region));
    yield undefined;
  }
  for (const link of links) {
    if (isInRow(link, kept)) continue;
    const number = numberOfLink(link, numbers, region);
    if (number) numbers.push(number);
  }
  return numbers;
}

/** Repeated siblings that turn out to have a phone column; their elements are owned from then on. */
function* listsAmong(
  candidates: Element[],
  owned: Set<Element>,
  region: string,
  lists: ListReading[],
  taken: Set<string>,
): Generator<undefined, ListSource[]> {
  const kept: ListSource[] = [];
  if (candidates.length < 2) return kept;
  for (const repetition of findRepetitions(candidates)) {
    if (isInRow(repetition.container, kept)) continue;
    const source = cardsSource(repetition);
    if (!source) continue;
    const list = readList(source, region, taken);
    yield undefined;
    if (!list?.people) continue;
    lists.push(list);
    taken.add(list.id);
    kept.push(source);
    owned.add(source.root);
  }
  return kept;
}

/** Around its rows the root of a list of cards may hold anything, even the rest of the page. */
const isInRow = (element: Element, lists: readonly ListSource[]): boolean =>
  lists.some((list) => list.root.contains(element) && list.rowAt(element) !== null);

/** Reads one run: a labelled value as a cell of the column that its label names, everything else strictly. */
export function readRun(run: Run, region: string): LooseNumber[] {
  const link = run.element.closest(dialLinks) ?? run.pieces[0]?.node.parentElement?.closest(dialLinks);
  const whole = /^[\s\d+()./–-]{7,40}/.test(run.text);
  const says = link
    ? 'phone'
    : whole
      ? readHeader(labelOfValue(run.pieces[0]?.node.parentElement ?? run.element)).says
      : 'neutral';
  if (says === 'decoy') return [];
  // "Nr klienta" is a number of something: only what shows by itself is a phone's.
  const read = says === 'phone' ? 'cell' : says === 'doubt' ? 'sure' : 'text';
  const placed = readCellAs(read, run.text, region).filter(
    ({ start, end }) => !isCalledOtherwise(run.text, start, end),
  );
  return placed.flatMap((number) => {
    const places = placeIn(run, number.start, number.end);
    const first = places[0];
    const [one] = captured(run.text, [number]);
    if (!first || !one) return [];
    return [{ number: one, places, element: elementOf(first.node) ?? run.element }];
  });
}

/** A number that fills its line, under a line that calls it something else: `Nr zamówienia`, `575029481`. */
function isCalledOtherwise(text: string, start: number, end: number): boolean {
  const from = text.lastIndexOf('\n', start) + 1;
  const line = text.slice(from, text.indexOf('\n', end) < 0 ? undefined : text.indexOf('\n', end));
  if (from === 0 || line.trim().length > end - start + 2) return false;
  const above = text.slice(text.lastIndexOf('\n', from - 2) + 1, from - 1);
  return above.trim().length < 60 && readHeader(above).says === 'decoy';
}

/** A link that dials counts only where no text beside it shows the number already. */
export function looseAt(link: Element, region: string): LooseNumber | null {
  return numberOfLink(link, [], region);
}

function numberOfLink(link: Element, known: readonly LooseNumber[], region: string): LooseNumber | null {
  const text = lineOf(link);
  if (numbersOf(text, 'cell', region).length > 0) return null;
  const dials = link.matches(dialLinks);
  // A name says what the text does not, where that is a sign: on all else it is a hint for people with a mouse.
  if (!dials && (text.length > 10 || /[\s\d]/.test(text))) return null;
  const [number] = dials
    ? numbersOf(linkNumber(link), 'cell', region)
    : numbersOf(nameSaid(link), 'text', region);
  if (!number || (!dials && known.some((other) => other.number.e164 === number.e164))) return null;
  const around = link.parentElement?.parentElement ?? link.parentElement ?? link;
  if (
    known.some(
      (other) =>
        other.number.e164 === number.e164 && (link.contains(other.element) || around.contains(other.element)),
    )
  )
    return null;
  return { number, places: [], element: link };
}

function isIn(element: Element, owned: ReadonlySet<Element>): boolean {
  for (let at: Element | null = element; at && owned.size > 0; at = at.parentElement)
    if (owned.has(at)) return true;
  return false;
}

import type { CapturedNumber } from '../../bridge/capture.ts';
import type { LooseNumber } from '../reading.ts';
import { isSilent } from './text.ts';

/** Where numbers stand in the text of the page, for what is drawn over and under them. */

export interface Place {
  node: Text;
  start: number;
  end: number;
}

/** The places of numbers in a cell, each where its characters stand in one text node. */
export function placesIn(cell: Element, numbers: readonly CapturedNumber[]): Place[] {
  const places: Place[] = [];
  const walker = cell.ownerDocument.createTreeWalker(cell, 4);
  const left = new Set(numbers.map((number) => number.shown).filter((shown) => shown !== ''));
  for (
    let node = walker.nextNode() as Text | null;
    node && left.size > 0;
    node = walker.nextNode() as Text | null
  ) {
    // The text of a list to choose from is drawn by the browser, elsewhere.
    if (node.parentElement && isSilent(node.parentElement)) continue;
    for (const shown of left) {
      const start = node.data.indexOf(shown);
      if (start < 0) continue;
      places.push({ node, start, end: start + shown.length });
      left.delete(shown);
    }
  }
  return places;
}

/** A range over a place; null when the text has changed since. */
export function rangeOf(place: Place): Range | null {
  if (!place.node.isConnected || place.end > place.node.data.length) return null;
  const range = place.node.ownerDocument.createRange();
  range.setStart(place.node, place.start);
  range.setEnd(place.node, place.end);
  return range;
}

/** Does the text still show this number where it was found? */
export const stillShows = (number: LooseNumber): boolean =>
  number.places.length > 0 &&
  number.places
    .map(({ node, start, end }) => node.data.slice(start, end))
    .join('')
    .trim() === number.number.shown.replace(/\n/g, '');

import type { Capture, CapturedNumber } from '../../../extension/bridge/capture.ts';
import { captureField, captureLoose } from '../../../extension/page/capture.ts';
import type { ListReading } from '../../../extension/page/lists/list.ts';
import { peopleOf } from '../../../extension/page/lists/person.ts';
import { readListCell } from '../../../extension/page/lists/read.ts';
import { placesIn, rangeOf } from '../../../extension/page/numbers/places.ts';
import { oneLine } from '../../../extension/page/numbers/text.ts';
import { renewed } from '../../../extension/page/pointed.ts';
import type { Reader } from '../../../extension/page/reader.ts';
import type { Entry } from '../entry.ts';
import { isFrameVisible, isVisible } from './visible.ts';

/** What the composer would get if a user clicked on every number that the reader found, one after the other. */

/** An entry before it is known which page it stands on. */
export type Found = Omit<Entry, 'url'>;

export function entriesOf(reader: Reader, region: string): Found[] {
  return [
    ...reader.lists().flatMap((list) => inList(list, region)),
    ...reader.fields().flatMap(({ control }) => inField(control, region)),
    ...looseOnes(reader, region),
  ].filter(({ shown }) => shown !== '');
}

/** The page itself has no frame to name. */
function frameOf(element: Element): string {
  const view = element.ownerDocument.defaultView;
  return view === null || view === view.top ? '' : view.location.href;
}

const seen = (element: Element): boolean =>
  isFrameVisible(element.ownerDocument.defaultView) && isVisible(element);

function inList(list: ListReading, region: string): Found[] {
  const found: Found[] = [];
  const people = peopleOf(list, region);
  if (!isFrameVisible(list.source.root.ownerDocument.defaultView)) return found;
  for (const row of list.source.rows()) {
    const cells = list.source.cells(row);
    for (const column of list.columns) {
      const cell = cells[column.index];
      const numbers = cell && column.read !== 'none' ? readListCell(cell, column, region) : [];
      if (!cell || numbers.length === 0 || !isVisible(cell)) continue;
      const here = numbers.filter((number) => isNumberVisible(cell, number)).map(({ e164 }) => e164);
      const person = people.person(row, cell);
      for (const { e164, kind, shown } of person.numbers.filter((number) => here.includes(number.e164)))
        found.push({
          frame: frameOf(cell),
          e164,
          kind,
          name: person.name,
          shown: oneLine(shown),
          where: 'list',
          list: list.id,
          row: person.row,
          fields: person.fields,
        });
    }
  }
  return found;
}

/** A number whose text is in several nodes or in an input is seen where its cell is. */
function isNumberVisible(cell: Element, number: CapturedNumber): boolean {
  const places = placesIn(cell, [number]);
  return (
    places.length === 0 ||
    places.some((place) => isVisible(place.node.parentElement ?? cell, rangeOf(place) ?? undefined))
  );
}

function inField(control: Element, region: string): Found[] {
  const capture = seen(control) ? captureField(control.ownerDocument, control, region) : null;
  return capture ? single(capture, control) : [];
}

function looseOnes(reader: Reader, region: string): Found[] {
  return reader.numbers().flatMap((known) => {
    const now = renewed(known, region);
    if (!now || !seen(now.element)) return [];
    const [place] = now.places;
    const range = place ? rangeOf(place) : null;
    if (range && !isVisible(place?.node.parentElement ?? now.element, range)) return [];
    return single(captureLoose(now.element.ownerDocument, now), now.element);
  });
}

function single({ where, people }: Capture, element: Element): Found[] {
  return people.flatMap(({ name, fields, numbers }) =>
    numbers.map(({ e164, kind, shown }) => ({
      frame: frameOf(element),
      e164,
      kind,
      name,
      shown: oneLine(shown),
      where: where === 'form' ? ('form' as const) : ('text' as const),
      list: '',
      row: '',
      fields,
    })),
  );
}

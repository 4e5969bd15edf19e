import type { Capture } from '../../bridge/capture.ts';
import { captureField, captureLoose, captureRow, captureRows } from '../capture.ts';
import { renewList } from '../lists/find.ts';
import type { ListReading } from '../lists/list.ts';
import { lineOf } from '../numbers/text.ts';
import { type Pointed, pointedAt } from '../pointed.ts';
import type { Reader } from '../reader.ts';
import type { Selection } from '../selection/selection.ts';

interface CapturingOptions {
  document: Document;
  reader: Reader;
  selection: Selection;
  region: string;
}

/** Turns a click on a mark into a capture, from what the page shows at that moment. */
export function createCapturing({ document, reader, selection, region }: CapturingOptions) {
  function captureOf(at: Pointed): Capture | null {
    if (!at.element.isConnected) return null;
    if (at.kind === 'field') return captureField(document, at.element, region);
    // Cells are recycled: who stands here now is asked now.
    const now = pointedAt(reader, at.element, region);
    if (!now) return null;
    if (now.kind === 'field') return captureField(document, now.element, region);
    if (now.kind === 'loose')
      return captureLoose(document, now.element, now.loose.number, lineOf(now.element));
    const list = renewList(now.list, region);
    const still = at.numbers[0]?.e164;
    return captureRow(
      document,
      list,
      selection.reader(list),
      now.row,
      now.element,
      now.numbers.some((number) => number.e164 === still) ? still : undefined,
    );
  }

  function captureTicked(list: ListReading): Capture | null {
    const now = renewList(list, region);
    const people = selection.people(now);
    return people.length > 0 ? captureRows(document, now, people, selection.reader(now).fields) : null;
  }

  return { captureOf, captureTicked };
}

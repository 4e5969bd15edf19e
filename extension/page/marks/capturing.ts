import type { Capture } from '../../bridge/capture.ts';
import { captureField, captureLoose, captureRow, captureRows } from '../capture.ts';
import { renewList } from '../lists/find.ts';
import type { ListReading } from '../lists/list.ts';
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
    if (now.kind === 'loose') return captureLoose(document, now.loose);
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

  /** Everybody who is chosen on the site; the rows of `list`, where it is in the page, are read at this moment. */
  function captureChosen(list: ListReading | null): Capture | null {
    const now = list && renewList(list, region);
    const here = now ? selection.people(now) : [];
    const rest = [...selection.all()].filter(([id]) => id !== now?.id);
    const people = rest.flatMap(([id, chosen]) =>
      // Rows of different lists may be called the same.
      [...chosen.people.values()].map((person) => ({ ...person, row: `${id}/${person.row}` })),
    );
    if (here.length + people.length === 0) return null;
    const fields = now && here.length > 0 ? selection.reader(now).fields : [];
    const columns = [...new Set([...fields, ...rest.flatMap(([, chosen]) => chosen.fields)])];
    return captureRows(document, now, [...here, ...people], columns);
  }

  return { captureOf, captureChosen };
}

import { readText } from '../../shared/phone/index.ts';
import type { Capture, CapturedNumber, CapturedPerson } from '../bridge/capture.ts';
import { fullNumber } from './forms/dial-code.ts';
import { isPhoneField } from './forms/fields.ts';
import { labelOfControl, labelOfValue } from './forms/labels.ts';
import { recordOf } from './forms/record.ts';
import type { ListReading } from './lists/list.ts';
import { nameNear } from './lists/nearby.ts';
import { nameAfter, nameBefore, nameNextTo, type PeopleReader } from './lists/person.ts';
import { totalOf } from './lists/total.ts';
import { bestFirst, captured, numbersOf } from './numbers/found.ts';
import { inColumn } from './numbers/heading.ts';
import { oneLine, textOf } from './numbers/text.ts';
import type { LooseNumber } from './reading.ts';

/** What the composer gets: people, read from the page in the moment of the user's act. */

/** 128 random bits. `crypto.randomUUID` is not there on plain http, where many an office application lives. */
const freshId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** What stands after ? and # may hold secrets, and the composer has no use for them. */
export function pageOf({ location, title }: Document): Capture['page'] {
  const url = location.origin === 'null' ? location.href : location.origin + location.pathname;
  return { url: url.slice(0, 2000), title: title.slice(0, 200) };
}

function capture(document: Document, rest: Pick<Capture, 'where' | 'people'> & Partial<Capture>): Capture {
  return {
    id: freshId(),
    takenAt: Date.now(),
    page: pageOf(document),
    list: null,
    columns: [...new Set(rest.people.flatMap((person) => Object.keys(person.fields)))],
    collected: null,
    ...rest,
  };
}

export function captureRows(
  document: Document,
  list: ListReading | null,
  people: CapturedPerson[],
  fields: string[],
): Capture {
  return capture(document, {
    where: 'list',
    list: list?.id ?? null,
    people,
    columns: fields,
    collected: { rows: people.length, total: list ? totalOf(list) : null },
  });
}

/** One row. @param at the cell pointed at @param first the number pointed at, in E.164 */
export function captureRow(
  document: Document,
  list: ListReading,
  reader: PeopleReader,
  row: Element,
  at?: Element,
  first?: string,
): Capture {
  const person = reader.person(row, at);
  return captureRows(
    document,
    list,
    [{ ...person, numbers: pointedFirst(person.numbers, first), ...(at ? { pointed: true } : {}) }],
    reader.fields,
  );
}

const pointedFirst = (numbers: CapturedNumber[], first: string | undefined): CapturedNumber[] =>
  first ? [...numbers].sort((a, b) => Number(b.e164 === first) - Number(a.e164 === first)) : numbers;

/** A number in running text or beside a label, with the record it stands in. */
export function captureLoose(document: Document, { element, number, places }: LooseNumber): Capture {
  const record = recordOf(element);
  const text = textOf(element);
  const before = text.slice(0, Math.max(0, text.indexOf(number.shown)));
  const named =
    record.name ||
    nameBefore(text.slice(before.lastIndexOf('\n') + 1)) ||
    nameNextTo(before) ||
    nameAfter(text.slice(before.length + number.shown.length)) ||
    nameNear(places[0]?.node ?? element);
  return capture(document, {
    where: Object.keys(record.fields).length > 0 ? 'form' : 'text',
    people: [
      { ...record, name: named, shown: number.shown, numbers: inColumn([number], labelOfValue(element)) },
    ],
  });
}

/** The number in an input, with the country that its widget says. Null when it holds none. */
export function captureField(document: Document, control: Element, region: string): Capture | null {
  const shown = fullNumber(control);
  const read = numbersOf(shown, isPhoneField(control) ? 'cell' : 'sure', region);
  const numbers = bestFirst(inColumn(read, labelOfControl(control)));
  if (numbers.length === 0) return null;
  return capture(document, { where: 'form', people: [{ ...recordOf(control), shown, numbers }] });
}

/** Every number in the text that the user marked: the user says that it is one, so the lenient rules read it. */
export function captureSelection(
  document: Document,
  text: string,
  around: Element | null,
  region: string,
): Capture | null {
  const lenient = numbersOf(text, 'cell', region);
  const numbers = text.length > 200 ? captured(text, readText(text, region)) : lenient;
  if (numbers.length === 0) return null;
  const record = around ? recordOf(around) : { row: 'selection', name: '', fields: {} };
  const name = numbers.length === 1 ? record.name || nameBefore(text) : '';
  const label = around ? labelOfValue(around) : '';
  const people =
    numbers.length === 1
      ? [{ ...record, name, shown: oneLine(text).slice(0, 300), numbers: inColumn(numbers, label) }]
      : numbers.map((number, at) => ({
          row: `selection=${at}`,
          name: '',
          shown: number.shown,
          numbers: [number],
          fields: {},
        }));
  return capture(document, { where: 'selection', people });
}

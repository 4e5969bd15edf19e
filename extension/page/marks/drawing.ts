import type { MessageState } from '../../../shared/api/messages.ts';
import type { RowState } from '../../bridge/messages.ts';
import { numbersInField } from '../forms/field-number.ts';
import type { ListReading } from '../lists/list.ts';
import type { PeopleReader } from '../lists/person.ts';
import { readListCell } from '../lists/read.ts';
import { placesIn, rangeOf } from '../numbers/places.ts';
import { isShown } from '../numbers/text.ts';
import type { Reader } from '../reader.ts';
import type { Selection } from '../selection/selection.ts';
import { move } from './button.ts';
import { type Host, icon, make, type Shape } from './host.ts';
import { type Box, boxOf, isEmpty, meet, rowsBetween, seenBox, viewport } from './place.ts';
import { createPool } from './pool.ts';
import type { MarkTexts } from './texts.ts';

/** Draws what stands beside rows and fields in view. Everything is measured first and written after. */

export interface Drawing {
  /** Boxes, states and field buttons where they belong now. @returns whether there are any, or may be after the page has moved */
  draw(
    lists: readonly ListReading[],
    inView: (element: Element) => boolean,
    hovered: { list: string; row: Element } | null,
  ): boolean;
  /** What a control of ours stands for. */
  rowOf(control: Element): { list: ListReading; row: Element } | null;
  fieldOf(control: Element): Element | null;
  /** States of messages sent from a list, by row; from the next drawing on. */
  showStates(list: string, states: readonly RowState[]): void;
  clear(): void;
}

const boxSize = 18;
const looks: Record<MessageState, [Shape, string]> = {
  queued: ['clock', ''],
  sending: ['clock', ''],
  accepted: ['tick', ''],
  delivered: ['tick', 'good'],
  undelivered: ['alert', 'bad'],
  expired: ['alert', 'bad'],
  rejected: ['alert', 'bad'],
  cancelled: ['cross', ''],
  unknown: ['alert', ''],
};

interface BoxMark {
  left: number;
  top: number;
  on: boolean;
  name: string;
  list: ListReading;
  row: Element;
}

export function createDrawing(
  host: Host,
  layer: HTMLElement,
  texts: MarkTexts,
  reader: Reader,
  selection: Selection,
  region: string,
): Drawing {
  const boxes = createPool(layer, () => {
    const box = make('button', 'at box', icon('tick'));
    box.setAttribute('role', 'checkbox');
    return box;
  });
  const dots = createPool(layer, () => {
    const dot = make('span', 'at state');
    dot.setAttribute('role', 'img');
    return dot;
  });
  const buttons = createPool(layer, () => make('button', 'at field', icon('bubble')));
  const rows = new WeakMap<Element, { list: ListReading; row: Element }>();
  const controls = new WeakMap<Element, Element>();
  const states = new Map<string, Map<string, MessageState>>();

  function boxesOf(list: ListReading, people: PeopleReader, hovered: Element | null): BoxMark[] {
    const chosen = selection.of(list);
    const all = chosen.own.size > 0;
    // Where the page has boxes ours show only who was collected.
    if (!all && (chosen.theirs || !hovered)) return [];
    if (list.source.count() < 2) return [];
    const seen = seenBox(list.source.root);
    const marks: BoxMark[] = [];
    for (const row of all ? rowsBetween(list.source, seen.top, seen.bottom) : hovered ? [hovered] : []) {
      if (!isShown(row)) continue;
      const place = boxOf(row);
      const tall = place.bottom - place.top > 72;
      const middle = tall ? place.top + 18 : (place.top + place.bottom) / 2;
      if (middle < seen.top || middle > seen.bottom) continue;
      // In the margin beside the row where there is one, so that nothing of the row is covered.
      const left = place.left >= boxSize + 8 ? place.left - boxSize - 6 : Math.max(place.left, 0) + 4;
      const person = people.person(row);
      const on = chosen.own.has(person.row);
      marks.push({ left, top: middle - boxSize / 2, on, name: person.name || person.shown, list, row });
    }
    return marks;
  }

  function dotsOf(
    list: ListReading,
    people: PeopleReader,
  ): { left: number; top: number; state: MessageState }[] {
    const known = states.get(list.id);
    if (!known || known.size === 0) return [];
    const seen = seenBox(list.source.root);
    const column = list.columns.filter((each) => each.phone).sort((a, b) => b.score - a.score)[0];
    const marks: { left: number; top: number; state: MessageState }[] = [];
    for (const row of rowsBetween(list.source, seen.top, seen.bottom)) {
      const state = known.get(people.key(row));
      const cell = column ? list.source.cells(row)[column.index] : undefined;
      if (!state || !cell || !isShown(cell)) continue;
      const around = boxOf(cell);
      const [place] = column ? placesIn(cell, readListCell(cell, column, region)) : [];
      const range = place ? rangeOf(place) : null;
      const text = range ? boxOf(range) : around;
      const top = (text.top + text.bottom - boxSize) / 2;
      if (top + boxSize / 2 < seen.top || top + boxSize / 2 > seen.bottom) continue;
      marks.push({ left: Math.min(text.right + 6, Math.max(around.right - boxSize, text.left)), top, state });
    }
    return marks;
  }

  return {
    showStates(list, news) {
      const known = states.get(list) ?? new Map<string, MessageState>();
      for (const { row, state } of news) known.set(row, state);
      states.set(list, known);
    },
    rowOf: (control) => rows.get(control) ?? null,
    fieldOf: (control) => controls.get(control) ?? null,
    clear() {
      for (const pool of [boxes, dots, buttons]) {
        pool.begin();
        pool.end();
      }
    },

    draw(lists, inView, hovered) {
      const boxMarks: BoxMark[] = [];
      const dotMarks: { left: number; top: number; state: MessageState }[] = [];
      for (const list of lists) {
        if (!inView(list.source.root)) continue;
        const people = selection.reader(list);
        boxMarks.push(...boxesOf(list, people, hovered?.list === list.id ? hovered.row : null));
        dotMarks.push(...dotsOf(list, people));
      }
      const fieldMarks: { at: Box; control: Element; name: string }[] = [];
      const fields = reader.fields().filter((field) => field.filled);
      for (const { control, label } of fields) {
        if (!inView(control) || !isShown(control)) continue;
        const numbers = numbersInField(control, region);
        if (numbers.length === 0) continue;
        const seen = meet(boxOf(control), seenBox(control.parentElement ?? control));
        if (!isEmpty(meet(seen, viewport())) && seen.bottom - seen.top > 14)
          fieldMarks.push({
            at: seen,
            control,
            name: texts.smsTo([label, numbers[0]?.shown].filter(Boolean).join(', ')),
          });
      }
      if (boxMarks.length + dotMarks.length + fieldMarks.length > 0) host.attach();

      boxes.begin();
      for (const mark of boxMarks) {
        const box = boxes.take();
        rows.set(box, mark);
        box.setAttribute('aria-checked', String(mark.on));
        box.setAttribute('aria-label', texts.tickRow(mark.name));
        move(box, mark.left, mark.top);
      }
      boxes.end();
      dots.begin();
      for (const mark of dotMarks) {
        const dot = dots.take();
        const [shape, look] = looks[mark.state];
        if (dot.dataset.state !== mark.state) {
          dot.dataset.state = mark.state;
          dot.className = `at state ${look}`;
          dot.title = texts.state[mark.state];
          dot.setAttribute('aria-label', texts.state[mark.state]);
          dot.replaceChildren(icon(shape));
        }
        move(dot, mark.left, mark.top);
      }
      dots.end();
      buttons.begin();
      for (const { at, control, name } of fieldMarks) {
        const button = buttons.take();
        controls.set(button, control);
        button.setAttribute('aria-label', name);
        button.title = name;
        const inside = at.right - at.left >= 110;
        move(button, inside ? at.right - 28 : at.right + 4, (at.top + at.bottom - 24) / 2);
      }
      buttons.end();
      return fields.length > 0 || states.size > 0 || boxMarks.length > 0;
    },
  };
}

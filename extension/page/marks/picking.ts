import type { ListPlace } from '../../../shared/sites/lists.ts';
import { nameOfColumn, placeOfList } from '../lists/chosen.ts';
import type { ListReading } from '../lists/list.ts';
import type { Reader } from '../reader.ts';
import { move } from './button.ts';
import { type Host, make } from './host.ts';
import { type Box, boxOf, isEmpty, meet, rowsBetween, seenBox, union, viewport } from './place.ts';
import type { MarkTexts } from './texts.ts';

/** Pointing at a column that was read wrongly: while it lasts, clicks and a few keys are ours and not the page's. */

export type PickRole = 'phone' | 'name';

export interface Picked {
  role: PickRole;
  place: ListPlace;
  column: string;
}

export interface Picking {
  cancel: HTMLButtonElement;
  /** @param save resolves with whether it was kept */
  start(role: PickRole, save: (picked: Picked) => Promise<boolean>): void;
  stop(): void;
}

interface Target {
  list: ListReading;
  row: Element;
  index: number;
}

const swallowed = 'pointerdown pointerup mousedown mouseup click dblclick auxclick contextmenu'.split(' ');
/** How long the outcome is shown (ms). */
const shownFor = 2500;

export function createPicking(
  host: Host,
  layer: HTMLElement,
  texts: MarkTexts['pick'],
  reader: Reader,
  signal: AbortSignal,
): Picking {
  const frame = make('div', 'at pick');
  const said = make('span', '');
  const cancel = make('button', 'clear', texts.cancel);
  const hint = make('div', 'at bar hint', said, cancel);
  said.setAttribute('role', 'status');
  frame.hidden = hint.hidden = true;
  layer.append(frame, hint);

  let ending: AbortController | null = null;
  let closing: ReturnType<typeof setTimeout> | null = null;
  let target: Target | null = null;
  signal.addEventListener('abort', () => stop());

  function say(text: string): void {
    host.attach();
    said.textContent = text;
    hint.hidden = false;
    move(hint, Math.max(14, (viewport().right - hint.offsetWidth) / 2), 14);
  }

  function stop(): void {
    ending?.abort();
    ending = null;
    target = null;
    if (closing !== null) clearTimeout(closing);
    frame.hidden = hint.hidden = true;
  }

  function aim(next: Target | null): void {
    target = next;
    const box = next && boxOfColumn(next);
    frame.hidden = !box;
    if (!box) return;
    move(frame, box.left - 2, box.top - 2);
    frame.style.width = `${box.right - box.left + 4}px`;
    frame.style.height = `${box.bottom - box.top + 4}px`;
  }

  function at(event: PointerEvent): Target | null {
    const node = event.composedPath()[0];
    if (!(node instanceof Node) || node === host.element) return null;
    const list = reader.listAt(node);
    const row = list && (list.source.rowAt(node) ?? list.source.sample(1)[0]);
    if (!list || !row) return null;
    const cells = list.source.cells(row);
    const inside = cells.findIndex((cell) => cell?.contains(node));
    // A heading stands over its cells.
    const index =
      inside >= 0
        ? inside
        : cells.findIndex((cell) => {
            const box = cell && boxOf(cell);
            return box && event.clientX >= box.left && event.clientX <= box.right;
          });
    return index < 0 ? null : { list, row, index };
  }

  /** Without a pointer: the arrows walk along the columns of the list at hand. */
  function walk(step: number): void {
    const list = target?.list ?? reader.lists()[0];
    const row = target?.row ?? list?.source.sample(1)[0];
    if (!list || !row) return;
    const count = list.columns.length;
    aim({ list, row, index: ((target?.index ?? (step > 0 ? -1 : count)) + step + count) % count });
    const column = list.columns[target?.index ?? 0];
    if (column) say(nameOfColumn(column));
  }

  return {
    cancel,
    stop,
    start(role, save) {
      stop();
      const now = new AbortController();
      ending = now;
      cancel.hidden = false;
      say(role === 'phone' ? texts.phone : texts.name);

      function pick(): void {
        const chosen = target?.list.columns[target.index];
        if (!target || !chosen) return;
        const column = nameOfColumn(chosen);
        const { list } = target;
        now.abort();
        save({ role, place: placeOfList(list), column }).then(
          (isKept) => end(isKept ? texts.saved(column) : texts.failed),
          () => end(texts.failed),
        );
      }
      function end(text: string): void {
        if (ending !== now) return;
        cancel.hidden = true;
        say(text);
        closing = setTimeout(stop, shownFor);
      }

      const ours = { capture: true, signal: now.signal };
      addEventListener('pointermove', (event) => aim(at(event)), ours);
      addEventListener('scroll', () => aim(target), ours);
      for (const type of swallowed) {
        addEventListener(
          type,
          (event) => {
            // Our own controls are heard elsewhere; what a page fakes is no choice.
            if (event.target === host.element) return;
            event.preventDefault();
            event.stopImmediatePropagation();
            if (type !== 'click' || !event.isTrusted) return;
            // A list that came a moment ago, and was not read yet when the pointer came over it.
            if (target === null) {
              reader.reread();
              aim(at(event as PointerEvent));
            }
            pick();
          },
          ours,
        );
      }
      addEventListener(
        'keydown',
        (event) => {
          if (!event.isTrusted || !/^(?:Escape|Enter|Arrow(?:Left|Right))$/.test(event.key)) return;
          event.preventDefault();
          event.stopImmediatePropagation();
          if (event.key === 'Escape') stop();
          else if (event.key === 'Enter') pick();
          else walk(event.key === 'ArrowLeft' ? -1 : 1);
        },
        ours,
      );
    },
  };
}

/** What of a column is in view; of cards, the cell of the one that is pointed at. */
function boxOfColumn({ list, row, index }: Target): Box | null {
  const seen = seenBox(list.source.root);
  const rows = list.source.kind === 'cards' ? [row] : rowsBetween(list.source, seen.top, seen.bottom);
  const boxes = rows.slice(0, 200).map((one) => list.source.cells(one)[index]);
  const box = union(boxes.filter((cell) => cell !== undefined).map((cell) => boxOf(cell)));
  const shown = box && meet(box, seen);
  return shown && !isEmpty(shown) ? shown : null;
}

import type { Aim } from '../acting.ts';
import type { ListReading } from '../lists/list.ts';
import { type Pointed, phoneOfRow, pointedAt } from '../pointed.ts';
import type { Reader } from '../reader.ts';
import type { Selection } from '../selection/selection.ts';
import { describe, numberBox } from './anchor.ts';
import { createNumberButton } from './button.ts';
import type { Host } from './host.ts';
import { boxOf, isEmpty, meet, viewport, within } from './place.ts';
import type { MarkTexts } from './texts.ts';

/** What the pointer or the focus is at, and the button that stands there for it. */
export interface Pointing {
  button: HTMLButtonElement;
  /** The pointer or the focus came somewhere. */
  onAim(aim: Aim): void;
  onMove(event: PointerEvent): void;
  /** The button got or lost the focus. */
  onFocus(): void;
  onBlur(): void;
  /** Nothing is pointed at any more. */
  forget(): void;
  /** Puts the button where the number is now. */
  place(): void;
  at(): Pointed | null;
  row(): { list: ListReading; row: Element } | null;
  hide(): void;
}

interface PointingOptions {
  host: Host;
  layer: HTMLElement;
  texts: MarkTexts;
  reader: Reader;
  selection: Selection;
  region: string;
  refresh(): void;
  signal: AbortSignal;
}

/** How long the button waits for a pointer on its way to it (ms). */
const grace = 350;

export function createPointing(options: PointingOptions): Pointing {
  const { host, layer, texts, reader, selection, region, refresh, signal } = options;
  const button = createNumberButton(host, layer, texts);
  let pointed: Pointed | null = null;
  let byKeyboard = false;
  let hovered: { list: ListReading; row: Element } | null = null;
  let pointer = { x: 0, y: 0 };
  let leaving: ReturnType<typeof setTimeout> | null = null;

  function stay(): void {
    if (leaving !== null) clearTimeout(leaving);
    leaving = null;
  }

  function point(next: Pointed | null, keyboard: boolean): void {
    if (next) {
      stay();
      pointed = next;
      byKeyboard = keyboard;
      anchor(next);
    } else if (pointed && leaving === null) {
      leaving = setTimeout(() => {
        leaving = null;
        if (host.shadow.activeElement === button.element) return;
        pointed = null;
        button.hide();
      }, grace);
    }
  }

  function anchor(at: Pointed): void {
    // An input has a button of its own.
    const box = at.kind === 'field' || !at.element.isConnected ? null : numberBox(at);
    if (!box || isEmpty(meet(box, viewport()))) button.hide();
    else button.show(box, describe(at, selection));
  }

  function onPointer({ target, clientX, clientY }: Aim): void {
    if (target === host.element) {
      stay();
      return;
    }
    if (reader.off) return;
    pointer = { x: clientX, y: clientY };
    const at = pointedAt(reader, target, region, { clientX, clientY });
    hover(target);
    point(at, false);
  }

  function hover(target: Node): void {
    const next = rowAt(target);
    // Our boxes stand beside the row: the way to them leaves it.
    if (next?.row === hovered?.row || (!next && hovered && button.shown() === null && nearBox(hovered.row)))
      return;
    hovered = next;
    refresh();
  }

  function rowAt(target: Node): { list: ListReading; row: Element } | null {
    const list = reader.listAt(target);
    const row = list?.people ? list.source.rowAt(target) : null;
    return list && row ? { list, row } : null;
  }

  const nearBox = (row: Element): boolean => row.isConnected && within(boxOf(row), pointer.x, pointer.y, 32);

  function onFocused({ target }: Aim): void {
    if (target === host.element) return;
    const at = rowAt(target);
    if (at) hovered = at;
    if (!(target as Element).matches?.(':focus-visible')) return;
    const focused = pointedAt(reader, target, region) ?? (at ? phoneOfRow(at.list, at.row, region) : null);
    point(focused, focused !== null);
    if (at) refresh();
  }

  signal.addEventListener('abort', stay);
  return {
    button: button.element,
    onAim(aim) {
      if (aim.type.startsWith('pointer')) onPointer(aim);
      else if (aim.type === 'focusin') onFocused(aim);
    },
    onMove(event) {
      pointer = { x: event.clientX, y: event.clientY };
    },
    onFocus: stay,
    onBlur: () => {
      if (pointed && byKeyboard) point(null, false);
    },
    forget() {
      pointed = null;
      button.hide();
    },
    place: () => {
      if (pointed) anchor(pointed);
    },
    at: () => (pointed?.element.isConnected ? pointed : null),
    row: () => (hovered?.row.isConnected ? hovered : null),
    hide: () => button.hide(),
  };
}

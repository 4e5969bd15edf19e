import type { Capture } from '../../bridge/capture.ts';
import type { Aim } from '../acting.ts';
import { captureField } from '../capture.ts';
import type { ListReading } from '../lists/list.ts';
import { type Pointed, phoneOfRow, pointedAt } from '../pointed.ts';
import type { Reader } from '../reader.ts';
import { describe, numberBox } from './anchor.ts';
import { barState, createBar } from './bar.ts';
import { createNumberButton } from './button.ts';
import { createCapturing } from './capturing.ts';
import type { Marks, MarksOptions } from './contract.ts';
import { createDrawing } from './drawing.ts';
import { createHost, make } from './host.ts';
import { createListening } from './listening.ts';
import { createPicking } from './picking.ts';
import { boxOf, isEmpty, meet, seenBox, viewport, within } from './place.ts';
import { shield } from './shield.ts';
import { watchTicks } from './ticking.ts';

/** Shows on the page what the reader found, and turns real clicks on it into captures. The only part that touches the page. */

/** How long the button waits for a pointer on its way to it (ms). */
const grace = 350;
/** Ticks are looked at at this pace, and slower when that costs more than a frame has to spare (ms). */
const pace = { quick: 60, slow: 400, dear: 1 };

export function createMarks(options: MarksOptions, reader: Reader): Marks {
  const { document, selection, region, texts, signal } = options;
  const host = createHost(document);
  const layer = make('div', 'all');
  host.shadow.append(layer);
  const button = createNumberButton(host, layer, texts);
  const bar = createBar(host, layer, texts);
  const picking = createPicking(host, layer, texts.pick, reader, signal);
  const drawing = createDrawing(host, layer, texts, reader, selection, region);

  let pointed: Pointed | null = null;
  let byKeyboard = false;
  let hovered: { list: ListReading; row: Element } | null = null;
  let active: string | null = null;
  let problem: string | null = null;
  let leaving: ReturnType<typeof setTimeout> | null = null;
  let frame = 0;
  let later: ReturnType<typeof setTimeout> | null = null;
  let staleTicks = true;
  let lookedAt = 0;
  let wait = pace.quick;

  const peopleLists = (): ListReading[] => reader.lists().filter((list) => list.people);

  const lookAtTicks = watchTicks(reader, () => refresh('ticks'), signal);

  function refresh(what?: 'ticks'): void {
    if (signal.aborted) return;
    if (what === 'ticks') staleTicks = true;
    if (frame === 0) frame = requestAnimationFrame(paint);
  }

  function paint(): void {
    frame = 0;
    if (reader.off) {
      hideAll();
      return;
    }
    const started = performance.now();
    if (staleTicks && started - lookedAt < wait) {
      // Too soon: once more when it is time, and only the cheap part now.
      later ??= setTimeout(() => {
        later = null;
        refresh();
      }, wait);
    } else if (staleTicks) {
      lookAtTicks();
      for (const list of peopleLists()) follow(list);
      staleTicks = false;
      lookedAt = performance.now();
      wait = lookedAt - started > pace.dear ? pace.slow : pace.quick;
    }
    place();
  }

  /** A list whose ticks changed is the one that the bar speaks of. */
  function follow(list: ListReading): void {
    const before = selection.of(list).people.size;
    const after = selection.update(list).people.size;
    if (after !== before && after > 0) active = list.id;
  }

  /** Puts everything where it belongs now: on each scroll, so it does no reading. */
  function place(): void {
    const lists = peopleLists();
    drawing.draw(
      lists,
      (element) => options.inView.has(element),
      hovered ? { list: hovered.list.id, row: hovered.row } : null,
    );
    const list =
      lists.find((each) => each.id === active && selection.of(each).people.size > 0) ??
      lists.find((each) => selection.of(each).people.size > 0);
    const chosen = list ? selection.of(list) : null;
    if (!list || !chosen) bar.hide();
    else bar.show(seenBox(list.source.root), barState(list, chosen, problem));
    if (pointed) anchor(pointed);
  }

  function hideAll(): void {
    for (const shown of [button, bar]) shown.hide();
    drawing.clear();
  }

  // ---- what is pointed at ------------------------------------------------------------------------------------

  function point(next: Pointed | null, keyboard: boolean): void {
    if (next) {
      if (leaving !== null) clearTimeout(leaving);
      leaving = null;
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

  /** The innermost node of an event, as an open shadow root shows it. */
  function aimOf(event: Event): Aim | null {
    const target = event.composedPath()[0] ?? event.target;
    const { type, clientX, clientY } = event as PointerEvent;
    return target && 'nodeType' in target ? { type, target: target as Node, clientX, clientY } : null;
  }

  function onPointer({ target, clientX, clientY }: Aim): void {
    if (target === host.element) {
      if (leaving !== null) clearTimeout(leaving);
      leaving = null;
      return;
    }
    if (reader.off) return;
    pointer = { x: clientX, y: clientY };
    const at = pointedAt(reader, target, region, { clientX, clientY });
    hover(target);
    point(at, false);
  }

  function hover(target: Node): void {
    const list = reader.listAt(target);
    const row = list?.people ? list.source.rowAt(target) : null;
    const next = list && row ? { list, row } : null;
    // Our boxes stand beside the row: the way to them leaves it.
    if (next?.row === hovered?.row || (!next && hovered && button.shown() === null && nearBox(hovered.row)))
      return;
    hovered = next;
    refresh();
  }

  let pointer = { x: 0, y: 0 };
  const nearBox = (row: Element): boolean => row.isConnected && within(boxOf(row), pointer.x, pointer.y, 32);

  function onFocus({ target }: Aim): void {
    if (target === host.element) return;
    const element = target as Element;
    const list = reader.listAt(target);
    const row = list?.people ? list.source.rowAt(target) : null;
    if (list && row) hovered = { list, row };
    if (!element.matches?.(':focus-visible')) return;
    const at = pointedAt(reader, target, region) ?? (list && row ? phoneOfRow(list, row, region) : null);
    point(at, at !== null);
    if (list && row) refresh();
  }

  // ---- clicks ------------------------------------------------------------------------------------------------

  const { captureOf, captureTicked } = createCapturing({ document, reader, selection, region });

  function send(capture: Capture | null): void {
    if (!capture) return;
    options.open(capture).then(
      () => {
        problem = null;
      },
      () => {
        problem = texts.reload;
        refresh();
      },
    );
  }

  shield(
    host.element,
    host.shadow,
    {
      onClick(control) {
        const shown =
          peopleLists().find((list) => list.id === active) ??
          peopleLists().find((list) => selection.of(list).people.size > 0);
        const row = drawing.rowOf(control);
        const field = drawing.fieldOf(control);
        if (control === picking.cancel) picking.stop();
        else if (control === button.element) send(pointed ? captureOf(pointed) : null);
        else if (control === bar.send) send(shown ? captureTicked(shown) : null);
        else if (control === bar.clear && shown) {
          selection.clear(shown);
          refresh();
        } else if (row) {
          selection.tick(row.list, row.row, control.getAttribute('aria-checked') !== 'true');
          active = row.list.id;
          refresh();
        } else if (field) send(captureField(document, field, region));
      },
      onEscape() {
        picking.stop();
        (host.shadow.activeElement as HTMLElement | null)?.blur();
        pointed = null;
        button.hide();
      },
      onFocus: () => {
        if (leaving !== null) clearTimeout(leaving);
        leaving = null;
      },
      onBlur: () => {
        if (pointed && byKeyboard) point(null, false);
      },
    },
    signal,
  );

  const listen = createListening({
    host: host.element,
    refresh,
    onPointer: (event) => onAim(aimOf(event)),
    onMove: (event) => {
      pointer = { x: event.clientX, y: event.clientY };
    },
    onFocus: (event) => onAim(aimOf(event)),
    signal,
  });

  function onAim(aim: Aim | null): void {
    if (aim?.type.startsWith('pointer')) onPointer(aim);
    else if (aim?.type === 'focusin') onFocus(aim);
  }

  signal.addEventListener('abort', () => {
    cancelAnimationFrame(frame);
    for (const timer of [leaving, later]) if (timer !== null) clearTimeout(timer);
    drawing.clear();
    host.remove();
  });

  return {
    element: host.element,
    refresh,
    listen,
    onAim,
    captureOf,
    captureTicked,
    pick: picking.start,
    pointed: () => (pointed?.element.isConnected ? pointed : null),
    list: () => peopleLists().find((list) => list.id === active) ?? hovered?.list ?? null,
    row: () => (hovered?.row.isConnected ? hovered : null),
    showRowStates(list, states) {
      drawing.showStates(list, states);
      refresh();
    },
  };
}

import type { Capture } from '../../bridge/capture.ts';
import type { Aim } from '../acting.ts';
import { captureField } from '../capture.ts';
import type { ListReading } from '../lists/list.ts';
import type { Reader } from '../reader.ts';
import { createCapturing } from './capturing.ts';
import { createChoice } from './choice.ts';
import type { Marks, MarksOptions } from './contract.ts';
import { createDrawing } from './drawing.ts';
import { createHost, make } from './host.ts';
import { createListening } from './listening.ts';
import { createPicking } from './picking.ts';
import { createPointing } from './pointing.ts';
import { shield } from './shield.ts';
import { watchTicks } from './ticking.ts';

/** Shows on the page what the reader found, and turns real clicks on it into captures. The only part that touches the page. */

/** Ticks are looked at at this pace, and slower when that costs more than a frame has to spare (ms). */
const pace = { quick: 60, slow: 400, dear: 1 };

export function createMarks(options: MarksOptions, reader: Reader): Marks {
  const { document, selection, region, texts, signal } = options;
  const host = createHost(document);
  const layer = make('div', 'all');
  host.shadow.append(layer);
  const capturing = createCapturing({ document, reader, selection, region });
  const pointing = createPointing({ host, layer, texts, reader, selection, region, refresh, signal });
  const choice = createChoice({
    host,
    layer,
    texts,
    reader,
    selection,
    capture: capturing.captureChosen,
    send,
    refresh,
    signal,
  });
  const picking = createPicking(host, layer, texts.pick, reader, signal);
  const drawing = createDrawing(host, layer, texts, reader, selection, region);

  let problem: string | null = null;
  let frame = 0;
  let later: ReturnType<typeof setTimeout> | null = null;
  let staleTicks = true;
  /** Something of ours is shown that has to follow the page. */
  let shows = false;
  let lookedAt = 0;
  let wait = pace.quick;

  const peopleLists = (): ListReading[] => reader.lists().filter((list) => list.people);
  const lookAtTicks = watchTicks(reader, () => refresh('ticks'), signal);

  function refresh(what?: 'ticks' | 'moved'): void {
    if (signal.aborted) return;
    if (what === 'ticks') staleTicks = true;
    // A frame of ours costs a page that moves a layout, even where there is nothing to draw in it.
    if (what === 'moved' && !shows && !staleTicks && !reader.off) return;
    if (frame === 0) frame = requestAnimationFrame(paint);
  }

  function paint(): void {
    frame = 0;
    if (reader.off) {
      pointing.hide();
      choice.hide();
      drawing.clear();
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
      for (const list of peopleLists()) choice.follow(list);
      options.onChosen();
      staleTicks = false;
      lookedAt = performance.now();
      wait = lookedAt - started > pace.dear ? pace.slow : pace.quick;
    }
    place();
  }

  /** Puts everything where it belongs now: on each scroll, so it does no reading. */
  function place(): void {
    const hovered = pointing.row();
    const draws = drawing.draw(
      peopleLists(),
      (element) => options.inView.has(element),
      hovered ? { list: hovered.list.id, row: hovered.row } : null,
    );
    const tells = choice.place(problem);
    pointing.place();
    shows = draws || tells || pointing.at() !== null;
  }

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

  function onClick(control: HTMLElement): void {
    if (choice.click(control)) return;
    const row = drawing.rowOf(control);
    const field = drawing.fieldOf(control);
    const pointed = pointing.at();
    if (control === picking.cancel) picking.stop();
    else if (control === pointing.button) send(pointed ? capturing.captureOf(pointed) : null);
    else if (row) {
      selection.tick(row.list, row.row, control.getAttribute('aria-checked') !== 'true');
      choice.turnTo(row.list);
      refresh('ticks');
    } else if (field) send(captureField(document, field, region));
  }

  shield(
    host.element,
    host.shadow,
    {
      onClick,
      onEscape() {
        picking.stop();
        if (choice.escape()) return;
        (host.shadow.activeElement as HTMLElement | null)?.blur();
        pointing.forget();
      },
      onFocus: pointing.onFocus,
      onBlur: pointing.onBlur,
    },
    signal,
  );

  /** The innermost node of an event, as an open shadow root shows it. */
  function onEvent(event: Event): void {
    const target = event.composedPath()[0] ?? event.target;
    const { type, clientX, clientY } = event as PointerEvent;
    if (target && 'nodeType' in target) pointing.onAim({ type, target: target as Node, clientX, clientY });
  }

  const listen = createListening({
    host: host.element,
    refresh,
    onPointer: onEvent,
    onMove: pointing.onMove,
    onFocus: onEvent,
    signal,
  });

  signal.addEventListener('abort', () => {
    cancelAnimationFrame(frame);
    if (later !== null) clearTimeout(later);
    drawing.clear();
    host.remove();
  });

  return {
    element: host.element,
    isTakenOut: () => host.lost() > 5,
    refresh,
    listen,
    onAim: (aim: Aim) => pointing.onAim(aim),
    captureOf: capturing.captureOf,
    captureTicked: capturing.captureChosen,
    pick: picking.start,
    pointed: pointing.at,
    list: () => choice.list() ?? pointing.row()?.list ?? null,
    row: pointing.row,
    showRowStates(list, states) {
      drawing.showStates(list, states);
      refresh();
    },
    say(text) {
      problem = text;
      refresh();
    },
  };
}

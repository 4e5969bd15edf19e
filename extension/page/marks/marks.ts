import type { Capture } from '../../bridge/capture.ts';
import type { RowState } from '../../bridge/messages.ts';
import { captureField, captureLoose, captureRow, captureRows } from '../capture.ts';
import { renewList } from '../lists/find.ts';
import type { ListReading } from '../lists/list.ts';
import { placesIn, rangeOf } from '../numbers/places.ts';
import { lineOf } from '../numbers/text.ts';
import { type Pointed, phoneOfRow, pointedAt } from '../pointed.ts';
import type { Reader } from '../reader.ts';
import type { Selection } from '../selection/selection.ts';
import { createBar } from './bar.ts';
import { createNumberButton } from './button.ts';
import { createDrawing } from './drawing.ts';
import { createHost, make } from './host.ts';
import { type Box, boxOf, isEmpty, meet, seenBox, viewport, within } from './place.ts';
import { shield } from './shield.ts';
import type { MarkTexts } from './texts.ts';

/** Shows on the page what the reader found, and turns real clicks on it into captures. The only part that touches the page. */

export interface MarksOptions {
  document: Document;
  reader: Reader;
  selection: Selection;
  region: string;
  texts: MarkTexts;
  /** Opens the composer; rejects when the extension is gone. */
  open(capture: Capture): Promise<void>;
  signal: AbortSignal;
}

export interface Marks {
  element: HTMLElement;
  /** Something changed: draw again in the next frame. */
  refresh(what?: 'text' | 'ticks'): void;
  /** Listens in a tree of the page. */
  listen(root: Document | ShadowRoot): void;
  pointed(): Pointed | null;
  list(): ListReading | null;
  row(): { list: ListReading; row: Element } | null;
  showRowStates(list: string, states: readonly RowState[]): void;
  captureOf(pointed: Pointed): Capture | null;
  captureTicked(list: ListReading): Capture | null;
}

/** How long the button waits for a pointer on its way to it (ms). */
const grace = 350;
/** Underlines follow changes at this pace, and slower when drawing them costs more than a frame has to spare (ms). */
const pace = { quick: 60, slow: 400, dear: 1 };

/** @param reader is made after the marks, which it tells of changes */
export function createMarks(options: Omit<MarksOptions, 'reader'>, readerOf: () => Reader): Marks {
  const { document, selection, region, texts, signal } = options;
  const host = createHost(document);
  const layer = make('div', 'all');
  host.shadow.append(layer);
  const button = createNumberButton(host, layer, texts);
  const bar = createBar(host, layer, texts);
  let drawing: ReturnType<typeof createDrawing> | null = null;
  const draw = (): ReturnType<typeof createDrawing> =>
    (drawing ??= createDrawing(host, layer, texts, readerOf(), selection, region));

  let pointed: Pointed | null = null;
  let byKeyboard = false;
  let hovered: { list: ListReading; row: Element } | null = null;
  let active: string | null = null;
  let problem: string | null = null;
  let leaving: ReturnType<typeof setTimeout> | null = null;
  let frame = 0;
  let later: ReturnType<typeof setTimeout> | null = null;
  let staleText = true;
  let staleTicks = true;
  let underlinedAt = 0;
  let wait = pace.quick;

  const inView = new Set<Element>();
  const watched = new Set<Element>();
  const eyes = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting) inView.add(entry.target);
        else inView.delete(entry.target);
      }
      refresh('text');
    },
    { rootMargin: '50%' },
  );
  const ticking = new MutationObserver((records) => {
    if (records.some(({ target }) => isRowOrBox(target as Element))) refresh('ticks');
  });

  function isRowOrBox(element: Element): boolean {
    if (element.getAttribute('role') === 'checkbox') return true;
    const list = readerOf().listAt(element);
    const row = list?.source.rowAt(element);
    return (
      list !== null &&
      list !== undefined &&
      row !== null &&
      row !== undefined &&
      (row === element || list.source.parts(row).includes(element) || element.parentElement === row)
    );
  }

  /** Keeps an eye on exactly the lists, fields and numbers that are known now. */
  function look(): void {
    const reader = readerOf();
    const now = new Set<Element>([
      ...reader.lists().map((list) => list.source.root),
      ...reader.fields().map((field) => field.control),
      ...reader.numbers().map((number) => number.element),
    ]);
    for (const element of watched) {
      if (now.has(element)) continue;
      watched.delete(element);
      inView.delete(element);
      eyes.unobserve(element);
    }
    for (const element of now) {
      if (watched.has(element)) continue;
      watched.add(element);
      eyes.observe(element);
    }
    ticking.disconnect();
    for (const list of peopleLists())
      ticking.observe(list.source.root, {
        subtree: true,
        attributes: true,
        attributeFilter: ['aria-selected', 'aria-checked', 'class'],
      });
  }

  const peopleLists = (): ListReading[] =>
    readerOf()
      .lists()
      .filter((list) => list.people);

  function refresh(what?: 'text' | 'ticks'): void {
    if (signal.aborted) return;
    if (what === 'text') staleText = true;
    if (what === 'ticks') staleTicks = true;
    if (frame === 0) frame = requestAnimationFrame(paint);
  }

  function paint(): void {
    frame = 0;
    const reader = readerOf();
    if (reader.off) {
      hideAll();
      return;
    }
    const started = performance.now();
    if ((staleText || staleTicks) && started - underlinedAt < wait) {
      // Too soon: once more when it is time, and only the cheap part now.
      later ??= setTimeout(() => {
        later = null;
        refresh();
      }, wait);
    } else if (staleText || staleTicks) {
      look();
      const lists = peopleLists();
      if (staleTicks) for (const list of lists) follow(list);
      if (staleText) draw().underline(reader.lists(), (element) => inView.has(element));
      staleText = false;
      staleTicks = false;
      underlinedAt = performance.now();
      wait = underlinedAt - started > pace.dear ? pace.slow : pace.quick;
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
    draw().draw(
      lists,
      (element) => inView.has(element),
      hovered ? { list: hovered.list.id, row: hovered.row } : null,
    );
    const list =
      lists.find((each) => each.id === active && selection.of(each).people.size > 0) ??
      lists.find((each) => selection.of(each).people.size > 0);
    const chosen = list ? selection.of(list) : null;
    if (!list || !chosen) bar.hide();
    else {
      const people = [...chosen.people.values()];
      bar.show(seenBox(list.source.root), {
        ticked: people.length,
        elsewhere: people.length - chosen.here.size,
        withoutNumber: people.filter((person) => person.numbers.length === 0).length,
        total: list.total !== null && list.total > list.source.count() ? list.total : null,
        problem,
      });
    }
    if (pointed) anchor(pointed);
  }

  function hideAll(): void {
    drawing?.clear();
    button.hide();
    bar.hide();
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
    else button.show(box, describe(at));
  }

  function numberBox(at: Pointed): Box {
    const places = at.kind === 'loose' ? at.loose.places : placesIn(at.element, at.numbers);
    const range = places[0] ? rangeOf(places[0]) : null;
    const whole = seenBox(at.element);
    const box = range
      ? meet(boxOf(range), { ...whole, top: whole.top - 4, bottom: whole.bottom + 4 })
      : whole;
    return isEmpty(box) ? whole : box;
  }

  function describe(at: Pointed): string {
    const shown = at.numbers[0]?.shown ?? '';
    if (at.kind !== 'cell') return shown;
    const { name } = selection.reader(at.list).person(at.row, at.element);
    return name ? `${name}, ${shown}` : shown;
  }

  const deepest = (event: Event): Node | null =>
    (event.composedPath()[0] as Node | undefined) ?? (event.target as Node | null);

  function onPointer(event: Event): void {
    const target = deepest(event);
    if (!target || target === host.element) {
      if (leaving !== null) clearTimeout(leaving);
      leaving = null;
      return;
    }
    if (!('nodeType' in target) || readerOf().off) return;
    const at = pointedAt(readerOf(), target, region, event as PointerEvent);
    hover(target);
    point(at, false);
  }

  function hover(target: Node): void {
    const list = readerOf().listAt(target);
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

  function onFocus(event: Event): void {
    const target = deepest(event);
    if (!target || target === host.element || !('nodeType' in target)) return;
    const element = target as Element;
    const list = readerOf().listAt(target);
    const row = list?.people ? list.source.rowAt(target) : null;
    if (list && row) hovered = { list, row };
    if (!element.matches?.(':focus-visible')) return;
    const at = pointedAt(readerOf(), target, region) ?? (list && row ? phoneOfRow(list, row, region) : null);
    point(at, at !== null);
    if (list && row) refresh();
  }

  // ---- clicks ------------------------------------------------------------------------------------------------

  function captureOf(at: Pointed): Capture | null {
    if (!at.element.isConnected) return null;
    if (at.kind === 'field') return captureField(document, at.element, region);
    // Cells are recycled: who stands here now is asked now.
    const now = pointedAt(readerOf(), at.element, region);
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
        const row = draw().rowOf(control);
        const field = draw().fieldOf(control);
        if (control === button.element) send(pointed ? captureOf(pointed) : null);
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

  /** The page may tick in answer to a click, now or after it has asked its server. */
  let settling: ReturnType<typeof setTimeout> | null = null;
  function onAct(): void {
    refresh('ticks');
    if (settling !== null) clearTimeout(settling);
    settling = setTimeout(() => {
      settling = null;
      refresh('ticks');
    }, 250);
  }

  let scrolled: ReturnType<typeof setTimeout> | null = null;
  function onScroll(): void {
    refresh();
    if (scrolled !== null) clearTimeout(scrolled);
    scrolled = setTimeout(() => {
      scrolled = null;
      refresh('text');
    }, 120);
  }

  const listen = (root: Document | ShadowRoot): void => {
    const passive = { capture: true, passive: true, signal };
    const own = (act: (event: Event) => void) => (event: Event) => {
      if (event.target !== host.element) act(event);
    };
    if (root.nodeType === 9) {
      root.addEventListener('pointerover', onPointer, passive);
      root.addEventListener(
        'pointermove',
        (event) => (pointer = { x: (event as PointerEvent).clientX, y: (event as PointerEvent).clientY }),
        passive,
      );
      root.addEventListener('focusin', onFocus, passive);
      root.addEventListener('scroll', onScroll, passive);
      root.addEventListener('click', own(onAct), passive);
      root.addEventListener('keyup', own(onAct), passive);
      (root as Document).defaultView?.addEventListener('resize', () => refresh('text'), {
        passive: true,
        signal,
      });
    }
    root.addEventListener('change', own(onAct), passive);
    root.addEventListener('input', () => refresh(), passive);
  };

  signal.addEventListener('abort', () => {
    eyes.disconnect();
    ticking.disconnect();
    cancelAnimationFrame(frame);
    for (const timer of [leaving, later, settling, scrolled]) if (timer !== null) clearTimeout(timer);
    drawing?.clear();
    host.remove();
  });

  return {
    element: host.element,
    refresh,
    listen,
    captureOf,
    captureTicked,
    pointed: () => (pointed?.element.isConnected ? pointed : null),
    list: () => peopleLists().find((list) => list.id === active) ?? hovered?.list ?? null,
    row: () => (hovered?.row.isConnected ? hovered : null),
    showRowStates(list, states) {
      const known = draw().states.get(list) ?? new Map();
      for (const { row, state } of states) known.set(row, state);
      draw().states.set(list, known);
      refresh();
    },
  };
}

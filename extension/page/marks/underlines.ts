import type { ListReading } from '../lists/list.ts';
import { readListCell } from '../lists/read.ts';
import { type Place, placesIn, stillShows } from '../numbers/places.ts';
import type { Reader } from '../reader.ts';
import { createEyes } from './eyes.ts';
import { createHighlights } from './highlight.ts';
import { rowsBetween, viewport } from './place.ts';

/** Underlines the numbers in and near the window, as the page changes and scrolls. */
export interface Underlines {
  inView: ReadonlySet<Element>;
  /** Something was read again, or stands elsewhere now. */
  refresh(): void;
}

export type MakeUnderlines = typeof createUnderlines;

/** They follow at this pace, and slower when drawing them costs more than a frame has to spare (ms). */
const pace = { quick: 60, slow: 400, dear: 1 };
/** Scrolling is over after so long without more of it (ms). */
const still = 200;

export function createUnderlines(
  view: Window,
  readerOf: () => Reader,
  region: string,
  signal: AbortSignal,
): Underlines {
  const highlights = createHighlights();
  const eyes = createEyes({ readerOf, refresh, signal });
  let frame = 0;
  let later: ReturnType<typeof setTimeout> | null = null;
  let scrolled: ReturnType<typeof setTimeout> | null = null;
  let scrolledAt = 0;
  let drawnAt = 0;
  let wait = pace.quick;

  function refresh(): void {
    // While the page scrolls, every frame is its own; what came into view is underlined when it rests.
    if (signal.aborted || frame !== 0 || later !== null || scrolled !== null) return;
    // A frame that is asked for and not used costs the page as much as one that is.
    const early = drawnAt + wait - performance.now();
    if (early <= 0) frame = requestAnimationFrame(paint);
    else
      later = setTimeout(() => {
        later = null;
        refresh();
      }, early);
  }

  function paint(): void {
    frame = 0;
    const reader = readerOf();
    if (reader.off) {
      highlights.clear();
      return;
    }
    const started = performance.now();
    eyes.look();
    underline(reader);
    drawnAt = performance.now();
    wait = drawnAt - started > pace.dear ? pace.slow : pace.quick;
  }

  function underline(reader: Reader): void {
    const window = viewport();
    const margin = (window.bottom - window.top) / 2;
    const places: Place[] = [];
    for (const list of reader.lists())
      if (eyes.inView.has(list.source.root))
        placesOf(list, window.top - margin, window.bottom + margin, places);
    for (const number of reader.numbers())
      if (eyes.inView.has(number.element) && stillShows(number)) places.push(...number.places);
    highlights.set(places);
  }

  function placesOf(list: ListReading, top: number, bottom: number, places: Place[]): void {
    const columns = list.columns.filter((column) => column.read !== 'none');
    for (const row of rowsBetween(list.source, top, bottom)) {
      const cells = list.source.cells(row);
      for (const column of columns) {
        const cell = cells[column.index];
        const numbers = cell ? readListCell(cell, column, region) : [];
        if (cell && numbers.length > 0) places.push(...placesIn(cell, numbers));
      }
    }
  }

  function rest(): void {
    const left = scrolledAt + still - performance.now();
    scrolled = left > 0 ? setTimeout(rest, left) : null;
    refresh();
  }

  const passive = { capture: true, passive: true, signal };
  view.addEventListener('resize', refresh, passive);
  view.document.addEventListener(
    'scroll',
    () => {
      scrolledAt = performance.now();
      scrolled ??= setTimeout(rest, still);
    },
    passive,
  );
  signal.addEventListener('abort', () => {
    cancelAnimationFrame(frame);
    for (const timer of [later, scrolled]) if (timer !== null) clearTimeout(timer);
    highlights.clear();
  });
  return { inView: eyes.inView, refresh };
}

import type { ListReading, ListSource } from '../lists/list.ts';
import { totalOf } from '../lists/total.ts';
import { isShown } from '../numbers/text.ts';
import type { Reader } from '../reader.ts';
import type { Selection } from '../selection/selection.ts';
import { type Pager, pagerOf } from './pager.ts';
import { scrollerOf, settled } from './scroller.ts';

/**
 * Collects a whole list that draws only some of its rows: scrolls it, or leafs through its pages, from beginning to end
 * and back to where the user was. It goes on only while the user lets it.
 */
export interface Collecting {
  /** What the bar can offer for a list. */
  canCollect(list: ListReading): boolean;
  start(list: ListReading): void;
  stop(): void;
  /** Null: nothing is being collected. */
  progress(): { list: string; rows: number; total: number | null } | null;
}

interface CollectingOptions {
  reader: Reader;
  selection: Selection;
  /** Progress was made, or it has ended. */
  onProgress(): void;
  signal: AbortSignal;
}

/** A step of the scroll, as a part of what is seen: rows at the edge are seen twice rather than never. */
const step = 0.8;
/** More than this is no list that anybody texts (rows). */
const mostRows = 20_000;
const mostPages = 2_000;

export function createCollecting({ reader, selection, onProgress, signal }: CollectingOptions): Collecting {
  let running: { ending: AbortController; list: string; rows: number; total: number | null } | null = null;

  const listNow = (id: string): ListReading | null => reader.lists().find((list) => list.id === id) ?? null;

  async function collect(id: string, stopped: AbortSignal): Promise<void> {
    const list = listNow(id);
    if (!list) return;
    const pager = pagerOf(list.source.root);
    if (!pager) {
      await throughScroll(id, stopped);
      return;
    }
    const back = await toEnd(pager, 'previous', stopped);
    let forth = 0;
    for (; !stopped.aborted; forth += 1) {
      await throughScroll(id, stopped);
      if (stopped.aborted || forth > mostPages || !(await leaf(pager, 'next', stopped))) break;
    }
    for (let page = forth; page > back; page -= 1) if (!(await leaf(pager, 'previous', signal))) break;
  }

  async function toEnd(pager: Pager, way: 'previous' | 'next', stopped: AbortSignal): Promise<number> {
    let pages = 0;
    while (!stopped.aborted && pages < mostPages && (await leaf(pager, way, stopped))) pages += 1;
    return pages;
  }

  /** @returns false when there is no page that way */
  async function leaf(pager: Pager, way: 'previous' | 'next', stopped: AbortSignal): Promise<boolean> {
    const control = pager[way]();
    if (!control) return false;
    const before = pager.shows();
    control.click();
    for (let turn = 0; turn < 50 && !stopped.aborted; turn += 1) {
      await settled(pager.root);
      if (pager.shows() !== before) return true;
    }
    return false;
  }

  async function throughScroll(id: string, stopped: AbortSignal): Promise<void> {
    const first = listNow(id);
    const scroller = first && scrollerOf(first.source);
    if (!scroller) {
      take(id);
      return;
    }
    const before = scroller.scrollTop;
    scroller.scrollTop = 0;
    for (let patience = 0; !stopped.aborted; ) {
      await settled(scroller);
      take(id);
      if (!running || running.rows >= mostRows || !listNow(id)) break;
      const from = scroller.scrollTop;
      scroller.scrollTop = from + Math.max(40, scroller.clientHeight * step);
      // At the end; or more is on its way, and the list will grow.
      patience = scroller.scrollTop > from + 1 ? 0 : patience + 1;
      if (patience > (isWhole() ? 1 : 8)) break;
    }
    scroller.scrollTop = before;
    await settled(scroller);
  }

  const isWhole = (): boolean => running !== null && running.total !== null && running.rows >= running.total;

  function take(id: string): void {
    const list = listNow(id);
    if (!list || !running) return;
    for (const row of list.source.rows()) if (isShown(row)) selection.tick(list, row, true);
    running.rows = selection.of(list).people.size;
    running.total ??= totalOf(list);
    onProgress();
  }

  function stop(): void {
    running?.ending.abort();
  }
  signal.addEventListener('abort', stop);
  // While it runs, Escape means this, whatever else the page does with it.
  addEventListener(
    'keydown',
    (event) => {
      if (!running || event.key !== 'Escape' || !event.isTrusted) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      stop();
    },
    { capture: true, signal },
  );

  return {
    canCollect({ source }) {
      if (pagerOf(source.root) !== null) return true;
      return scrollerOf(source) !== null && drawsPart(source);
    },
    start(list) {
      if (running) return;
      const ending = new AbortController();
      running = { ending, list: list.id, rows: selection.of(list).people.size, total: totalOf(list) };
      onProgress();
      void collect(list.id, ending.signal)
        .catch(() => undefined)
        .then(() => {
          running = null;
          onProgress();
        });
    },
    stop,
    progress: () => running && { list: running.list, rows: running.rows, total: running.total },
  };
}

/** Is there more room for rows than there are rows? Lists that draw only what is in view leave it above and below. */
function drawsPart(source: ListSource): boolean {
  const row = source.sample(1)[0] as HTMLElement | undefined;
  const around = row?.parentElement;
  if (!row || !around) return false;
  return around.offsetHeight > source.count() * Math.max(row.offsetHeight, 4) * 1.3;
}

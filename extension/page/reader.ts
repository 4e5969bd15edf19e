import type { PageSummary } from '../bridge/messages.ts';
import type { FieldReading } from './forms/fields.ts';
import { readsAs } from './lists/find.ts';
import type { ListReading } from './lists/list.ts';
import { rereadRow } from './lists/read.ts';
import { climb } from './numbers/nodes.ts';
import { type LooseNumber, type PageReading, readPage, readSteps } from './reading.ts';
import { frameDocument, innerRoots, optsOut, rootsIn } from './roots.ts';
import { type Changes, watch } from './watch.ts';

/** The reading of a page, kept in step with the page. */

/** A slice of the first read (ms): short enough that no frame waits. */
const slice = 8;
/** Processor time of reading after which a page is left alone (ms). */
const mostTime = 6_000;
/** Scattered changes beyond so many places are one change of the whole. */
const mostPlaces = 40;

type Root = Document | ShadowRoot;

export interface Reader {
  off: PageSummary['off'];
  lists(): ListReading[];
  fields(): FieldReading[];
  numbers(): LooseNumber[];
  summary(ticked: (list: ListReading) => number): PageSummary;
  /** Resolves when the first read is done. */
  ready: Promise<void>;
  /** The list whose root is or holds this node. */
  listAt(node: Node): ListReading | null;
  /** Reads everything again, at once. */
  reread(): void;
}

export interface ReaderOptions {
  document: Document;
  region?: string;
  signal: AbortSignal;
  /** Something that marks depend on changed. */
  onChange?(): void;
  /** A tree came under watch: listeners go there as well. */
  onRoot?(root: Root): void;
  /** What is ours in the page: never read, never counted as a change. */
  ignore?(node: Node): boolean;
}

export function createReader(options: ReaderOptions): Reader {
  const { document, signal } = options;
  const region = options.region ?? 'PL';
  const ignore = options.ignore ?? (() => false);
  const readings = new Map<Root, PageReading>();
  const roots = new Map<Element, ListReading>();
  let spent = 0;

  const reader: Reader = {
    off: optsOut(document) ? 'opted-out' : null,
    lists: () =>
      [...readings.values()]
        .flatMap((reading) => reading.lists)
        .filter((list) => list.source.root.isConnected),
    fields: () =>
      [...readings.values()]
        .flatMap((reading) => reading.fields)
        .filter((field) => field.control.isConnected),
    numbers: () =>
      [...readings.values()]
        .flatMap((reading) => reading.numbers)
        .filter((number) => number.element.isConnected),
    summary: (ticked) => ({
      off: reader.off,
      lists: reader
        .lists()
        .filter((list) => list.people)
        .map((list) => ({
          list: list.id,
          rows: list.source.count(),
          numbers: countNumbers(list),
          ticked: ticked(list),
        })),
      numbers: reader.numbers().length + reader.fields().filter((field) => field.numbers.length > 0).length,
    }),
    ready: Promise.resolve(),
    listAt: (node) => {
      const root = climb(node, (element) => roots.has(element), 100);
      return root ? (roots.get(root) ?? null) : null;
    },
    reread: () => {
      for (const root of rootsIn(document)) adopt(root, readPage(root, { region }));
      options.onChange?.();
    },
  };
  if (reader.off) return reader;

  const watching = watch({
    signal,
    ignore,
    onExhausted: () => degrade(),
    onChanges: (root, changes) => {
      const started = performance.now();
      apply(root, changes);
      spent += performance.now() - started;
      options.onChange?.();
      // Reading that pays for itself over time is fair; only a page that never rests uses this up.
      spent = Math.max(0, spent - 2);
      if (spent > mostTime) degrade();
    },
  });

  const degrade = (): void => {
    reader.off = 'degraded';
    for (const root of readings.keys()) watching.forget(root);
    readings.clear();
    roots.clear();
    options.onChange?.();
  };

  const index = (): void => {
    roots.clear();
    for (const reading of readings.values())
      for (const list of reading.lists) roots.set(list.source.root, list);
  };

  const adopt = (root: Root, reading: PageReading): void => {
    readings.set(root, reading);
    index();
  };

  const follow = (root: Root): void => {
    watching.observe(root);
    options.onRoot?.(root);
  };

  async function first(): Promise<void> {
    await idle();
    const waiting: Root[] = [document];
    const known = new Set<Root>(waiting);
    for (let root = waiting.shift(); root && !signal.aborted; root = waiting.shift()) {
      follow(root);
      const reading = await inSlices(readSteps(root, { region }));
      if (!reading || reader.off) return;
      adopt(root, reading);
      options.onChange?.();
      for (const inner of innerRoots(root)) {
        if (known.has(inner)) continue;
        known.add(inner);
        waiting.push(inner);
      }
      hearFrames(root);
    }
  }

  /** A frame that loads another document is a new tree. */
  const heard = new WeakSet<Element>();
  function hearFrames(root: ParentNode): void {
    for (const frame of root.querySelectorAll('iframe,frame')) {
      if (heard.has(frame)) continue;
      heard.add(frame);
      frame.addEventListener(
        'load',
        () => {
          const inner = frameDocument(frame);
          if (inner?.body && !reader.off) enter(inner);
        },
        { signal },
      );
    }
  }

  function enter(root: Root): void {
    for (const inner of rootsIn(root)) {
      if (readings.has(inner)) continue;
      follow(inner);
      adopt(inner, readPage(inner, { region }));
      hearFrames(inner);
    }
    options.onChange?.();
  }

  async function inSlices(steps: Generator<undefined, PageReading>): Promise<PageReading | null> {
    let until = performance.now() + slice;
    for (;;) {
      const now = performance.now();
      if (now >= until) {
        spent += slice;
        if (spent > mostTime) {
          degrade();
          return null;
        }
        await breathe();
        if (signal.aborted) return null;
        until = performance.now() + slice;
      }
      // A few steps between two looks at the clock.
      for (let step = 0; step < 8; step += 1) {
        const { done, value } = steps.next();
        if (done) return value;
      }
    }
  }

  function apply(root: Root, changes: Changes): void {
    if (root.nodeType === 11 && !(root as ShadowRoot).host.isConnected) {
      readings.delete(root);
      watching.forget(root);
      index();
      return;
    }
    const reading = readings.get(root);
    if (!reading) return;
    const scopes = changes.everything ? null : scopesOf(changes, reading);
    if (scopes === null || scopes.size > mostPlaces) adopt(root, readPage(root, { region }));
    else if (scopes.size > 0) {
      for (const scope of outermost(scopes)) renew(root, reading, scope);
      index();
    }
    for (const element of changes.added) {
      if (!element.isConnected) continue;
      for (const inner of innerRoots(element)) if (!readings.has(inner)) enter(inner);
      hearFrames(element);
    }
  }

  /** Rows of known lists are read at once; what else changed is given back as elements to read again. Null: everything. */
  function scopesOf(changes: Changes, reading: PageReading): Set<Element> | null {
    const scopes = new Set<Element>();
    const dirty = new Map<ListReading, Set<Element>>();
    for (const place of changes.places) {
      if (!place.isConnected) continue;
      const list = reader.listAt(place);
      if (list && readsAs(list.source, place)) {
        const rows = dirty.get(list) ?? new Set<Element>();
        dirty.set(list, rows);
        const row = list.source.rowAt(place);
        if (row) rows.add(row);
        for (const element of changes.added) {
          const added = place.contains(element) ? list.source.rowAt(element) : null;
          if (added) rows.add(added);
        }
        continue;
      }
      if (list) {
        // Headings changed: the columns have to be decided again.
        const around = list.source.root.parentElement;
        if (!around) return null;
        scopes.add(around);
        continue;
      }
      const scope = scopeOf(place);
      if (!scope) return null;
      scopes.add(scope);
      if (scopes.size > mostPlaces) return null;
    }
    for (const [list, rows] of dirty) {
      for (const row of rows) rereadRow(list, row, region);
      list.rows = list.source.count();
      if (list.rows === 0 && !reading.lists.includes(list)) continue;
    }
    return scopes;
  }

  function renew(root: Root, reading: PageReading, scope: Element): void {
    const fresh = readPage(scope, {
      region,
      taken: new Set(
        reading.lists.filter((list) => !scope.contains(list.source.root)).map((list) => list.id),
      ),
    });
    const outside = (element: Element): boolean => element.isConnected && !scope.contains(element);
    reading.lists = [...reading.lists.filter((list) => outside(list.source.root)), ...fresh.lists];
    reading.fields = [...reading.fields.filter((field) => outside(field.control)), ...fresh.fields];
    reading.numbers = [...reading.numbers.filter((number) => outside(number.element)), ...fresh.numbers];
    readings.set(root, reading);
  }

  reader.ready = first();
  return reader;
}

/** A changed place and enough around it that repetition shows: up to four levels, while that stays small. */
function scopeOf(place: Node): Element | null {
  let scope: Element | null = place.nodeType === 1 ? (place as Element) : place.parentElement;
  for (let level = 0; scope && level < 4; level += 1) {
    const parent: Element | null = scope.parentElement;
    if (!parent || /^(?:BODY|HTML|MAIN)$/.test(parent.tagName) || parent.childElementCount > 60) break;
    scope = parent;
  }
  return scope;
}

const outermost = (scopes: ReadonlySet<Element>): Element[] =>
  [...scopes].filter(
    (scope) => scope.isConnected && ![...scopes].some((other) => other !== scope && other.contains(scope)),
  );

function countNumbers(list: ListReading): number {
  let count = 0;
  for (const [cell, numbers] of list.found) {
    if (cell.isConnected) count += numbers.length;
    else list.found.delete(cell);
  }
  return count;
}

interface Scheduling {
  scheduler?: { yield?(): Promise<void> };
}

const breathe = (): Promise<void> =>
  (globalThis as Scheduling).scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));

const idle = (): Promise<void> =>
  new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), { timeout: 500 });
    else setTimeout(resolve);
  });

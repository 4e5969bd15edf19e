import type { PageSummary } from '../bridge/messages.ts';
import { scopesOf } from './changes.ts';
import type { FieldReading } from './forms/fields.ts';
import type { ListReading } from './lists/list.ts';
import { holdsNumbers } from './lists/read.ts';
import { climb } from './numbers/nodes.ts';
import { createPacer } from './pace.ts';
import { type LooseNumber, type PageReading, readPage, readSteps } from './reading.ts';
import { hostsIn, optsOut, treeIn } from './roots.ts';
import { type Changes, watch } from './watch.ts';

/** The reading of a page, kept in step with the page. */

type Root = Document | ShadowRoot;

/** More trees than this are a puzzle, not an application: no reading at a stroke goes into all of them. */
const mostTrees = 200;

export interface Reader {
  off: PageSummary['off'];
  /** Lists that may hold numbers, those of people and others. */
  lists(): ListReading[];
  fields(): FieldReading[];
  numbers(): LooseNumber[];
  /** The trees that are read. */
  roots(): Root[];
  /** Work that leaves the page its time, counted with the reading. */
  run(steps: Generator<undefined, void>): Promise<void>;
  /** Processor time that reading has taken so far (ms). */
  spent(): number;
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
  const readings = new Map<Root, PageReading>();
  const heard = new WeakSet<Element>();
  const pacer = createPacer(signal, () => degrade());
  let roots = new Map<Element, ListReading>();

  const all = <T>(pick: (reading: PageReading) => T[], element: (one: T) => Element): T[] =>
    [...readings.values()].flatMap(pick).filter((one) => element(one).isConnected);

  const reader: Reader = {
    off: optsOut(document) ? 'opted-out' : null,
    lists: () =>
      all(
        (reading) => reading.lists.filter(holdsNumbers),
        (list) => list.source.root,
      ),
    fields: () =>
      all(
        (reading) => reading.fields,
        (field) => field.control,
      ),
    numbers: () =>
      all(
        (reading) => reading.numbers,
        (number) => number.element,
      ),
    roots: () => [...readings.keys()],
    run: pacer.run,
    spent: pacer.spent,
    ready: Promise.resolve(),
    listAt: (node) => {
      const root = climb(node, (element) => roots.has(element), 100);
      return root ? (roots.get(root) ?? null) : null;
    },
    reread: () => {
      const trees: Root[] = [document];
      for (const root of trees) {
        adopt(root, readPage(root, { region }));
        if (trees.length < mostTrees) trees.push(...treesIn(root));
      }
      options.onChange?.();
    },
  };
  if (reader.off) return reader;

  const watching = watch({
    signal,
    ignore: options.ignore ?? (() => false),
    onExhausted: () => degrade(),
    async onChanges(root, changes) {
      const before = pacer.spent();
      await pacer.run(changed(root, changes));
      options.onChange?.();
      return pacer.spent() - before;
    },
  });

  function degrade(): void {
    reader.off = 'degraded';
    for (const root of readings.keys()) watching.forget(root);
    readings.clear();
    roots.clear();
    options.onChange?.();
  }

  function adopt(root: Root, reading: PageReading): void {
    readings.set(root, reading);
    roots = new Map(
      [...readings.values()].flatMap(({ lists }) => lists.map((list) => [list.source.root, list] as const)),
    );
  }

  async function first(): Promise<void> {
    await idle();
    await pacer.run(enter(document));
    // A page that could not be read at all is not a page without numbers.
    if (!readings.has(document) && !signal.aborted && !reader.off) degrade();
    options.onChange?.();
  }

  /** Reads a tree and all trees inside it. */
  function* enter(from: Root): Generator<undefined, void> {
    const waiting: Root[] = [from];
    for (let root = waiting.shift(); root && !reader.off; root = waiting.shift()) {
      if (readings.has(root)) continue;
      watching.observe(root);
      options.onRoot?.(root);
      adopt(root, yield* readSteps(root, { region }));
      options.onChange?.();
      waiting.push(...treesIn(root));
    }
  }

  const treesIn = (scope: ParentNode & Node): Root[] =>
    hostsIn(scope).flatMap((host) => {
      hearFrame(host);
      return treeIn(host) ?? [];
    });

  /** A frame that loads another document is a new tree. */
  function hearFrame(frame: Element): void {
    if (!/^I?FRAME$/.test(frame.tagName) || heard.has(frame)) return;
    heard.add(frame);
    const load = (): void => {
      const inner = treeIn(frame);
      if (inner && !reader.off) void pacer.run(enter(inner)).then(options.onChange);
    };
    frame.addEventListener('load', load, { signal });
  }

  function* changed(root: Root, changes: Changes): Generator<undefined, void> {
    if (root.nodeType === 11 && !(root as ShadowRoot).host.isConnected) {
      readings.delete(root);
      watching.forget(root);
      return;
    }
    if (!readings.has(root)) return;
    const scopes = changes.everything ? null : scopesOf(changes, reader.listAt, performance.now());
    if (scopes === null) adopt(root, yield* readSteps(root, { region }));
    else for (const scope of scopes) yield* renew(root, scope);
    for (const element of changes.added) {
      yield undefined;
      if (element.isConnected) for (const inner of treesIn(element)) yield* enter(inner);
    }
  }

  /** Reads one element of a tree again, and puts what was found in the place of what was known of it. */
  function* renew(root: Root, scope: Element): Generator<undefined, void> {
    const before = readings.get(root);
    if (!before) return;
    const outside = (element: Element): boolean => element.isConnected && !scope.contains(element);
    const lists = before.lists.filter((list) => outside(list.source.root));
    const fresh = yield* readSteps(scope, { region, taken: new Set(lists.map((list) => list.id)) });
    adopt(root, {
      lists: [...lists, ...fresh.lists],
      fields: [...before.fields.filter((field) => outside(field.control)), ...fresh.fields],
      numbers: [...before.numbers.filter((number) => outside(number.element)), ...fresh.numbers],
    });
  }

  reader.ready = first();
  return reader;
}

const idle = (): Promise<void> =>
  new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), { timeout: 500 });
    else setTimeout(resolve);
  });

import type { PageSettings } from '../bridge/messages.ts';
import type { Acts, Aim, MakeActs } from './acting.ts';
import { applyChosenColumns } from './lists/chosen.ts';
import type { MakeUnderlines, Underlines } from './marks/underlines.ts';
import { createReader, type Reader } from './reader.ts';
import { optsOut } from './roots.ts';

/** A page with the reader in it: what the content script is, without the extension around it. */

export interface PageOptions {
  document: Document;
  /** What the organisation has set for the page's site. */
  settings?: PageSettings | null;
  /** People were chosen on other pages of the site: the user is to see them here. */
  hasBasket?: boolean;
  /** Brings the part that acts: most pages that are read are never acted on, and go without it. */
  loadActs(): Promise<MakeActs>;
  /** Brings the part that underlines numbers: a page without any goes without it. */
  loadUnderlines(): Promise<MakeUnderlines>;
  /** Heard since the script came: the user may be quicker than its settings. */
  firstActs?: FirstActs;
  signal: AbortSignal;
}

export interface Page {
  ready: Promise<void>;
  reader: Reader;
  /** What the user may do here; null where the page asked to be left alone. Rejects when the extension is gone. */
  acts(): Promise<Acts | null>;
  /** ISO 3166 region of numbers without a prefix. */
  region: string;
}

/** What a user does first on a page, whichever way they work. */
const kindsOfActs = ['pointerover', 'pointerdown', 'focusin', 'keydown', 'change'];

/** What the user did before there was anything to act with. */
export interface FirstActs {
  /** Where they acted last. */
  latest: Aim | null;
  /** Told of each. */
  tell: () => void;
}

/** Listens to a page from now on. */
export function hearFirstActs(document: Document, signal: AbortSignal): FirstActs {
  const acts: FirstActs = { latest: null, tell: () => {} };
  const hear = (event: Event): void => {
    const [target] = event.composedPath();
    if (!target || !('nodeType' in target)) return;
    const { type, clientX, clientY } = event as PointerEvent;
    acts.latest = { type, target: target as Node, clientX, clientY };
    acts.tell();
  };
  for (const type of kindsOfActs)
    document.addEventListener(type, hear, { capture: true, passive: true, signal });
  return acts;
}

export function createPage({
  document,
  settings,
  hasBasket,
  loadActs,
  loadUnderlines,
  signal,
  firstActs = hearFirstActs(document, signal),
}: PageOptions): Page {
  const region = settings?.region ?? 'PL';
  const choose = (lists: PageSettings['lists']): void =>
    applyChosenColumns(lists, () => document.location?.pathname ?? '/');
  choose(settings?.lists ?? []);

  let acts: Acts | null = null;
  let coming: Promise<Acts | null> | null = null;
  const isOff = optsOut(document);
  const view = document.defaultView;
  let underlines: Underlines | null = null;
  let drawing: Promise<Underlines | null> | null = null;
  const reader: Reader = createReader({
    document,
    region,
    signal,
    ignore: (node) => node === acts?.element,
    onChange: () => {
      if (underlines) underlines.refresh();
      else if (hasAny()) draw().catch(() => undefined);
      acts?.onChange();
      // Fields have a button of their own from the beginning; and the user may be quicker than we are.
      if (!acts && (firstActs.latest ? hasAny() : reader.fields().some((field) => field.filled))) bring();
    },
    onRoot(root) {
      if (acts) acts.listen(root);
      else if (root.nodeType === 9 && root !== document) {
        const inFrame = hearFirstActs(root as Document, signal);
        inFrame.tell = () => {
          firstActs.latest = inFrame.latest;
          firstActs.tell();
        };
      }
    },
  });

  const hasAny = (): boolean =>
    reader.lists().length > 0 || reader.numbers().length > 0 || reader.fields().length > 0;

  firstActs.tell = () => {
    if (!acts && hasAny()) bring();
  };

  function draw(): Promise<Underlines | null> {
    drawing ??= loadUnderlines().then((make) => {
      underlines = signal.aborted || !view ? null : make(view, () => reader, region, signal);
      underlines?.refresh();
      return underlines;
    });
    return drawing;
  }

  function bring(): Promise<Acts | null> {
    if (isOff) return Promise.resolve(null);
    coming ??= Promise.all([loadActs(), draw()]).then(([makeActs, drawn]) => {
      if (signal.aborted) return null;
      const inView = drawn?.inView ?? new Set<Element>();
      acts = makeActs({ document, region, reader, inView, signal, choose });
      for (const root of reader.roots()) acts.listen(root);
      acts.onChange();
      const { latest } = firstActs;
      if (latest?.target.isConnected) acts.onAim(latest);
      return acts;
    });
    // Nobody waits for what a pointer brings: without the extension the page is a page like any other.
    coming.catch(() => undefined);
    return coming;
  }

  if (hasBasket) bring();
  return {
    ready: reader.ready,
    region,
    reader,
    acts: () => bring(),
  };
}

/** Hears what changes in a page, and says so in batches that leave the page its time. */

/** More records than this in one batch are not looked at one by one: the whole tree is read again. */
const mostRecords = 2_000;
/** The shortest and longest pause between two batches (ms). */
const shortest = 40;
const longest = 2_000;
/** Reading may take this share of the time: a batch of 4 ms is followed by a pause of 40 ms. */
const share = 10;
/** When batches have come at the longest pause for so many times in a row, the page is left alone. */
const patience = 30;
/** Scrolling is over after so long without more of it (ms). */
const still = 200;

export interface Changes {
  /** Where text, values or children changed. */
  places: Set<Node>;
  /** Elements that came. */
  added: Set<Element>;
  /** Too much to say: everything under the root. */
  everything: boolean;
}

export interface WatchOptions {
  /** Reads what changed; the processor time it took (ms) decides the next pause. */
  onChanges(root: Document | ShadowRoot, changes: Changes): Promise<number>;
  /** The page never rests: watching has stopped. */
  onExhausted(): void;
  /** An element that is ours. */
  ignore(node: Node): boolean;
  signal: AbortSignal;
}

export interface Watch {
  observe(root: Document | ShadowRoot): void;
  forget(root: Document | ShadowRoot): void;
}

export function watch(options: WatchOptions): Watch {
  const observers = new Map<Document | ShadowRoot, MutationObserver>();
  const pending = new Map<Document | ShadowRoot, Changes>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let pause = shortest;
  let restless = 0;
  let quietSince = 0;
  let busy = false;
  let scrolled = Number.NEGATIVE_INFINITY;
  let due = 0;

  const wait = (): void => {
    if (timer !== null) return;
    timer = setTimeout(flush, pause);
    due = performance.now() + longest;
  };

  const collect = (root: Document | ShadowRoot, records: MutationRecord[]): void => {
    const changes = pending.get(root) ?? { places: new Set(), added: new Set(), everything: false };
    if (records.length + changes.places.size > mostRecords) changes.everything = true;
    if (!changes.everything) {
      for (const record of records) {
        if (options.ignore(record.target)) continue;
        if (record.type === 'childList' && onlyOurs(record, options.ignore)) continue;
        changes.places.add(record.target);
        for (const node of record.addedNodes) if (node.nodeType === 1) changes.added.add(node as Element);
      }
      if (changes.places.size === 0) return;
    }
    pending.set(root, changes);
    if (!busy) wait();
  };

  const flush = async (): Promise<void> => {
    const started = performance.now();
    // While the page scrolls every frame is its own: a grid that draws what is in view is read when it rests.
    if (started < Math.min(scrolled + still, due)) {
      timer = setTimeout(flush, still);
      return;
    }
    timer = null;
    busy = true;
    const batch = [...pending];
    pending.clear();
    let took = 0;
    for (const [root, changes] of batch) took += await options.onChanges(root, changes);
    busy = false;
    if (options.signal.aborted) return;
    pause = Math.min(longest, Math.max(shortest, took * share));
    // A page that keeps us at the longest pause without a rest in between is not to be followed.
    restless = pause === longest && started - quietSince < longest * 3 ? restless + 1 : 0;
    quietSince = performance.now();
    if (restless > patience) {
      stop();
      options.onExhausted();
    } else if (pending.size > 0) wait();
  };

  const onScroll = (): void => {
    scrolled = performance.now();
  };

  const stop = (): void => {
    for (const observer of observers.values()) observer.disconnect();
    observers.clear();
    pending.clear();
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  options.signal.addEventListener('abort', stop, { once: true });

  return {
    observe(root) {
      if (observers.has(root) || options.signal.aborted) return;
      const observer = new MutationObserver((records) => collect(root, records));
      observer.observe(root, { childList: true, subtree: true, characterData: true });
      observers.set(root, observer);
      root.addEventListener('scroll', onScroll, { capture: true, passive: true, signal: options.signal });
    },
    forget(root) {
      observers.get(root)?.disconnect();
      observers.delete(root);
      pending.delete(root);
    },
  };
}

function onlyOurs(record: MutationRecord, ignore: (node: Node) => boolean): boolean {
  for (const node of record.addedNodes) if (!ignore(node)) return false;
  for (const node of record.removedNodes) if (!ignore(node)) return false;
  return true;
}

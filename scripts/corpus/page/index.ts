import { createReader, type Reader } from '../../../extension/page/reader.ts';
import { entriesOf, type Found } from './entries.ts';
import { isVisible } from './visible.ts';

export { isVisible };

/** The reader in a page, in a world of its own as a content script has it; `window.nadpis` there. */

let reader: Reader | null = null;
let region = 'PL';
let lastChange = performance.now();

/** How things stand in the page and its frames of the same origin. */
export interface Pulse {
  /** Milliseconds since something was added or written. */
  quiet: number;
  /** The page has been read at least once. */
  ready: boolean;
  /** Something with a number in it has been found. */
  found: boolean;
  /** The page says that it is still at work. */
  busy: boolean;
}

export interface Reading {
  entries: Found[];
  /** How long the whole page took to read (ms). */
  ms: number;
  off: Reader['off'];
}

/** @returns false where the page around reads this frame: it is of the same origin */
export function start(ofRegion: string): boolean {
  if (window.frameElement !== null) return false;
  if (reader !== null) return true;
  region = ofRegion;
  reader = createReader({
    document,
    region,
    signal: new AbortController().signal,
    onRoot(root) {
      new MutationObserver(() => {
        lastChange = performance.now();
      }).observe(root, { childList: true, subtree: true, characterData: true });
    },
  });
  reader.ready.then(() => {
    isReady = true;
  });
  return true;
}
let isReady = false;

const working =
  '[aria-busy=true],[role=progressbar]:not([aria-valuenow]),.spinner,.loading,.loader,.skeleton,.MuiSkeleton-root,.ant-spin-spinning';

export function pulse(): Pulse {
  const found =
    reader !== null &&
    (reader.lists().length > 0 ||
      reader.numbers().length > 0 ||
      reader.fields().some(({ filled }) => filled));
  return {
    quiet: performance.now() - lastChange,
    ready: isReady || reader?.off === 'opted-out',
    found,
    busy: [...document.querySelectorAll(working)].slice(0, 50).some((element) => isVisible(element)),
  };
}

/** @param again reads everything anew; without, what the reader has followed so far is told */
export function read(again: boolean): Reading {
  if (reader === null) return { entries: [], ms: 0, off: null };
  const started = performance.now();
  // A page that asked to be left alone is left alone.
  if (reader.off !== 'opted-out' && (again || reader.off === 'degraded')) reader.reread();
  const ms = performance.now() - started;
  return { entries: entriesOf(reader, region), ms, off: reader.off };
}

/** Scrolls everything that scrolls to this part of its way down (0…1). @returns whether anything moved */
export function scroll(part: number): boolean {
  let moved = false;
  for (const root of reader?.roots() ?? [])
    for (const element of root.querySelectorAll('*')) {
      const way = element.scrollHeight - element.clientHeight;
      if (way < 200 || element.clientHeight < 100 || getComputedStyle(element).overflowY === 'visible')
        continue;
      element.scrollTop = way * part;
      moved = true;
    }
  return moved;
}

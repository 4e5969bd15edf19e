import type { ListSource } from '../lists/list.ts';

/** Where things of the page stand in the window, frames included. Reads layout, writes nothing. */

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The place of an element or a range in the top window's view. */
export function boxOf(thing: Element | Range): Box {
  const rect = thing.getBoundingClientRect();
  const box = { left: rect.left, top: rect.top, right: rect.right, bottom: rect.bottom };
  const node = 'startContainer' in thing ? thing.startContainer : thing;
  return fromFrame(box, node.ownerDocument);
}

export const fromFrame = (box: Box, document: Document | null): Box => {
  let frame = frameOf(document);
  let moved = box;
  for (let depth = 0; frame && depth < 8; depth += 1, frame = frameOf(frame.ownerDocument)) {
    const rect = frame.getBoundingClientRect();
    const [x, y] = [rect.left + frame.clientLeft, rect.top + frame.clientTop];
    moved = { left: moved.left + x, top: moved.top + y, right: moved.right + x, bottom: moved.bottom + y };
  }
  return moved;
};

function frameOf(document: Document | null): Element | null {
  try {
    return document?.defaultView?.frameElement ?? null;
  } catch {
    return null;
  }
}

export const isEmpty = (box: Box): boolean => box.right - box.left < 1 || box.bottom - box.top < 1;

export const within = (box: Box, x: number, y: number, margin = 0): boolean =>
  x >= box.left - margin && x <= box.right + margin && y >= box.top - margin && y <= box.bottom + margin;

export const union = (boxes: Box[]): Box | null =>
  boxes.length === 0
    ? null
    : {
        left: Math.min(...boxes.map((box) => box.left)),
        top: Math.min(...boxes.map((box) => box.top)),
        right: Math.max(...boxes.map((box) => box.right)),
        bottom: Math.max(...boxes.map((box) => box.bottom)),
      };

export const meet = (a: Box, b: Box): Box => ({
  left: Math.max(a.left, b.left),
  top: Math.max(a.top, b.top),
  right: Math.min(a.right, b.right),
  bottom: Math.min(a.bottom, b.bottom),
});

export const viewport = (): Box => ({
  left: 0,
  top: 0,
  right: document.documentElement.clientWidth || innerWidth,
  bottom: innerHeight,
});

/** What of an element is not cut off by the boxes that scroll around it. */
export function seenBox(element: Element): Box {
  let box = meet(boxOf(element), viewport());
  for (
    let at = element.parentElement, level = 0;
    at && level < 12 && !isEmpty(box);
    at = at.parentElement, level += 1
  ) {
    // A box that scrolls is one whose content is larger: cheaper to ask than its style.
    if (
      at.scrollHeight > at.clientHeight + 1 &&
      at.tagName !== 'BODY' &&
      at.tagName !== 'HTML' &&
      at.clientHeight > 0
    ) {
      const overflow = getComputedStyle(at).overflowY;
      if (overflow !== 'visible') box = meet(box, boxOf(at));
    }
  }
  return box;
}

/** Runs longer than this are taken to stand in order and are searched by halves. */
const linear = 300;

/** The rows of a list between two heights of the view. */
export function rowsBetween(source: ListSource, top: number, bottom: number): Element[] {
  const seen: Element[] = [];
  for (const run of source.runs()) {
    let at = run.length > linear ? firstBelow(run, top) : 0;
    for (; at < run.length; at += 1) {
      const row = run[at];
      if (!row) continue;
      const box = boxOf(row);
      if (run.length > linear && box.top > bottom && box.bottom > box.top) break;
      if (box.bottom > top && box.top < bottom && box.bottom > box.top && source.rowAt(row)) seen.push(row);
    }
  }
  return seen;
}

function firstBelow(run: ArrayLike<Element>, top: number): number {
  let low = 0;
  let high = run.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = run[middle];
    if (row && boxOf(row).bottom <= top) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

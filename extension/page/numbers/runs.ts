import { isElement, isText } from './nodes.ts';
import { between, isInline, isSilent } from './text.ts';

/**
 * A run: the text of one line as a reader sees it, over however many text nodes and inline elements it is spread,
 * with the way back from a place in it to the node that holds it.
 */
export interface Run {
  text: string;
  /** The element that the run fills or stands in. */
  element: Element;
  pieces: { node: Text; from: number }[];
}

const longestRun = 20_000;

/** The run around a text node. */
export function runAround(node: Text): Run | null {
  const parent = node.parentElement;
  if (!parent) return null;
  // Most text stands alone in its block.
  if (node.previousSibling === null && node.nextSibling === null && !isInline(parent))
    return { text: node.data.slice(0, longestRun), element: parent, pieces: [{ node, from: 0 }] };
  let top: Node = node;
  while (top.parentElement && isInline(top.parentElement)) top = top.parentElement;
  let first: Node = top;
  while (first.previousSibling && flows(first.previousSibling)) first = first.previousSibling;
  const run: Run = { text: '', element: top.parentElement ?? parent, pieces: [] };
  let before: Node | null = null;
  for (let at: Node | null = first; at && flows(at) && run.text.length < longestRun; at = at.nextSibling) {
    if (isElement(at) && isElement(before)) run.text += between(lastOf(run), at.textContent ?? '');
    append(run, at);
    before = at;
  }
  return run;
}

/** The text of the run's last node. */
const lastOf = ({ text, pieces }: Run): string => text.slice(pieces.at(-1)?.from ?? 0);

/** Line breaks and blocks end a run; an inline element that holds a block does too. */
function flows(node: Node): boolean {
  if (isText(node)) return true;
  if (!isElement(node)) return node.nodeType === 8;
  return isInline(node) && !isSilent(node) && node.querySelector('div,p,ul,ol,li,table,br') === null;
}

function append(run: Run, node: Node): void {
  if (isText(node)) {
    if (node.data.length === 0) return;
    run.pieces.push({ node, from: run.text.length });
    run.text += node.data;
  } else if (isElement(node) && !isSilent(node)) {
    let before: Node | null = null;
    for (const child of node.childNodes) {
      if (isElement(child) && isElement(before)) run.text += between(lastOf(run), child.textContent ?? '');
      append(run, child);
      before = child;
    }
  }
}

/** Where a place in the run's text stands in the page. */
export function placeIn(run: Run, start: number, end: number): { node: Text; start: number; end: number }[] {
  const places: { node: Text; start: number; end: number }[] = [];
  for (const { node, from } of run.pieces) {
    const a = Math.max(start - from, 0);
    const b = Math.min(end - from, node.data.length);
    if (b > a) places.push({ node, start: a, end: b });
  }
  return places;
}

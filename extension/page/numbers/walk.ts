import { isElement } from './nodes.ts';
import { mayShowNumber } from './prefilter.ts';
import { isInline, isSilent } from './text.ts';

/**
 * Free text: whole stretches of a page are asked for their text at once, which the browser does faster than any walk;
 * only those that may hold a number are walked node by node.
 */

/** Stretches shorter than this are walked at once (UTF-16 units). */
const shortStretch = 3000;
/** An element with no more children than this wraps others rather than lists them. */
const few = 3;
/** Beyond so many children a node is asked in blocks of so many. */
const many = 2_000;
/** A text longer than this is asked in pieces (UTF-16 units). */
const piece = 500_000;

/**
 * Text nodes of `root` that may hold a number. Elements of `owned` (lists, read by their columns) are left out whole.
 * Yields null now and then so that a caller may pause.
 */
export function* textNodes(root: Node, owned: ReadonlySet<Element>): Generator<Text | null> {
  // A document has no text of its own: its element has.
  const from = root.nodeType === 9 ? ((root as Document).body ?? (root as Document).documentElement) : root;
  if (from) yield* except(from, owned, onTheWay(from, owned));
}

/** Elements above an owned one: only these have to be taken apart child by child. */
function onTheWay(root: Node, owned: ReadonlySet<Element>): Set<Node> {
  const above = new Set<Node>();
  for (const element of owned) {
    if (!root.contains(element)) continue;
    for (
      let at: Node | null = element.parentNode;
      at && !above.has(at);
      at = at === root ? null : at.parentNode
    )
      above.add(at);
  }
  return above;
}

function* except(root: Node, owned: ReadonlySet<Element>, above: ReadonlySet<Node>): Generator<Text | null> {
  if (!above.has(root)) {
    yield* walk(root);
    return;
  }
  // A stack of our own: a page may nest deeper than calls can.
  const waiting: (Node | null)[] = [root.firstChild];
  while (waiting.length > 0) {
    const at = waiting.pop();
    if (!at) continue;
    waiting.push(at.nextSibling);
    if (isElement(at) && (owned.has(at) || isSilent(at))) continue;
    if (above.has(at)) waiting.push(at.firstChild);
    else yield* walk(at);
  }
}

function* walk(root: Node, level = 0): Generator<Text | null> {
  if (root.nodeType === 3) {
    if (mayShowNumber((root as Text).data)) yield root as Text;
    return;
  }
  if ((root.nodeType !== 1 && root.nodeType !== 11) || (isElement(root) && isSilent(root))) return;
  const inner = (root as ParentNode).childElementCount;
  if (inner === 0) {
    yield* nodesOf(root);
    return;
  }
  if (inner <= few && level < 10) {
    const first = (root as ParentNode).firstElementChild;
    if (first && isInline(first)) {
      // A line of text may write a number over several elements.
      const line = root.textContent ?? '';
      if (line.length < shortStretch) {
        if (mayShowNumber(line)) yield* nodesOf(root);
        return;
      }
    }
    // Wrappers: asking them would ask for the whole page's text once for each.
    for (const child of root.childNodes) yield* walk(child, level + 1);
    return;
  }
  if (inner > many) {
    yield* blocks(root);
    return;
  }
  const text = root.textContent ?? '';
  yield null;
  if (!(yield* mayShow(text))) return;
  if (text.length < shortStretch) {
    yield* nodesOf(root);
    return;
  }
  yield* children(root.firstChild, null);
}

/** The same question of a long text, put piece by piece: pages are no shorter than their authors want. */
function* mayShow(text: string): Generator<null, boolean> {
  for (let from = 0; from === 0 || from < text.length; from += piece) {
    // A number on the edge of two pieces is whole in one of them.
    if (mayShowNumber(text.length <= piece ? text : text.slice(from, from + piece + 64))) return true;
    yield null;
  }
  return false;
}

/** Very many children: asked in blocks, so that no text of a whole page is ever made at once, and by their places: looking at each costs more than its text. */
function* blocks(root: Node): Generator<Text | null> {
  const range = (root.ownerDocument ?? document).createRange();
  const nodes = root.childNodes;
  for (let from = 0; from < nodes.length; from += many) {
    const to = Math.min(from + many, nodes.length);
    range.setStart(root, from);
    range.setEnd(root, to);
    const [first, next] = [nodes[from] ?? null, nodes[to] ?? null];
    if (yield* mayShow(range.toString())) yield* children(first, next);
  }
}

function* children(from: ChildNode | null, to: ChildNode | null): Generator<Text | null> {
  let seen = 0;
  for (let child = from; child && child !== to; child = child.nextSibling) {
    // Most children of long lists hold one text: no walk for those.
    if (isElement(child) && child.firstElementChild !== null) yield* walk(child, 10);
    else if (mayShowNumber(child.textContent ?? '')) yield* nodesOf(child);
    seen += 1;
    if (seen % 256 === 0) yield null;
  }
}

/** A piece of a number that is written over several elements. */
const fragment = /^\s*[+(]{0,2}\d[\d\s)-]{0,4}$/;

function* nodesOf(root: Node): Generator<Text | null> {
  if (root.nodeType === 3) {
    yield root as Text;
    return;
  }
  if (isElement(root) && isSilent(root)) return;
  const only = root.firstChild;
  if (only && only.nodeType === 3 && only.nextSibling === null) {
    if (mayShowNumber((only as Text).data)) yield only as Text;
    return;
  }
  const walker = (root.ownerDocument ?? (root as Document)).createTreeWalker(root, 4);
  let seen = 0;
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    if (mayShowNumber(node.data) || fragment.test(node.data)) {
      yield node;
      continue;
    }
    seen += 1;
    if (seen % 256 === 0) yield null;
  }
}

/** Text nobody reads as text, or that the user is writing: left alone. */
export function isOffLimits(element: Element): boolean {
  if ((element as HTMLElement).isContentEditable) return true;
  for (let at: Element | null = element, level = 0; at && level < 4; at = at.parentElement, level += 1)
    if (isSilent(at) || at.tagName === 'TEXTAREA' || at.tagName === 'SELECT') return true;
  return false;
}

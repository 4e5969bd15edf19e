import { mayHoldNumber } from '../../../shared/phone/index.ts';
import { isElement } from './nodes.ts';
import { isSilent } from './text.ts';

/** Free text: one TreeWalker, told beforehand where not to go, with a prefilter that most text fails. */

/**
 * Text nodes of `root` that may hold a number. Elements of `owned` (lists, read by their columns) are left out whole.
 * Yields null now and then so that a caller may pause.
 */
export function* textNodes(root: Node, owned: ReadonlySet<Element>): Generator<Text | null> {
  yield* except(root, owned, onTheWay(root, owned));
}

/** Elements above an owned one: only these have to be taken apart child by child. */
function onTheWay(root: Node, owned: ReadonlySet<Element>): Set<Node> {
  const above = new Set<Node>();
  for (const element of owned)
    for (let at: Node | null = element.parentNode; at && !above.has(at); at = at === root ? null : at.parentNode) above.add(at);
  return above;
}

function* except(root: Node, owned: ReadonlySet<Element>, above: ReadonlySet<Node>): Generator<Text | null> {
  if (!above.has(root)) {
    yield* walk(root);
    return;
  }
  for (const child of root.childNodes) {
    if (isElement(child) && (owned.has(child) || isSilent(child))) continue;
    if (above.has(child)) yield* except(child, owned, above);
    else yield* walk(child);
  }
}

function* walk(root: Node): Generator<Text | null> {
  if (root.nodeType === 3) {
    if (mayHoldNumber((root as Text).data)) yield root as Text;
    return;
  }
  if (!mayHoldNumber(root.textContent ?? '')) {
    yield null;
    return;
  }
  const walker = (root.ownerDocument ?? (root as Document)).createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let seen = 0;
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    if (mayHoldNumber(node.data)) yield node;
    else if ((seen += 1) % 512 === 0) yield null;
  }
}

/** Text nobody reads as text, or that the user is writing: left alone. */
export function isOffLimits(element: Element): boolean {
  for (let at: Element | null = element; at; at = at.parentElement) {
    if (isSilent(at) || at.tagName === 'TEXTAREA' || at.tagName === 'SELECT') return true;
    if ((at as HTMLElement).isContentEditable) return true;
    if (!isInlineOrSmall(at)) return false;
  }
  return false;
}

/** `isContentEditable` is inherited, so a few steps up are enough to know what an element is part of. */
const isInlineOrSmall = (element: Element): boolean => /^(?:SPAN|A|B|I|EM|STRONG|LABEL|CODE|SMALL|g|text|tspan|OPTION)$/.test(element.tagName);

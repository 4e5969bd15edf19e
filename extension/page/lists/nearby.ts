import { isElement, isText, parentOf } from '../numbers/nodes.ts';
import { mayShowNumber } from '../numbers/prefilter.ts';
import { isInline, isShown, isSilent, lineOf, oneLine, textOf } from '../numbers/text.ts';
import { personIn } from './names.ts';

/** The person whose name stands above or before a number that no list, form or line of its own gives a name to. */

const mostLevels = 6;
/** Filled siblings that are looked at on each level. */
const mostSiblings = 6;
const longestSibling = 200;

/**
 * The nearest name before a node: on its line, on a line above it in the same paragraph, or in what stands right before
 * one of the elements around it. Empty where another number comes first: the name above that one is somebody else's.
 */
export function nameNear(from: Node): string {
  for (let at: Node = from, level = 0; level < mostLevels; level += 1) {
    if (isElement(at) && /^(?:BODY|HTML|MAIN|TABLE|FORM)$/.test(at.tagName)) return '';
    if (isElement(at) && at.tagName === 'TR' && at.childElementCount === 1) return nameInRowAbove(at);
    const said = nameBeside(at);
    if (said !== null) return said;
    const around = parentOf(at);
    if (!around) return '';
    at = around;
  }
  return '';
}

/** A row of details belongs to the record right above it. */
function nameInRowAbove(row: Element): string {
  let above = row.previousElementSibling;
  while (above && above.childElementCount === 1) above = above.previousElementSibling;
  for (const cell of above?.children ?? []) {
    const name = personIn(lineOf(cell, true));
    if (name !== '') return name;
  }
  return '';
}

/** Null when nothing before a node says anything; empty when another number stands there. */
function nameBeside(at: Node): string | null {
  let looked = 0;
  for (let before = at.previousSibling; before && looked < mostSiblings; before = before.previousSibling) {
    const text = shownTextOf(before);
    if (!/\S/.test(text)) continue;
    if (text.length > longestSibling) return null;
    looked += 1;
    const lines = text.split('\n').map(oneLine);
    // Lines of one paragraph are one person's: `T 22 …`, `M 501 …`.
    if (lines.some(mayShowNumber) && isElement(before) && !isInline(before)) return '';
    const names = lines.map(personIn).filter((name) => name !== '');
    // Of many names that stand there none is sure to be this number's.
    if (names.length > 0) return names.length === 1 ? (names[0] ?? '') : '';
  }
  return null;
}

function shownTextOf(node: Node): string {
  if (isText(node)) return node.data;
  return isElement(node) && !isSilent(node) && isShown(node) ? textOf(node, true) : '';
}

/** What stands in an element, as a reader of the page would put it: blocks apart, values of inputs included. */

/** Elements whose text nobody sees as text. */
const silent = new Set([
  'SCRIPT',
  'STYLE',
  'TEMPLATE',
  'NOSCRIPT',
  'OPTION',
  'DATALIST',
  'OBJECT',
  'CANVAS',
  'svg',
  'SVG',
]);

/** Elements that flow within a line. Everything else starts a new one; computed styles would cost a layout. */
const inline = new Set(
  (
    'A ABBR ACRONYM B BDI BDO BIG BUTTON CITE CODE DATA DEL DFN EM FONT I INS KBD LABEL MARK NOBR OUTPUT Q S SAMP SMALL ' +
    'SPAN STRIKE STRONG SUB SUP TIME TT U VAR WBR SLOT IMG'
  ).split(' '),
);

export const isSilent = (element: Element): boolean => silent.has(element.tagName);
export const isInline = (element: Element): boolean => inline.has(element.tagName.toUpperCase());

/** A dial code or an opening that belongs to the number in the next element: `+48`, `(0-61)`. */
const opensNumber = /(?:\+\d{1,3}|\(\+?[\d -]{1,6}\))\s*$/;

/** One digit or one group of a number in an element of its own. */
const fragment = /^[\s\u00a0]*\+?\d{1,4}[\s\u00a0-]*$/;

/** Two elements side by side are two things, unless together they write a number, or the first opens the one in the second. */
export function between(before: string, next: string): '' | ' ' | '\n' {
  if (opensNumber.test(before)) return ' ';
  return fragment.test(before) && fragment.test(next) ? '' : '\n';
}

/** The most characters that are read of one element: nobody's name or number is longer. */
const longest = 20_000;
/** Nobody's name or number is wrapped in more elements. */
const deepest = 400;

/** The value an input shows; empty for those that show none or hide it. */
export function shownValue(control: Element): string {
  if (control.tagName === 'SELECT')
    return (control as HTMLSelectElement).selectedOptions?.[0]?.textContent ?? '';
  if (control.tagName === 'TEXTAREA') return (control as HTMLTextAreaElement).value;
  if (control.tagName !== 'INPUT') return '';
  const input = control as HTMLInputElement;
  return /^(text|tel|email|number|search|url|date|)$/.test(input.type) ? input.value : '';
}

/** The text of a cell, label or line. `shownOnly` leaves out what the page hides (costs a style lookup an element). */
export function textOf(element: Element, shownOnly = false): string {
  // Most cells of most lists hold one text node.
  if (element.firstElementChild === null && !element.shadowRoot && !isControl(element))
    return isSilent(element) ? '' : (element.textContent ?? '').slice(0, longest);
  const parts: string[] = [];
  gather(element, parts, { left: longest, deep: 0 }, shownOnly);
  return parts.join('');
}

/** The text on one line: runs of white space become one space. */
export const lineOf = (element: Element, shownOnly = false): string => oneLine(textOf(element, shownOnly));

export const oneLine = (text: string): string =>
  text.replace(/[\s\u00a0\u2000-\u200b\u202f\ufeff]+/g, ' ').trim();

function isControl(element: Element): boolean {
  return (
    element.tagName === 'INPUT' ||
    element.tagName === 'TEXTAREA' ||
    element.tagName === 'SELECT' ||
    element.tagName === 'SLOT'
  );
}

function gather(
  element: Element,
  parts: string[],
  budget: { left: number; deep: number },
  shownOnly: boolean,
): void {
  if (isSilent(element) || budget.left <= 0 || budget.deep > deepest) return;
  if (shownOnly && !isShown(element)) return;
  if (element.tagName === 'BR' || element.tagName === 'HR') {
    parts.push('\n');
    return;
  }
  if (isControl(element) && element.tagName !== 'SLOT') {
    parts.push(shownValue(element));
    return;
  }
  const block = !isInline(element);
  if (block && parts.length > 0) parts.push('\n');
  budget.deep += 1;
  let before: Node | null = null;
  for (const node of childrenOf(element)) {
    if (node.nodeType === Node.TEXT_NODE) {
      const text = (node as Text).data;
      if (text.length > 0) {
        parts.push(text.slice(0, budget.left));
        budget.left -= text.length;
      }
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      const last = parts[parts.length - 1];
      if (
        before?.nodeType === Node.ELEMENT_NODE &&
        last !== undefined &&
        last !== '\n' &&
        !isBreak(node as Element)
      )
        parts.push(between(last, node.textContent ?? ''));
      gather(node as Element, parts, budget, shownOnly);
    } else continue;
    before = node;
  }
  budget.deep -= 1;
  if (block && parts.length > 0 && parts[parts.length - 1] !== '\n') parts.push('\n');
}

const isBreak = (element: Element): boolean => element.tagName === 'WBR' || element.tagName === 'BR';

/** Children as they are shown: a slot shows what is assigned to it, an open shadow root stands for its host's content. */
export function childrenOf(element: Element): Iterable<Node> {
  if (element.tagName === 'SLOT') {
    const assigned = (element as HTMLSlotElement).assignedNodes({ flatten: true });
    if (assigned.length > 0) return assigned;
  }
  return element.shadowRoot ? element.shadowRoot.childNodes : element.childNodes;
}

/** Does the page show this element now? Scrolled out of sight counts as shown; hidden tabs and columns do not. */
export function isShown(element: Element): boolean {
  return element.checkVisibility?.({ visibilityProperty: true, opacityProperty: false }) ?? true;
}

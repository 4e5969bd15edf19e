import { hasWord, letters } from '../numbers/letters.ts';
import { climb, elementOf, isText } from '../numbers/nodes.ts';
import { isInline, isSilent, lineOf, oneLine } from '../numbers/text.ts';
import { headingOf } from './headers.ts';
import { rowIndexes, sharedKey } from './keys.ts';
import { type Header, type ListSource, noHeader } from './list.ts';
import { panesOf } from './panes.ts';
import { spread } from './spread.ts';

/**
 * Lists that are only repetition: cards, `ul`, rows of `div`. Found from the numbers outwards: a number's ancestor with
 * siblings of its own shape, of which several hold something like a number at the same place.
 */

const labelled = new RegExp(`^\\s*([${letters}][${letters} .-]{1,30})[:：]\\s*`);
const onlyLabel = new RegExp(
  `^(?:tel|telefon|phone|mobile|kom|fax|fon|handy|sms|e-?mail)\\b[^${letters}]*$`,
  'i',
);
const passing = /\d|select|active|hover|focus|odd|even|first|last|check|open|current/i;

/** Tag and the steady part of the class: what siblings made by one template share. */
export function shapeOf(element: Element): string {
  const role = element.getAttribute('role');
  if (role) return `${element.tagName}[${role}]`;
  const names = element.getAttribute('class');
  if (names)
    for (const name of names.split(/\s+/, 6))
      if (name !== '' && !passing.test(name)) return `${element.tagName}.${name}`;
  return element.tagName;
}

export interface Repetition {
  container: Element;
  shape: string;
}

/** @param candidates elements that may hold a number, none of them inside a list that is known already */
export function findRepetitions(candidates: Iterable<Element>): Repetition[] {
  const counts = new Map<Element, Map<string, Set<Element>>>();
  const of = (container: Element, shape: string): Set<Element> | undefined =>
    counts.get(container)?.get(shape);
  const all = [...candidates];
  for (const candidate of all) {
    for (
      let child: Element = candidate, level = 0;
      child.parentElement && level < 12;
      child = child.parentElement, level += 1
    ) {
      const container = child.parentElement;
      if (container.tagName === 'BODY' && level > 10) break;
      const shapes = counts.get(container) ?? new Map<string, Set<Element>>();
      counts.set(container, shapes);
      const shape = shapeOf(child);
      const seen = shapes.get(shape);
      if (seen?.has(child)) break;
      shapes.set(shape, (seen ?? new Set<Element>()).add(child));
    }
  }
  const found = new Map<Element, Repetition>();
  const settled = new Set<Element>();
  for (const candidate of all) {
    for (
      let child: Element = candidate, level = 0;
      child.parentElement && level < 12;
      child = child.parentElement, level += 1
    ) {
      const container = child.parentElement;
      if (found.has(container)) break;
      if (settled.has(container)) continue;
      const shape = shapeOf(child);
      const holding = of(container, shape);
      if (!holding || holding.size < 2) continue;
      settled.add(container);
      const items = [...holding];
      if (isPeople(items) || panesOf(container, items, sharedKey(items, rowIndexes)).length > 0) {
        found.set(container, { container, shape });
        break;
      }
    }
  }
  return [...found.values()];
}

/** Siblings are people when beside the number stands something that differs from one to the next: not only a label. */
function isPeople(items: Element[]): boolean {
  const first = items.slice(0, 8).map(words);
  if (first.filter((text) => text.length > 1).length < first.length * 0.6) return false;
  return new Set(first).size > first.length * 0.5;
}

/** The words of an item that are neither a label (`Telefon:`) nor part of a number. */
function words(item: Element): string {
  return leavesOf(item)
    .map((leaf) => lineOf(leaf))
    .filter((text) => !/[:：]$/.test(text))
    .map((text) => text.replace(labelled, ''))
    .filter((text) => hasWord(text) && !onlyLabel.test(text))
    .join(' ');
}

/** A card that is nested deeper holds a page. */
const deepest = 100;

/** Elements that hold text of their own, in order; inline markup inside belongs to them. */
export function leavesOf(item: Element): Element[] {
  const leaves: Element[] = [];
  const visit = (element: Element, level = 0): void => {
    if (isSilent(element) || level > deepest) return;
    if (
      ownText(element) ||
      element.firstElementChild === null ||
      /^(?:SELECT|BUTTON)$/.test(element.tagName)
    ) {
      if (ownText(element) || /^(?:INPUT|SELECT)$/.test(element.tagName) || element.matches('a[href]'))
        leaves.push(element);
      if (!element.querySelector('div,p,li,td,h1,h2,h3,h4,h5,h6,dl,section')) return;
    }
    for (const child of element.children) if (!(ownText(element) && isInline(child))) visit(child, level + 1);
  };
  visit(item);
  return leaves;
}

const ownText = (element: Element): boolean => {
  for (const node of element.childNodes) if (isText(node) && /\S/.test(node.data)) return true;
  return false;
};

/** Where a leaf stands in its item, by tags and classes: optional fields before it do not shift it. */
function pathOf(leaf: Element, item: Element): string {
  const steps: string[] = [];
  for (let at: Element | null = leaf; at && at !== item; at = at.parentElement) steps.unshift(shapeOf(at));
  return steps.join('>');
}

export function cardsSource({ container, shape }: Repetition): ListSource | null {
  const items = (): Element[] =>
    [...container.children].filter((child) => shapeOf(child) === shape && !isSilent(child));
  const now = items();
  const headed = headingRow(container, now);
  const isItem = (element: Element): boolean =>
    element.parentElement === container && shapeOf(element) === shape && element !== headed?.row;
  const rows = (): Element[] => items().filter(isItem);
  const sample = rows().slice(0, 12);
  if (sample.length < 2) return null;

  const indexName = sharedKey(sample, rowIndexes);
  const panes = panesOf(container, sample, indexName);
  const parts = (row: Element): Element[] => {
    const index = indexName ? row.getAttribute(indexName) : null;
    return index === null
      ? [row]
      : [
          row,
          ...panes.flatMap((pane) => [
            ...pane.querySelectorAll(`:scope > [${indexName}="${CSS.escape(index)}"]`),
          ]),
        ];
  };
  const keyed = (row: Element): Map<string, Element> => {
    const line = new Map<string, Element>();
    parts(row).forEach((part, at) => {
      for (const leaf of leavesOf(part)) {
        const path = (at > 0 ? `${at}:` : '') + pathOf(leaf, part);
        for (let nth = 0; ; nth += 1) {
          const key = nth === 0 ? path : `${path}#${nth}`;
          if (line.has(key)) continue;
          line.set(key, leaf);
          break;
        }
      }
    });
    return line;
  };

  const lines = sample.map(keyed);
  const keys = [...new Set(lines.flatMap((line) => [...line.keys()]))].slice(0, 60);
  // A place that says the same in every row is a label; it heads the place after it.
  const constant = new Map<string, string>();
  for (const key of keys) {
    const texts = lines
      .map((line) => line.get(key))
      .filter((leaf) => leaf !== undefined)
      .map((leaf) => lineOf(leaf));
    const first = texts[0] ?? '';
    if (
      texts.length > 1 &&
      first !== '' &&
      texts.length >= sample.length * 0.5 &&
      texts.every((text) => text === first) &&
      !/\d{3}/.test(first)
    )
      constant.set(key, first);
  }
  const columns: string[] = [];
  const headers: Header[] = [];
  let label = '';
  for (const key of keys) {
    const said = constant.get(key);
    if (said !== undefined) {
      label = said.replace(/\s*[:：]\s*$/, '');
      continue;
    }
    const leaf = lines.find((line) => line.has(key))?.get(key);
    columns.push(key);
    headers.push({ ...noHeader, text: label || (leaf ? ownLabel(leaf) : '') });
    label = '';
  }
  if (headed && headed.texts.length === columns.length)
    for (const [at, text] of headed.texts.entries()) headers[at] = { ...noHeader, text };

  const cells = (row: Element): (Element | undefined)[] => {
    const line = keyed(row);
    return columns.map((key) => line.get(key));
  };
  const rowAt = (node: Node): Element | null => {
    const row = climb(elementOf(node), isItem);
    if (row || !indexName) return row;
    const part = climb(
      elementOf(node),
      (element) => element.parentElement !== null && panes.includes(element.parentElement),
    );
    const index = part?.getAttribute(indexName);
    return index ? (rows().find((other) => other.getAttribute(indexName) === index) ?? null) : null;
  };
  return {
    kind: 'cards',
    root: container,
    headers,
    rows,
    count: () => rows().length,
    runs: () => [rows()],
    sample: (most) => spread(rows(), most),
    cells,
    *column(index) {
      for (const row of rows()) {
        const cell = cells(row)[index];
        if (cell) yield cell;
      }
    },
    rowAt,
    parts,
  };
}

/** What a leaf calls itself: `data-label`, `title` of its term, or `Telefon:` at its own beginning. */
function ownLabel(leaf: Element): string {
  const attribute =
    leaf.getAttribute('data-label') ??
    leaf.getAttribute('data-title') ??
    leaf.closest('[data-label]')?.getAttribute('data-label');
  if (attribute) return attribute;
  const own = labelled.exec(lineOf(leaf));
  return own?.[1] ?? '';
}

/** The row of headings: the first item itself, or what stands right before the items. */
function headingRow(container: Element, items: Element[]): { row: Element | null; texts: string[] } | null {
  const first = items[0];
  if (!first) return null;
  for (const row of [first, first.previousElementSibling, container.previousElementSibling]) {
    if (!row) continue;
    const texts = leavesOf(row).map((leaf) => headingOf(leaf));
    if (texts.length < 2 || texts.some((text) => /\d|@/.test(text) || text.length > 40 || text === ''))
      continue;
    const second = items[1];
    if (row === first && (!second || !/\d/.test(lineOf(second)) || leavesOf(second).length !== texts.length))
      continue;
    return { row: row === first ? first : null, texts };
  }
  return null;
}

export const cardText = (row: Element): string => oneLine(lineOf(row));

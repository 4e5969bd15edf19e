import { readHeader } from '../../../shared/phone/index.ts';
import { climb } from '../numbers/nodes.ts';
import { lineOf } from '../numbers/text.ts';

/** Which part of a page is the record that a number belongs to. */

const labelled = 'label,dt,th,legend,input:not([type=hidden]),select,textarea';
/** A form around the whole page, as some servers write it, is no record. */
const mostOfRecord = 80;

/**
 * The record that a field or number belongs to: the nearest element around it that holds other labelled values, or the
 * form or dialog around that, if it is not the page itself. Null for numbers in running text.
 */
export function recordAround(element: Element): Element | null {
  const many = (found: Element): number => found.querySelectorAll(labelled).length;
  const near = climb(
    element.parentElement,
    (found) =>
      found.tagName === 'BODY' ||
      found.tagName === 'DL' ||
      (found.tagName === 'TABLE' && many(found) > 1) ||
      many(found) >= 4 ||
      pairsIn(found).length > 0,
    12,
  );
  if (!near || near.tagName === 'BODY' || near.tagName === 'HTML') return null;
  const form = near.closest('form,[role=form],[role=dialog],dialog,fieldset,dl');
  if (form && many(form) <= mostOfRecord) return form.tagName === 'FIELDSET' ? outer(form, many) : form;
  return many(near) <= mostOfRecord ? near : null;
}

/** Rows of two things, the first of which may call the second. */
const rowOfTwo = 'div,li,p,section,tr';
const fewestPairs = 3;
const mostRows = 300;

/**
 * Labels with their values where no markup tells them: rows of two, whose first elements are the words that forms use.
 * None where fewer than three rows are so, or where the words are rather names of people: that is a list.
 */
export function pairsIn(around: Element): [label: Element, value: Element][] {
  const pairs: [Element, Element][] = [];
  let known = 0;
  const rows = around.querySelectorAll(rowOfTwo);
  if (rows.length > mostRows) return [];
  for (const row of rows) {
    const [label, value, more] = [...row.children].filter(
      (cell, at) => row.tagName !== 'TR' || at > 0 || !/^\d*$/.test(lineOf(cell)),
    );
    if (!label || !value || more || value.querySelector('input,select,textarea')) continue;
    const text = lineOf(label);
    if (text === '' || text.length > 40 || /\d{3}/.test(text)) continue;
    pairs.push([label, value]);
    if (readHeader(text).says !== 'neutral') known += 1;
  }
  return pairs.length >= fewestPairs && known >= Math.max(2, pairs.length * 0.4) ? pairs : [];
}

const outer = (fieldset: Element, many: (found: Element) => number): Element => {
  const form = fieldset.closest('form,[role=form],[role=dialog]');
  return form && many(form) <= mostOfRecord ? form : fieldset;
};

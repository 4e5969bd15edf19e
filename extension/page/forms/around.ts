import { climb } from '../numbers/nodes.ts';

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
      many(found) >= 4,
    12,
  );
  if (!near || near.tagName === 'BODY' || near.tagName === 'HTML') return null;
  const form = near.closest('form,[role=form],[role=dialog],dialog,fieldset,dl');
  if (form && many(form) <= mostOfRecord) return form.tagName === 'FIELDSET' ? outer(form, many) : form;
  return many(near) <= mostOfRecord ? near : null;
}

const outer = (fieldset: Element, many: (found: Element) => number): Element => {
  const form = fieldset.closest('form,[role=form],[role=dialog]');
  return form && many(form) <= mostOfRecord ? form : fieldset;
};

import { readHeader } from '../../../shared/phone/index.ts';
import type { CapturedPerson } from '../../bridge/capture.ts';
import { hash } from '../lists/identity.ts';
import { looksLikeName, nameScore, personIn, plain } from '../lists/names.ts';
import { nameColumns } from '../lists/whose.ts';
import { isShown, lineOf, oneLine, shownValue } from '../numbers/text.ts';
import { pairsIn, recordAround } from './around.ts';
import { labelOfControl } from './labels.ts';

/** The record around a number: its labelled values become merge fields, its name the recipient's. */

const mostFields = 60;
const longestField = 300;

export function recordOf(element: Element): Pick<CapturedPerson, 'row' | 'name' | 'fields'> {
  const record = recordAround(element);
  const fields = record ? fieldsIn(record) : {};
  return {
    row: `record=${hash(Object.entries(fields).join('\n'))}`,
    name: nameOf(fields, record, element),
    fields,
  };
}

/** Label → value, in the order of the page; what is hidden or secret is left out. */
export function fieldsIn(record: Element): Record<string, string> {
  const fields: Record<string, string> = {};
  const add = (label: string, value: string): void => {
    const text = oneLine(value).slice(0, longestField);
    if (label && text && !(label in fields) && Object.keys(fields).length < mostFields) fields[label] = text;
  };
  for (const element of record.querySelectorAll(
    'input,select,textarea,dt,tr,[class*="label" i]:not(label):not(input)',
  )) {
    if (!isShown(element)) continue;
    if (/^(?:INPUT|SELECT|TEXTAREA)$/.test(element.tagName)) {
      if (element.getAttribute('type') === 'hidden' || element.getAttribute('type') === 'password') continue;
      add(labelOfControl(element), shownValue(element));
    } else if (element.tagName === 'DT') {
      const value = element.nextElementSibling;
      if (value?.tagName === 'DD') add(withoutColon(lineOf(element)), lineOf(value, true));
    } else if (element.tagName === 'TR') {
      const cells = [...element.children];
      // A sheet counts its rows.
      if (/^\d*$/.test(lineOf(element.children[0] as Element))) cells.shift();
      if (cells.length > 4 || element.querySelector('input,select,textarea,table')) continue;
      for (let at = 0; at + 1 < cells.length; at += 2)
        add(withoutColon(lineOf(cells[at] as Element)), lineOf(cells[at + 1] as Element, true));
    } else {
      const value = element.nextElementSibling;
      const label = withoutColon(lineOf(element));
      if (value && label.length < 50 && !value.querySelector('input,select,textarea') && !/\d{4}/.test(label))
        add(label, lineOf(value, true));
    }
  }
  for (const [label, value] of pairsIn(record)) {
    if (isShown(value)) add(withoutColon(lineOf(label)), lineOf(value, true));
  }
  return fields;
}

const withoutColon = (label: string): string => label.replace(/\s*[*:：]+\s*$/, '');

function nameOf(fields: Record<string, string>, record: Element | null, element: Element): string {
  const entries = Object.entries(fields);
  const columns = entries
    .map(([label, value], index) => ({
      index,
      header: { text: label, group: '', box: false },
      score:
        readHeader(label).says === 'phone' ? 0 : nameScore({ text: label, group: '', box: false }, [value]),
    }))
    .filter((column) => column.score >= 3);
  const name = nameColumns(columns, null, [])
    .map((index) => entries[index]?.[1] ?? '')
    .join(' ')
    .trim();
  if (name) return name.slice(0, 120);
  return headingNear(record ?? element, record !== null);
}

/** Headings of pages about people, rather than of people. */
const pages =
  /(?:^| )(?:edycj|edit|szczegol|detail|kart[ay]|profil|ustaw|settings|zamow|order|formular|form|kontakt|contact|list|stron|nowy|nowe|new|dodaj|add|bearbeiten|neue|редаг|нов)/;

/** A heading that reads like a person or a company: the record's own, else the page's. */
function headingNear(around: Element, isRecord: boolean): string {
  const headings = 'h1,h2,h3,[role=heading],legend,caption';
  const own = [...around.querySelectorAll(headings)].slice(0, 3);
  const page = around.getRootNode() as ParentNode;
  for (const heading of [...own, ...[...page.querySelectorAll('h1,h2')].slice(0, 2)]) {
    const text = lineOf(heading);
    if (!/\s/.test(text) || /\d{3}/.test(text)) continue;
    // Above running text stands what the page is about, seldom who.
    if (isRecord ? looksLikeName(text) && !pages.test(plain(text)) : personIn(text) !== '')
      return text.slice(0, 120);
  }
  return '';
}

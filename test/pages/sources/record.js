import { makeRows } from '../data.ts';
import { pageNamed } from '../pages.ts';

/** The page that is open, and its one record as pairs of what the page calls a field and what stands in it. */
export const page = pageNamed(location.pathname.split('/').pop().replace('.html', ''));

const [row] = makeRows(page.rows, page.seed);

export const pairs = page.columns.map((title) => ({
  title: page.titles?.[title] ?? title,
  value: row.cells[title],
}));

export const root = document.getElementById('root');

/** `make('p', { class: 'row' }, 'text', element)` */
export const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

/** The attributes by which grids number and name their rows and columns, in the order of trust. */

/** Position of a row in its data: joins frozen panes. */
export const rowIndexes = [
  'aria-rowindex',
  'row-index',
  'data-rowindex',
  'data-row-index',
  'data-row',
  'data-rgrow',
  'data-row-key',
  'data-index',
  'data-item-index',
  'data-y',
  'data-rowid',
  'data-row-id',
  'row-id',
  'data-uid',
];

/** Identity of the record itself: it survives sorting, filtering and paging. */
export const rowIds = [
  'row-id',
  'data-row-id',
  'data-rowid',
  'data-row-key',
  'data-rk',
  'data-key',
  'data-id',
  'data-record-id',
  'data-item-id',
  'data-entity-id',
  'data-uid',
  'data-pk',
];

/** Name or position of a column. */
export const columnKeys = [
  'col-id',
  'data-field',
  'tabulator-field',
  'data-column-name',
  'data-column-id',
  'data-colid',
  'data-col',
  'data-rgcol',
  'data-columnid',
  'aria-colindex',
  'data-x',
];

/** The first of `attributes` that every sampled element carries (one is enough to go on), or null. */
export function sharedKey(elements: readonly Element[], attributes: readonly string[]): string | null {
  if (elements.length === 0) return null;
  return attributes.find((name) => elements.every((element) => element.hasAttribute(name))) ?? null;
}

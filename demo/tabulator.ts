/** The grid's own module, served from its package; it brings no types along, so here is what we use of it. */
interface Row {
  getData(): Record<string, unknown>;
}
interface Grid {
  on(event: 'tableBuilt' | 'dataFiltered', listener: () => void): void;
  on(event: 'rowSelectionChanged', listener: (data: unknown[]) => void): void;
  on(event: 'rowDblClick', listener: (event: Event, row: Row) => void): void;
  getData(range: 'active'): unknown[];
  // biome-ignore lint/suspicious/noExplicitAny: a filter is called with the row's own shape
  setFilter(filter: (row: any) => boolean): void;
}

const address: string = '/tabulator/js/tabulator_esm.min.mjs';
export const { TabulatorFull } = (await import(address)) as {
  TabulatorFull: new (place: HTMLElement, options: Record<string, unknown>) => Grid;
};

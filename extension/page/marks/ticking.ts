import type { Reader } from '../reader.ts';

/** Sees which rows the page ticks by attributes alone. @returns how to look at the lists that are known now */
export function watchTicks(reader: Reader, onTick: () => void, signal: AbortSignal): () => void {
  const ticking = new MutationObserver((records) => {
    if (records.some(({ target }) => isRowOrBox(target as Element))) onTick();
  });
  let watched: Element[] = [];

  function isRowOrBox(element: Element): boolean {
    if (element.getAttribute('role') === 'checkbox') return true;
    const list = reader.listAt(element);
    const row = list?.source.rowAt(element);
    return (
      list !== null &&
      row !== null &&
      row !== undefined &&
      (row === element || list.source.parts(row).includes(element) || element.parentElement === row)
    );
  }

  signal.addEventListener('abort', () => ticking.disconnect());
  return () => {
    const roots = reader
      .lists()
      .filter((list) => list.people)
      .map((list) => list.source.root);
    if (roots.length === watched.length && roots.every((root, at) => root === watched[at])) return;
    watched = roots;
    ticking.disconnect();
    for (const root of roots)
      ticking.observe(root, {
        subtree: true,
        attributes: true,
        attributeFilter: ['aria-selected', 'aria-checked', 'class'],
      });
  };
}

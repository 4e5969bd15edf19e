import type { Reader } from '../reader.ts';

export interface Eyes {
  /** Lists, fields and elements with numbers that are in or near the window. */
  inView: ReadonlySet<Element>;
  /** Keeps an eye on exactly the lists, fields and numbers that are known now. */
  look(): void;
}

interface EyesOptions {
  readerOf(): Reader;
  refresh(what: 'text' | 'ticks'): void;
  signal: AbortSignal;
}

/** Sees what scrolls into the window and which rows the page ticks by attributes alone. */
export function createEyes({ readerOf, refresh, signal }: EyesOptions): Eyes {
  const inView = new Set<Element>();
  const watched = new Set<Element>();
  const eyes = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting) inView.add(entry.target);
        else inView.delete(entry.target);
      }
      refresh('text');
    },
    { rootMargin: '50%' },
  );
  const ticking = new MutationObserver((records) => {
    if (records.some(({ target }) => isRowOrBox(target as Element))) refresh('ticks');
  });

  function isRowOrBox(element: Element): boolean {
    if (element.getAttribute('role') === 'checkbox') return true;
    const list = readerOf().listAt(element);
    const row = list?.source.rowAt(element);
    return (
      list !== null &&
      list !== undefined &&
      row !== null &&
      row !== undefined &&
      (row === element || list.source.parts(row).includes(element) || element.parentElement === row)
    );
  }

  function look(): void {
    const reader = readerOf();
    const now = new Set<Element>([
      ...reader.lists().map((list) => list.source.root),
      ...reader.fields().map((field) => field.control),
      ...reader.numbers().map((number) => number.element),
    ]);
    for (const element of watched) {
      if (now.has(element)) continue;
      watched.delete(element);
      inView.delete(element);
      eyes.unobserve(element);
    }
    for (const element of now) {
      if (watched.has(element)) continue;
      watched.add(element);
      eyes.observe(element);
    }
    ticking.disconnect();
    for (const list of reader.lists().filter((each) => each.people))
      ticking.observe(list.source.root, {
        subtree: true,
        attributes: true,
        attributeFilter: ['aria-selected', 'aria-checked', 'class'],
      });
  }

  signal.addEventListener('abort', () => {
    eyes.disconnect();
    ticking.disconnect();
  });
  return { inView, look };
}

import type { Reader } from '../reader.ts';

export interface Eyes {
  /** Lists, fields and elements with numbers that are in or near the window. */
  inView: ReadonlySet<Element>;
  /** Keeps an eye on exactly the lists, fields and numbers that are known now. */
  look(): void;
}

interface EyesOptions {
  readerOf(): Reader;
  refresh(): void;
  signal: AbortSignal;
}

/** Sees what scrolls into the window. */
export function createEyes({ readerOf, refresh, signal }: EyesOptions): Eyes {
  const inView = new Set<Element>();
  const watched = new Set<Element>();
  const eyes = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting) inView.add(entry.target);
        else inView.delete(entry.target);
      }
      refresh();
    },
    { rootMargin: '50%' },
  );

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
  }

  signal.addEventListener('abort', () => eyes.disconnect());
  return { inView, look };
}

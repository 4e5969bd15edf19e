import type { Place } from '../numbers/places.ts';

/** Numbers are underlined by the CSS Custom Highlight API: nothing is put into the page's tree. */

const name = 'nadpis-number';

const rules = (where: string): string => `
  ${where}::highlight(${name}) { text-decoration: underline dotted #4f46e5 1px; text-underline-offset: 3px; }
  @media (prefers-color-scheme: dark) { ${where}::highlight(${name}) { text-decoration-color: #a5b4fc; } }`;

/**
 * Only where the page is looked at: paper shows nothing of ours. Said of the root, it holds for all that stands in it, shadow
 * trees included; said of everything, each element of the page would be given a style more whenever it is styled. Firefox
 * inherits no highlights, and works them out for what is highlighted alone.
 */
const css = `@media screen { ${rules(':root')} @supports (-moz-appearance: none) { ${rules('')} } }`;

interface Painting {
  set(places: readonly Place[]): void;
  clear(): void;
}

type View = Window & typeof globalThis;

/** One registry a document. Where the API is missing nothing is underlined: the button alone serves. */
export function createHighlights(): Painting {
  const sheets = new WeakMap<Document | ShadowRoot, CSSStyleSheet>();
  const painted = new Set<Document>();
  let shown: readonly Place[] = [];

  const clear = (): void => {
    for (const document of painted) registryOf(document)?.delete(name);
    painted.clear();
    shown = [];
  };

  return {
    clear,
    set(places) {
      // A new registry repaints the whole document, which is dear where it is large.
      if (isSame(shown, places)) return;
      shown = places;
      const byDocument = new Map<Document, Place[]>();
      for (const place of places) {
        const document = place.node.ownerDocument;
        byDocument.set(document, [...(byDocument.get(document) ?? []), place]);
      }
      for (const document of painted) {
        if (byDocument.has(document)) continue;
        registryOf(document)?.delete(name);
        painted.delete(document);
      }
      for (const [document, own] of byDocument) {
        const view = document.defaultView as View | null;
        const registry = registryOf(document);
        if (!view || !registry) continue;
        try {
          for (const place of own) dress(place.node.getRootNode() as Document | ShadowRoot, view);
          const ranges = own
            .filter(({ node, end }) => end <= node.data.length)
            .map(
              ({ node, start, end }) =>
                new view.StaticRange({
                  startContainer: node,
                  startOffset: start,
                  endContainer: node,
                  endOffset: end,
                }),
            );
          registry.set(name, new view.Highlight(...ranges));
          painted.add(document);
        } catch {
          // A document that takes no sheet of ours goes without the underline.
        }
      }
    },
  };

  /** Constructed sheets are no nodes and no inline styles: neither the page's tree nor its CSP sees them. */
  function dress(root: Document | ShadowRoot, view: View): void {
    const known = sheets.get(root);
    if (known && root.adoptedStyleSheets.includes(known)) return;
    const sheet = known ?? new view.CSSStyleSheet();
    if (!known) sheet.replaceSync(css);
    root.adoptedStyleSheets.push(sheet);
    sheets.set(root, sheet);
  }
}

const isSame = (before: readonly Place[], now: readonly Place[]): boolean =>
  before.length === now.length &&
  now.every((place, at) => {
    const other = before[at];
    return other?.node === place.node && other.start === place.start && other.end === place.end;
  });

function registryOf(document: Document): HighlightRegistry | null {
  const view = document.defaultView as View | null;
  return view?.CSS && 'highlights' in view.CSS ? view.CSS.highlights : null;
}

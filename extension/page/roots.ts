/** The trees of a page: its document, open shadow roots, and frames of the same origin. */

/** Deeper nesting than this is a puzzle, not an application. */
const mostRoots = 200;

/** Every readable tree below `root`, itself first. */
export function rootsIn(
  root: Document | ShadowRoot,
  found: (Document | ShadowRoot)[] = [],
): (Document | ShadowRoot)[] {
  if (found.length >= mostRoots || found.includes(root)) return found;
  found.push(root);
  for (const inner of innerRoots(root)) rootsIn(inner, found);
  return found;
}

/** Open shadow roots and frames' documents right inside `scope`. Custom elements are found by their hyphen, natively. */
export function innerRoots(scope: ParentNode & Node): (Document | ShadowRoot)[] {
  const inner: (Document | ShadowRoot)[] = [];
  for (const host of customElements(scope)) if (host.shadowRoot) inner.push(host.shadowRoot);
  for (const frame of scope.querySelectorAll('iframe,frame')) {
    const document = frameDocument(frame);
    if (document?.body) inner.push(document);
  }
  return inner;
}

function customElements(scope: ParentNode & Node): Element[] {
  const document = scope.nodeType === 9 ? (scope as Document) : scope.ownerDocument;
  const found: Element[] = [];
  if (!document) return found;
  try {
    // A shadow root cannot be asked by XPath itself; its children can.
    for (const base of scope.nodeType === 11 ? scope.children : [scope]) {
      const hosts = document.evaluate(
        "descendant-or-self::*[contains(local-name(),'-')]",
        base,
        null,
        7,
        null,
      );
      for (let at = 0; at < hosts.snapshotLength; at += 1) found.push(hosts.snapshotItem(at) as Element);
    }
  } catch {
    // Documents without XPath are no pages with custom elements.
  }
  return found;
}

/** Null for frames of other origins: they are not ours to read. */
export function frameDocument(frame: Element): Document | null {
  try {
    return (frame as HTMLIFrameElement).contentDocument;
  } catch {
    return null;
  }
}

/** `<meta name="nadpis" content="off">`: the page asks not to be read. */
export const optsOut = (document: Document): boolean =>
  document.querySelector('meta[name="nadpis" i]')?.getAttribute('content')?.trim().toLowerCase() === 'off';

/** A frame whose page can look into it is read from there. */
export function isReadFromAbove(view: Window): boolean {
  try {
    return view.frameElement !== null;
  } catch {
    return false;
  }
}

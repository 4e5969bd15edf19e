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

/** Open shadow roots and frames' documents right inside `scope`. */
export const innerRoots = (scope: Node): (Document | ShadowRoot)[] =>
  hostsIn(scope).flatMap((host) => treeIn(host) ?? []);

/** The tree that an element holds, where it is there and ours to read. */
export function treeIn(host: Element): Document | ShadowRoot | null {
  const frame = frameDocument(host);
  return host.shadowRoot ?? (frame?.body ? frame : null);
}

let asked: Document | undefined;
let hosts: XPathExpression | undefined;

/** Elements of `scope`, itself among them, that may hold a tree: frames, and custom elements, known natively by their hyphen. */
export function hostsIn(scope: Node): Element[] {
  const document = scope.nodeType === 9 ? (scope as Document) : scope.ownerDocument;
  const found: Element[] = [];
  if (!document) return found;
  try {
    // Asked for each row that a page puts in: understanding the question takes longer than answering it.
    if (asked !== document)
      hosts = document.createExpression(
        "descendant-or-self::*[contains(local-name(),'-')or local-name()='iframe'or local-name()='frame']",
      );
    asked = document;
    // A shadow root cannot be asked by XPath itself; its children can.
    for (const base of scope.nodeType === 11 ? (scope as ShadowRoot).children : [scope]) {
      const answer = hosts?.evaluate(base, 7);
      for (let at = 0; answer && at < answer.snapshotLength; at += 1)
        found.push(answer.snapshotItem(at) as Element);
    }
  } catch {
    // Documents without XPath are no pages with custom elements.
  }
  return found;
}

/** Null for frames of other origins: they are not ours to read. */
export function frameDocument(frame: Element): Document | null {
  try {
    return (frame as HTMLIFrameElement).contentDocument ?? null;
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

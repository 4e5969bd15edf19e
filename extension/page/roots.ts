/** The trees of a page: its document, open shadow roots, and frames of the same origin. */

/** The tree that an element holds, where it is there and ours to read. */
export function treeIn(host: Element): Document | ShadowRoot | null {
  const frame = frameDocument(host);
  return host.shadowRoot ?? (frame?.body ? frame : null);
}

const frames = 'iframe,frame';
let hosts: XPathExpression | undefined;

/** Elements of `scope`, itself among them, that may hold a tree: frames, and custom elements, known natively by their hyphen. */
export function hostsIn(scope: ParentNode & Node): Element[] {
  const found = [...scope.querySelectorAll(frames)];
  if (scope.nodeType === 1 && (scope as Element).matches(frames)) found.push(scope as Element);
  try {
    // Asked for each row that a page puts in: understanding the question takes longer than answering it.
    hosts ??= new XPathEvaluator().createExpression("descendant-or-self::*[contains(local-name(),'-')]");
    // A shadow root cannot be asked by XPath itself; its children can.
    for (const base of scope.nodeType === 11 ? scope.childNodes : [scope]) {
      const answer = hosts.evaluate(base, 5);
      for (let host = answer.iterateNext(); host; host = answer.iterateNext()) found.push(host as Element);
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

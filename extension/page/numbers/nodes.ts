/** Small steps through the tree. `instanceof` is of no use here: a frame's elements belong to another window. */

export const isElement = (node: Node | null | undefined): node is Element => node?.nodeType === 1;
export const isText = (node: Node | null | undefined): node is Text => node?.nodeType === 3;

/** The element a node is, or stands in. */
export const elementOf = (node: Node): Element | null => (isElement(node) ? node : node.parentElement);

/** The parent as the page shows it: out of a slot into the shadow tree that shows it, out of a shadow root to its host. */
export function parentOf(node: Node): Node | null {
  if (isElement(node) || isText(node)) {
    const slot = node.assignedSlot;
    if (slot) return slot;
  }
  const parent = node.parentNode;
  return parent && parent.nodeType === 11 && 'host' in parent ? (parent as ShadowRoot).host : parent;
}

/** Climbs as `closest` does, but through slots and open shadow roots. */
export function climb(node: Node | null, accept: (element: Element) => boolean, most = 60): Element | null {
  for (let at: Node | null = node, level = 0; at && level < most; at = parentOf(at), level += 1)
    if (isElement(at) && accept(at)) return at;
  return null;
}

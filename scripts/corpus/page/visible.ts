import { parentOf } from '../../../extension/page/numbers/nodes.ts';

/**
 * Can somebody who uses the page get to see this? What is scrolled away counts; what is hidden, collapsed, cut down to
 * nothing for screen readers, or put where no scrolling leads does not.
 */
export function isVisible(element: Element, place?: Range): boolean {
  if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
  const boxes = boxesOf(element, place).filter(({ width, height }) => width > 1 && height > 1);
  if (boxes.length === 0 || isCutAway(element)) return false;
  const { x, y } = scrolled(element);
  const leftwards = getComputedStyle(element.ownerDocument.documentElement).direction === 'rtl';
  return boxes.some(({ right, bottom }) => (leftwards || right + x > 0) && bottom + y > 0);
}

/** Elements without a box of their own (`display: contents`) have that of their content. */
function boxesOf(element: Element, place?: Range): DOMRect[] {
  if (place) return [...place.getClientRects()];
  const own = [...element.getClientRects()];
  if (own.length > 0) return own;
  const inside = element.ownerDocument.createRange();
  inside.selectNodeContents(element);
  return [...inside.getClientRects()];
}

function* around(element: Element): Generator<Element> {
  for (let at: Node | null = element; at; at = parentOf(at)) if (at.nodeType === 1) yield at as Element;
}

/** Inside something that shows at most a pixel of what it holds: a collapsed panel, a text for screen readers alone. */
function isCutAway(element: Element): boolean {
  for (const at of around(element)) {
    const style = getComputedStyle(at);
    if (/^rect\(0px,? 0px,? 0px,? 0px\)/.test(style.clip) && style.position === 'absolute') return true;
    if (/^(?:inset\((?:50|100)%|circle\(0)/.test(style.clipPath)) return true;
    const cuts = style.overflowX !== 'visible' || style.overflowY !== 'visible';
    if (cuts && style.display !== 'inline' && (at.clientHeight <= 1 || at.clientWidth <= 1)) return true;
  }
  return false;
}

/** How far everything around it is scrolled. */
function scrolled(element: Element): { x: number; y: number } {
  let x = 0;
  let y = 0;
  for (const at of around(element)) {
    x += at.scrollLeft;
    y += at.scrollTop;
  }
  return { x, y };
}

/** A frame shows what stands in it only where it is seen itself, and so is every frame around it. */
export function isFrameVisible(view: Window | null): boolean {
  const frame = view?.frameElement ?? null;
  if (!frame) return true;
  return isVisible(frame) && isFrameVisible(frame.ownerDocument.defaultView);
}

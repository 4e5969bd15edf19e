import { css } from './style.ts';

/** The one element that we put into a page: a host under `<html>` with everything of ours in its closed shadow root. */

export interface Host {
  element: HTMLElement;
  shadow: ShadowRoot;
  /** Puts the host back when the page took it out. */
  attach(): void;
  /** How often it had to be put back. */
  lost(): number;
  remove(): void;
}

export function createHost(document: Document): Host {
  const element = document.createElement('nadpis-marks');
  const shadow = element.attachShadow({ mode: 'closed' });
  dress(shadow);
  let put = 0;
  return {
    element,
    shadow,
    lost: () => Math.max(0, put - 1),
    attach() {
      if (element.isConnected) return;
      put += 1;
      document.documentElement?.append(element);
    },
    remove: () => element.remove(),
  };
}

function dress(shadow: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    shadow.adoptedStyleSheets = [sheet];
  } catch {
    // Browsers whose content scripts cannot hand sheets over take an element inside our own root.
    const style = document.createElement('style');
    style.textContent = css;
    shadow.append(style);
  }
}

/** A small builder of elements: no markup is ever parsed. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...children);
  return element;
}

const shapes = {
  bubble: 'M3 3.5h10a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1H7.5L4.5 14v-2.5H3a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1Z',
  tick: 'm3.5 8.5 3 3 6-7',
  people:
    'M6 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Zm-4.5 5.5c0-2.5 2-4 4.5-4s4.5 1.5 4.5 4M11 3.2a2.4 2.4 0 0 1 0 4.6m1.2 2c1.5.4 2.3 1.6 2.3 3.7',
  cross: 'm4.5 4.5 7 7m0-7-7 7',
  clock: 'M8 4.5V8l2.5 1.5M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z',
  alert: 'M8 4.5v4.5m0 2.2v.1M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z',
} as const;

export type Shape = keyof typeof shapes;

export function icon(shape: Shape): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  const path = document.createElementNS(space, 'path');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', shapes[shape]);
  svg.append(path);
  return svg;
}

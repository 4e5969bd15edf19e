import { type Host, icon, make } from './host.ts';
import { type Box, isEmpty, viewport } from './place.ts';
import type { MarkTexts } from './texts.ts';

/** The button at a number: one for the whole page, it comes to where the pointer or the focus is. */

export interface NumberButton {
  element: HTMLButtonElement;
  show(anchor: Box, who: string): void;
  hide(): void;
  shown(): Box | null;
}

const height = 24;
const gap = 6;

export function createNumberButton(host: Host, layer: HTMLElement, texts: MarkTexts): NumberButton {
  const element = make('button', 'at number', icon('bubble'), texts.sms);
  element.hidden = true;
  layer.append(element);
  let box: Box | null = null;
  return {
    element,
    shown: () => box,
    hide() {
      element.hidden = true;
      box = null;
    },
    show(anchor, who) {
      if (isEmpty(anchor)) {
        this.hide();
        return;
      }
      host.attach();
      const name = texts.smsTo(who);
      element.setAttribute('aria-label', name);
      element.title = name;
      element.hidden = false;
      const width = element.offsetWidth || 60;
      const view = viewport();
      const right = anchor.right + gap;
      // Where there is no room behind the number, the button stands before it, or else over its end.
      const left =
        right + width <= view.right - 2
          ? right
          : anchor.left - gap - width >= 2
            ? anchor.left - gap - width
            : view.right - width - 2;
      const top = Math.min(Math.max((anchor.top + anchor.bottom - height) / 2, 2), view.bottom - height - 2);
      move(element, left, top);
      box = { left, top, right: left + width, bottom: top + height };
    },
  };
}

export function move(element: HTMLElement, left: number, top: number): void {
  element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
}

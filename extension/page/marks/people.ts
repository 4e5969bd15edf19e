import type { Chosen } from '../selection/selection.ts';
import { move } from './button.ts';
import { type Host, icon, make } from './host.ts';
import type { Box } from './place.ts';
import type { MarkTexts } from './texts.ts';

/** Everybody who is chosen, by the page they were chosen on; each can be taken out. */
export interface People {
  show(over: Box, chosen: ReadonlyMap<string, Chosen>): void;
  hide(): void;
  /** Whom a control takes out. */
  of(control: Element): { list: string; row: string } | null;
}

/** The composer shows all; here the first so many will do. */
const most = 500;
const width = 340;

export function createPeople(host: Host, layer: HTMLElement, texts: MarkTexts): People {
  const panel = make('div', 'at panel');
  panel.setAttribute('role', 'group');
  panel.setAttribute('aria-label', texts.showPeople);
  panel.hidden = true;
  layer.append(panel);
  const rows = new WeakMap<Element, { list: string; row: string }>();
  let drawn = '';

  function draw(chosen: ReadonlyMap<string, Chosen>): void {
    const parts: Node[] = [];
    let left = most;
    for (const [list, { page, people }] of chosen) {
      const heading = make('h2', '', page.title || page.url);
      const items = make('ul', '');
      for (const person of people.values()) {
        if (left <= 0) break;
        left -= 1;
        const name = person.name || person.shown;
        const out = make('button', 'clear', icon('cross'));
        out.setAttribute('aria-label', texts.remove(name));
        out.title = texts.remove(name);
        rows.set(out, { list, row: person.row });
        const number = make('span', 'more', person.numbers[0]?.shown ?? texts.noNumber);
        items.append(make('li', '', make('span', 'name', name), number, out));
      }
      parts.push(heading, items);
    }
    const all = [...chosen.values()].reduce((sum, { people }) => sum + people.size, 0);
    if (all > most) parts.push(make('p', 'more', texts.morePeople(all - most)));
    panel.replaceChildren(...parts);
  }

  return {
    of: (control) => rows.get(control) ?? null,
    hide() {
      panel.hidden = true;
    },
    show(over, chosen) {
      host.attach();
      const now = [...chosen].map(([id, { version, people }]) => `${id} ${version} ${people.size}`).join();
      if (now !== drawn) draw(chosen);
      drawn = now;
      panel.hidden = false;
      panel.style.maxHeight = `${Math.max(120, Math.min(420, over.top - 28))}px`;
      move(panel, Math.max(8, over.right - width), over.top - panel.offsetHeight - 8);
    },
  };
}

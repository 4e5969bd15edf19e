import type { ListReading } from '../lists/list.ts';
import { totalOf } from '../lists/total.ts';
import type { Chosen } from '../selection/selection.ts';
import { move } from './button.ts';
import { type Host, icon, make } from './host.ts';
import { type Box, isEmpty, viewport } from './place.ts';
import type { MarkTexts } from './texts.ts';

/** The bar of a list with ticked rows: how many, what is special about them, and the way to the composer. */

export interface BarState {
  ticked: number;
  elsewhere: number;
  withoutNumber: number;
  /** Rows the list says it has, where it has more than the page ever showed. */
  total: number | null;
  problem: string | null;
}

export interface Bar {
  send: HTMLButtonElement;
  clear: HTMLButtonElement;
  show(list: Box, state: BarState): void;
  hide(): void;
}

const margin = 14;

/** What the bar says of the rows chosen in a list. */
export function barState(list: ListReading, chosen: Chosen, problem: string | null): BarState {
  const people = [...chosen.people.values()];
  const total = totalOf(list);
  return {
    ticked: people.length,
    elsewhere: people.length - chosen.here.size,
    withoutNumber: people.filter((person) => person.numbers.length === 0).length,
    total: total !== null && total > list.source.count() ? total : null,
    problem,
  };
}

export function createBar(host: Host, layer: HTMLElement, texts: MarkTexts): Bar {
  const count = make('strong', '');
  const more = make('span', 'more');
  const send = make('button', 'send', icon('bubble'), texts.send);
  const clear = make('button', 'clear', icon('cross'));
  clear.setAttribute('aria-label', texts.clear);
  clear.title = texts.clear;
  const said = make('div', 'count', count, more);
  said.setAttribute('role', 'status');
  const bar = make('div', 'at bar', said, send, clear);
  bar.setAttribute('role', 'group');
  bar.setAttribute('aria-label', texts.bar);
  bar.hidden = true;
  layer.append(bar);

  return {
    send,
    clear,
    hide: () => {
      bar.hidden = true;
    },
    show(list, state) {
      host.attach();
      say(count, texts.ticked(state.ticked));
      const rest = [
        state.total !== null && state.total > state.ticked ? texts.ofTotal(state.ticked, state.total) : '',
        state.elsewhere > 0 ? texts.elsewhere(state.elsewhere) : '',
        state.withoutNumber > 0 ? texts.withoutNumber(state.withoutNumber) : '',
      ].filter((text) => text !== '');
      say(more, state.problem ?? rest.join(' · '));
      more.className = state.problem ? 'problem' : 'more';
      more.hidden = more.textContent === '';
      bar.hidden = false;
      const view = viewport();
      const seen = isEmpty(list) ? view : list;
      const width = bar.offsetWidth || 320;
      const height = bar.offsetHeight || 48;
      const left = Math.min(
        Math.max((seen.left + seen.right - width) / 2, margin),
        Math.max(margin, view.right - width - margin),
      );
      // At the window's lower edge: a place that does not jump while the list scrolls, and the farthest from its rows.
      move(bar, left, view.bottom - height - margin);
    },
  };
}

/** Written only when it changes: a live region speaks each time it is written. */
function say(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

import { move } from './button.ts';
import { type Host, icon, make } from './host.ts';
import { type Box, isEmpty, viewport } from './place.ts';
import type { MarkTexts } from './texts.ts';

/** The bar of the chosen people: how many, what is special about them, and the way to the composer. */

export interface BarState {
  /** What the bar says first. */
  title: string;
  /** What is special about them. */
  notes: string[];
  problem: string | null;
  /** What its controls are for now. */
  offers: ReadonlySet<'send' | 'clear' | 'collect' | 'stop' | 'undo' | 'people'>;
  /** The list of people is open. */
  open: boolean;
}

export interface Bar {
  send: HTMLButtonElement;
  clear: HTMLButtonElement;
  collect: HTMLButtonElement;
  stop: HTMLButtonElement;
  undo: HTMLButtonElement;
  /** Opens the list of people. */
  people: HTMLButtonElement;
  /** @returns where the bar stands */
  show(list: Box, state: BarState): Box;
  hide(): void;
}

const margin = 14;

export function createBar(host: Host, layer: HTMLElement, texts: MarkTexts): Bar {
  const count = make('strong', '');
  const more = make('span', 'more');
  const said = make('div', 'count', count, more);
  said.setAttribute('role', 'status');
  const controls = {
    people: make('button', 'quiet people', icon('people')),
    collect: make('button', 'quiet', texts.collect),
    stop: make('button', 'quiet', texts.stop),
    undo: make('button', 'quiet', texts.undo),
    send: make('button', 'send', icon('bubble'), texts.send),
    clear: make('button', 'clear', icon('cross')),
  };
  for (const [control, name] of [
    [controls.clear, texts.clear],
    [controls.people, texts.showPeople],
  ] as const) {
    control.setAttribute('aria-label', name);
    control.title = name;
  }
  const bar = make('div', 'at bar', said, ...Object.values(controls));
  bar.setAttribute('role', 'group');
  bar.setAttribute('aria-label', texts.bar);
  bar.hidden = true;
  layer.append(bar);

  return {
    ...controls,
    hide: () => {
      bar.hidden = true;
    },
    show(list, state) {
      host.attach();
      say(count, state.title);
      say(more, state.problem ?? state.notes.join(' · '));
      more.className = state.problem ? 'problem' : 'more';
      more.hidden = more.textContent === '';
      for (const [name, control] of Object.entries(controls))
        control.hidden = !state.offers.has(name as keyof typeof controls);
      controls.people.setAttribute('aria-expanded', String(state.open));
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
      const top = view.bottom - height - margin;
      move(bar, left, top);
      return { left, top, right: left + width, bottom: top + height };
    },
  };
}

/** Written only when it changes: a live region speaks each time it is written. */
function say(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

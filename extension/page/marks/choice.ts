import type { Capture } from '../../bridge/capture.ts';
import type { ListReading } from '../lists/list.ts';
import { totalOf } from '../lists/total.ts';
import type { Reader } from '../reader.ts';
import type { Selection } from '../selection/selection.ts';
import { type BarState, createBar } from './bar.ts';
import { createCollecting } from './collecting.ts';
import type { Host } from './host.ts';
import { createPeople } from './people.ts';
import { type Box, seenBox, viewport } from './place.ts';
import type { MarkTexts } from './texts.ts';

/** The bar of everybody who is chosen, on this page and on others of the site, with what can be done about them. */
export interface Choice {
  /** A list whose ticks changed is the one that the bar speaks of. */
  follow(list: ListReading): void;
  /** The list that the user turned to last. */
  list(): ListReading | null;
  turnTo(list: ListReading): void;
  /** Puts the bar where it belongs now, with what it has to say. @returns whether it is shown */
  place(problem: string | null): boolean;
  /** @returns false for a control that is not its own */
  click(control: HTMLElement): boolean;
  /** @returns whether there was something to leave */
  escape(): boolean;
  hide(): void;
}

interface ChoiceOptions {
  host: Host;
  layer: HTMLElement;
  texts: MarkTexts;
  reader: Reader;
  selection: Selection;
  /** Everybody who is chosen, the rows of `list` read at this moment. */
  capture(list: ListReading | null): Capture | null;
  send(capture: Capture | null): void;
  refresh(what?: 'ticks'): void;
  signal: AbortSignal;
}

/** How long a cleared choice can be brought back (ms). */
const regret = 10_000;

export function createChoice(options: ChoiceOptions): Choice {
  const { host, layer, texts, reader, selection, refresh, signal } = options;
  const people = createPeople(host, layer, texts);
  const bar = createBar(host, layer, texts);
  const collecting = createCollecting({ reader, selection, onProgress: () => refresh('ticks'), signal });
  let active: string | null = null;
  let isOpen = false;
  let undone: { count: number; undo(): void; timer: ReturnType<typeof setTimeout> } | null = null;
  signal.addEventListener('abort', forgetUndo);

  const lists = (): ListReading[] => reader.lists().filter((list) => list.people);
  const chosenOf = (list: ListReading): number => selection.of(list).people.size;

  /** The list that the bar speaks of. */
  function current(): ListReading | null {
    const here = lists();
    const running = collecting.progress();
    return (
      here.find((list) => list.id === running?.list) ??
      here.find((list) => list.id === active && chosenOf(list) > 0) ??
      here.find((list) => chosenOf(list) > 0) ??
      null
    );
  }

  function forgetUndo(): void {
    if (undone) clearTimeout(undone.timer);
    undone = null;
  }

  function state(list: ListReading | null, problem: string | null): BarState | null {
    const running = collecting.progress();
    if (running)
      return {
        title: texts.collecting(running.rows, running.total),
        notes: [],
        problem,
        offers: new Set(['stop']),
        open: false,
      };
    const all = selection.all();
    if (all.size === 0)
      return undone
        ? { title: texts.cleared(undone.count), notes: [], problem, offers: new Set(['undo']), open: false }
        : null;
    forgetUndo();
    const chosen = [...all.values()].flatMap((one) => [...one.people.values()]);
    const here = list ? selection.of(list).here.size : 0;
    const pages = new Set([...all.values()].map(({ page }) => page.url)).size;
    const own = list ? chosenOf(list) : 0;
    const total = list ? totalOf(list) : null;
    const withoutNumber = chosen.filter((person) => person.numbers.length === 0).length;
    const notes = [
      list && total !== null && total > own && total > list.source.count() ? texts.ofTotal(own, total) : '',
      chosen.length > here && pages < 2 ? texts.elsewhere(chosen.length - here) : '',
      withoutNumber > 0 ? texts.withoutNumber(withoutNumber) : '',
    ];
    const offers = new Set<'send' | 'clear' | 'people' | 'collect'>(['send', 'clear', 'people']);
    if (list && (total === null || own < total) && collecting.canCollect(list)) offers.add('collect');
    return {
      title: pages > 1 ? texts.fromPages(chosen.length, pages) : texts.ticked(chosen.length),
      notes: notes.filter((note) => note !== ''),
      problem,
      offers,
      open: isOpen,
    };
  }

  return {
    follow(list) {
      const before = chosenOf(list);
      const after = selection.update(list).people.size;
      if (after !== before && after > 0) active = list.id;
    },
    list: () => lists().find((list) => list.id === active) ?? null,
    turnTo: (list) => {
      active = list.id;
    },
    place(problem) {
      const list = current();
      const now = state(list, problem);
      if (!now) {
        isOpen = false;
        bar.hide();
        people.hide();
        return false;
      }
      const around: Box = list ? seenBox(list.source.root) : viewport();
      const box = bar.show(around, now);
      if (now.open) people.show(box, selection.all());
      else people.hide();
      return true;
    },
    click(control) {
      const out = people.of(control);
      if (control === bar.send) options.send(options.capture(current()));
      else if (control === bar.people) isOpen = !isOpen;
      else if (control === bar.stop) collecting.stop();
      else if (control === bar.undo) {
        undone?.undo();
        forgetUndo();
      } else if (control === bar.collect) {
        const list = current();
        if (list) collecting.start(list);
      } else if (control === bar.clear) {
        const count = [...selection.all().values()].reduce((sum, one) => sum + one.people.size, 0);
        forgetUndo();
        undone = {
          count,
          undo: selection.clear(),
          timer: setTimeout(() => {
            undone = null;
            refresh();
          }, regret),
        };
      } else if (out) selection.remove(out.list, out.row);
      else return false;
      refresh('ticks');
      return true;
    },
    escape() {
      if (!isOpen) return false;
      isOpen = false;
      refresh();
      return true;
    },
    hide() {
      bar.hide();
      people.hide();
    },
  };
}

import type { CapturedPerson } from '../../bridge/capture.ts';
import type { ListReading } from '../lists/list.ts';
import { type PeopleReader, peopleOf } from '../lists/person.ts';
import { isShown } from '../numbers/text.ts';
import { ticksOf } from './ticks.ts';

/**
 * Who is chosen in each list, kept by the identity of rows while the user scrolls and pages: a row that leaves the page
 * stays chosen until it is seen unticked.
 */
export interface Chosen {
  /** Row → the person as last seen. Rows in the page are read again when they are sent. */
  people: Map<string, CapturedPerson>;
  /** Chosen rows that are in the page and shown now. */
  here: Map<string, Element>;
  /** Rows chosen in our own boxes. */
  own: Set<string>;
  /** The page draws boxes of its own. */
  theirs: boolean;
}

export interface Selection {
  /** Looks at the page's ticks again. */
  update(list: ListReading): Chosen;
  of(list: ListReading): Chosen;
  /** Is anybody chosen in any list? */
  any(): boolean;
  /** Ticks in our own box. */
  tick(list: ListReading, row: Element, on: boolean): void;
  clear(list: ListReading): void;
  /** The chosen people, rows in the page read at this moment. */
  people(list: ListReading): CapturedPerson[];
  /** Reads the list's rows, telling them apart as before. */
  reader(list: ListReading): PeopleReader;
}

/** Up to so many rows each is looked up by its key; longer lists remember which element was which row. */
const fewRows = 500;

interface State extends Chosen {
  elements: Map<string, WeakRef<Element>>;
  /** The heading's box has been seen half-ticked: an unticked one then means that nothing is chosen. */
  halves: boolean;
  /** How the list's rows are told apart. */
  way: string | undefined;
}

export function createSelection(region: string): Selection {
  const states = new Map<string, State>();

  const stateOf = (list: ListReading): State => {
    const known = states.get(list.id);
    if (known) return known;
    const state: State = {
      people: new Map(),
      here: new Map(),
      own: new Set(),
      theirs: false,
      elements: new Map(),
      halves: false,
      way: undefined,
    };
    states.set(list.id, state);
    return state;
  };

  const readers = new WeakMap<ListReading, PeopleReader>();
  const readerOf = (list: ListReading): PeopleReader => {
    const made = readers.get(list);
    if (made) return made;
    const state = stateOf(list);
    const reader = peopleOf(list, region, state.way);
    state.way = reader.way;
    readers.set(list, reader);
    return reader;
  };

  const update = (list: ListReading): State => {
    const state = stateOf(list);
    const ticks = ticksOf(list);
    const reader = readerOf(list);
    state.theirs = ticks.theirs;
    state.halves ||= ticks.partly;
    if (state.halves && ticks.all === false && !ticks.partly && ticks.rows.size === 0) state.people.clear();
    // One selected row where several cannot be is the row the user looks at, not a choice.
    const chosen = ticks.theirs || ticks.rows.size > 1 ? ticks.rows : new Set<Element>();
    state.here = new Map();
    for (const row of chosen) add(state, reader, row);
    if (list.source.count() <= fewRows) {
      for (const row of list.source.rows()) {
        const key = reader.key(row);
        if (chosen.has(row)) continue;
        if (state.own.has(key)) add(state, reader, row);
        else if (!state.here.has(key)) state.people.delete(key);
      }
    } else forgetUnticked(state, reader, chosen);
    return state;
  };

  function add(state: State, reader: PeopleReader, row: Element): void {
    const key = reader.key(row);
    // Hidden by a filter of the page: chosen before, but not to be found there now.
    if (!isShown(row) && !state.people.has(key)) return;
    if (isShown(row)) state.here.set(key, row);
    if (!state.people.has(key)) state.people.set(key, reader.person(row));
    state.elements.set(key, new WeakRef(row));
  }

  function forgetUnticked(state: State, reader: PeopleReader, chosen: ReadonlySet<Element>): void {
    for (const key of state.people.keys()) {
      if (state.here.has(key)) continue;
      const row = state.elements.get(key)?.deref();
      if (!row?.isConnected || reader.key(row) !== key) continue;
      if (state.own.has(key)) add(state, reader, row);
      else if (!chosen.has(row)) state.people.delete(key);
    }
  }

  return {
    update,
    of: stateOf,
    any: () => [...states.values()].some((state) => state.people.size > 0),
    reader: readerOf,
    tick(list, row, on) {
      const state = stateOf(list);
      const reader = readerOf(list);
      const key = reader.key(row);
      if (on) {
        state.own.add(key);
        add(state, reader, row);
      } else {
        state.own.delete(key);
        state.people.delete(key);
        state.here.delete(key);
      }
    },
    clear(list) {
      const state = stateOf(list);
      state.own.clear();
      state.people.clear();
      state.here.clear();
    },
    people(list) {
      const state = update(list);
      const reader = readerOf(list);
      return [...state.people].map(([key, seen]) => {
        const row = state.here.get(key);
        return row ? reader.person(row) : seen;
      });
    },
  };
}

import type { BasketList } from '../../bridge/basket.ts';
import type { Capture, CapturedPerson } from '../../bridge/capture.ts';
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
  /** Rows chosen in our own boxes, or collected. */
  own: Set<string>;
  /** Where they were chosen. */
  page: Capture['page'];
  /** Merge fields of the list. */
  fields: string[];
  /** How the list's rows are told apart. */
  way: string | undefined;
  /** Grows with each change of who is chosen. */
  version: number;
  /** The page draws boxes of its own. */
  theirs: boolean;
}

export interface Selection {
  /** Looks at the page's ticks again. */
  update(list: ListReading): Chosen;
  of(list: ListReading): Chosen;
  /** Is anybody chosen in any list? */
  any(): boolean;
  /** Every list with chosen people, those of other pages too, by its identity. */
  all(): Map<string, Chosen>;
  /** Ticks in our own box. */
  tick(list: ListReading, row: Element, on: boolean): void;
  /** Takes somebody out, whatever the page shows; ticked anew there, the row counts again. */
  remove(list: string, row: string): void;
  /** Takes everybody out. @returns how to put them back */
  clear(): () => void;
  /** Puts back who was chosen before the page was loaded. */
  load(kept: readonly BasketList[]): void;
  /** The chosen people, rows in the page read at this moment. */
  people(list: ListReading): CapturedPerson[];
  /** Reads the list's rows, telling them apart as before. */
  reader(list: ListReading): PeopleReader;
}

/** Up to so many rows each is looked up by its key; longer lists remember which element was which row. */
const fewRows = 500;

interface State extends Chosen {
  elements: Map<string, WeakRef<Element>>;
  /** Rows that the user took out while the page shows them ticked. */
  out: Set<string>;
  /** The heading's box has been seen half-ticked: an unticked one then means that nothing is chosen. */
  halves: boolean;
}

/** @param pageNow where the user is */
export function createSelection(region: string, pageNow: () => Capture['page']): Selection {
  const states = new Map<string, State>();

  const stateFor = (id: string): State => {
    const known = states.get(id);
    if (known) return known;
    const state: State = {
      people: new Map(),
      here: new Map(),
      own: new Set(),
      theirs: false,
      page: pageNow(),
      fields: [],
      version: 0,
      elements: new Map(),
      out: new Set(),
      halves: false,
      way: undefined,
    };
    states.set(id, state);
    return state;
  };
  const stateOf = (list: ListReading): State => stateFor(list.id);

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

  let place = pageNow().url;
  /** Who was chosen on a page that the user has left stays chosen, though it shows them unticked when they come back. */
  function noticeLeaving(): void {
    const now = pageNow().url;
    if (now === place) return;
    place = now;
    for (const state of states.values()) for (const key of state.people.keys()) state.own.add(key);
  }

  const update = (list: ListReading): State => {
    noticeLeaving();
    const state = stateOf(list);
    const ticks = ticksOf(list);
    const reader = readerOf(list);
    state.theirs = ticks.theirs;
    state.halves ||= ticks.partly;
    if (state.halves && ticks.all === false && !ticks.partly && ticks.rows.size === 0)
      for (const key of [...state.people.keys()]) if (!state.own.has(key)) drop(state, key);
    // One selected row where several cannot be is the row the user looks at, not a choice.
    const chosen = ticks.theirs || ticks.rows.size > 1 ? ticks.rows : new Set<Element>();
    state.here = new Map();
    for (const row of chosen) add(state, reader, row);
    if (list.source.count() <= fewRows) {
      for (const row of list.source.rows())
        if (!chosen.has(row)) notTicked(state, reader, row, reader.key(row));
    } else {
      for (const key of [...state.people.keys()]) {
        const row = state.here.has(key) ? undefined : state.elements.get(key)?.deref();
        if (row?.isConnected && !chosen.has(row) && reader.key(row) === key)
          notTicked(state, reader, row, key);
      }
    }
    return state;
  };

  function add(state: State, reader: PeopleReader, row: Element): void {
    const key = reader.key(row);
    if (state.out.has(key)) return;
    // Hidden by a filter of the page: chosen before, but not to be found there now.
    if (!isShown(row) && !state.people.has(key)) return;
    if (isShown(row)) state.here.set(key, row);
    if (!state.people.has(key)) {
      state.people.set(key, reader.person(row));
      state.version += 1;
      state.page = pageNow();
      state.fields = reader.fields;
    }
    state.elements.set(key, new WeakRef(row));
  }

  function notTicked(state: State, reader: PeopleReader, row: Element, key: string): void {
    state.out.delete(key);
    if (state.own.has(key)) add(state, reader, row);
    else if (!state.here.has(key)) drop(state, key);
  }

  function drop(state: State, key: string): void {
    state.own.delete(key);
    state.here.delete(key);
    if (state.people.delete(key)) state.version += 1;
  }

  return {
    update,
    of: stateOf,
    any: () => [...states.values()].some((state) => state.people.size > 0),
    all: () => new Map([...states].filter(([, state]) => state.people.size > 0)),
    reader: readerOf,
    tick(list, row, on) {
      const state = stateOf(list);
      const reader = readerOf(list);
      const key = reader.key(row);
      if (!on) {
        state.out.add(key);
        drop(state, key);
        return;
      }
      state.out.delete(key);
      state.own.add(key);
      add(state, reader, row);
    },
    remove(list, row) {
      const state = stateFor(list);
      state.out.add(row);
      drop(state, row);
    },
    clear() {
      const before = [...states].map(([id, { people, own }]) => [id, new Map(people), new Set(own)] as const);
      for (const state of states.values())
        for (const key of [...state.people.keys()]) {
          state.out.add(key);
          drop(state, key);
        }
      return () => {
        for (const [id, people, own] of before) {
          const state = stateFor(id);
          for (const [key, person] of people) {
            state.people.set(key, person);
            state.out.delete(key);
          }
          state.own = new Set([...state.own, ...own]);
          state.version += 1;
        }
      };
    },
    load(kept) {
      for (const { list, page, fields, way, people } of kept) {
        const state = stateFor(list);
        // What has been ticked here since is as new as it gets.
        for (const person of people) if (!state.people.has(person.row)) state.people.set(person.row, person);
        // The page may have forgotten its ticks; the user has not.
        for (const { row } of people) state.own.add(row);
        state.way ??= way;
        if (state.fields.length === 0) Object.assign(state, { page, fields });
      }
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

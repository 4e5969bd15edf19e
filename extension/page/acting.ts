import type { Capture } from '../bridge/capture.ts';
import type { RowState } from '../bridge/messages.ts';
import type { ListReading } from './lists/list.ts';
import type { PickRole } from './marks/picking.ts';
import type { Reader } from './reader.ts';

/** Between the part of a page's script that reads and the part that acts, which comes when the user has something to do. */

/** Where the pointer or the focus is. */
export interface Aim {
  type: string;
  target: Node;
  clientX: number;
  clientY: number;
}

/** What the reading part gives. */
export interface ReadPage {
  document: Document;
  /** ISO 3166 region of numbers without a prefix. */
  region: string;
  reader: Reader;
  /** Lists, fields and elements with numbers that are in or near the window. */
  inView: ReadonlySet<Element>;
  signal: AbortSignal;
  /** The columns that are chosen now, by anybody of the organisation. */
  choose(lists: readonly import('../../shared/api/sites.ts').SiteList[]): void;
}

/** What the acting part does. */
export interface Acts {
  /** What we put into the page. */
  element: Element;
  /** The page keeps taking out what we put in. */
  isTakenOut(): boolean;
  /** The number that the user has selected, focused or points at. */
  captureAtFocus(): Capture | null;
  /** The ticked rows of the list touched last; none ticked: its current row. */
  captureList(): Capture | null;
  tickedIn(list: ListReading): number;
  showRowStates(result: { list: string; states: RowState[] }): void;
  /** The user is about to point at a column. */
  pickColumn(role: PickRole): void;
  /** Something was read again. */
  onChange(): void;
  /** A tree of the page came under watch. */
  listen(root: Document | ShadowRoot): void;
  /** The act that brought us here. */
  onAim(aim: Aim): void;
}

export type MakeActs = (page: ReadPage) => Acts;

import type { Capture } from '../../bridge/capture.ts';
import type { RowState } from '../../bridge/messages.ts';
import type { Aim } from '../acting.ts';
import type { ListReading } from '../lists/list.ts';
import type { Pointed } from '../pointed.ts';
import type { Selection } from '../selection/selection.ts';
import type { Picking } from './picking.ts';
import type { MarkTexts } from './texts.ts';

export interface MarksOptions {
  document: Document;
  selection: Selection;
  region: string;
  /** What is in or near the window. */
  inView: ReadonlySet<Element>;
  texts: MarkTexts;
  /** Opens the composer; rejects when the extension is gone. */
  open(capture: Capture): Promise<void>;
  /** The page's ticks have been looked at. */
  onChosen(): void;
  signal: AbortSignal;
}

export interface Marks {
  element: HTMLElement;
  /** The page keeps taking out what we put in. */
  isTakenOut(): boolean;
  /** Something changed: draw again in the next frame. `moved`: what is drawn may stand elsewhere now, and nothing else. */
  refresh(what?: 'ticks' | 'moved'): void;
  /** Listens in a tree of the page. */
  listen(root: Document | ShadowRoot): void;
  /** The pointer or the focus came somewhere. */
  onAim(aim: Aim): void;
  pointed(): Pointed | null;
  list(): ListReading | null;
  row(): { list: ListReading; row: Element } | null;
  showRowStates(list: string, states: readonly RowState[]): void;
  captureOf(pointed: Pointed): Capture | null;
  /** Everybody who is chosen on the site, the rows of `list` read at this moment. */
  captureTicked(list: ListReading | null): Capture | null;
  /** On the bar, beside who is chosen; null: nothing is wrong any more. */
  say(problem: string | null): void;
  /** Lets the user point at a column. */
  pick: Picking['start'];
}

import { defineExtensionMessaging } from '@webext-core/messaging';
import type { MessageState } from '../../shared/api/messages.ts';
import type { SiteList } from '../../shared/api/sites.ts';
import type { ListPlace } from '../../shared/sites/lists.ts';
import type { BasketList } from './basket.ts';
import type { Capture } from './capture.ts';
import type { ComposerPlace } from './incoming.ts';

/** A message's state on its way back to the row that it was sent from. */
export interface RowState {
  row: string;
  state: MessageState;
}

/** What the popup shows of a page. */
export interface PageSummary {
  /**
   * What is wrong: the page opted out, or reading was stopped to keep the page responsive, and nothing is read; or the page
   * keeps taking our marks out.
   */
  off: 'opted-out' | 'degraded' | 'taken-out' | null;
  lists: { list: string; rows: number; numbers: number; ticked: number }[];
  /** Numbers outside lists: in forms and running text. */
  numbers: number;
}

/** What the organisation has set for the page's site, as far as reading it needs that. */
export interface PageSettings {
  /** ISO 3166 region of numbers without a prefix. */
  region: string;
  lists: SiteList[];
}

/** Everything that may be asked, but for what `reading.ts` has: a page asks the background, the background asks a page. */
interface Protocol {
  /** Page → background, in the click of the user: show the composer with these people. */
  openComposer(capture: Capture): void;
  /** Page → background: who is chosen in one of its lists; nobody: it is forgotten. False: it could not be kept. */
  keepBasket(list: BasketList): boolean;
  /** Page → background: who was chosen on this site in this tab. */
  readBasket(): BasketList[];
  /** Popup → page: the user is about to point at a column. */
  pickColumn(role: 'phone' | 'name'): void;
  /** Page → background, in the click of the user: keep this column for the list. What is set then; null: it was not kept. */
  keepColumn(picked: { role: 'phone' | 'name'; place: ListPlace; column: string }): PageSettings | null;
  /** Background → page: the number at the focus or selection (a command, the context menu); null when there is none. */
  captureAtFocus(): Capture | null;
  /** Background → page: the ticked rows of the list that the user last touched, or all its current row. */
  captureList(): Capture | null;
  /** Background → page: what was read, for the popup. */
  summarisePage(): PageSummary;
  /** Background → page: how the messages sent from a list fare. */
  showRowStates(result: { list: string; states: RowState[] }): void;
  /** Popup → background: the composer is opening at `place`; give it the ticked rows of the tab. A popup may not live to do so. */
  fillComposer(from: { tabId: number; place: ComposerPlace; insteadOf: ComposerPlace | null }): void;
  /** Composer → background: a batch left from this tab's list; pass its states on to the page. */
  followBatch(follow: { batchId: string; tabId: number; list: string; rows: Record<string, string> }): void;
}

export const { sendMessage, onMessage } = defineExtensionMessaging<Protocol>();

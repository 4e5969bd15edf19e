import type { MessageState } from '../../../shared/api/messages.ts';

/** What the marks say, in the user's language; handed in, so that the reader runs without an extension around it. */
export interface MarkTexts {
  /** On the button at a number. */
  sms: string;
  /** Its full name: `Wyślij SMS: Jan Kowalski, 600 100 200`. */
  smsTo(who: string): string;
  /** `Zaznaczono: 12`. */
  ticked(count: number): string;
  /** Of them so many are not in view: on other pages, filtered out. */
  elsewhere(count: number): string;
  withoutNumber(count: number): string;
  /** The list says that it has more rows than were seen. */
  ofTotal(count: number, total: number): string;
  /** People of several pages: `12 osób z 3 stron`. */
  fromPages(people: number, pages: number): string;
  /** Opens the list of the chosen people. */
  showPeople: string;
  remove(who: string): string;
  noNumber: string;
  /** So many more than the list shows. */
  morePeople(count: number): string;
  send: string;
  clear: string;
  /** `Odznaczono: 12`, with a way back. */
  cleared(count: number): string;
  undo: string;
  /** Scrolls a list to its end for the user. */
  collect: string;
  collecting(rows: number, total: number | null): string;
  stop: string;
  /** Too many to be remembered on the next page. */
  notKept: string;
  tickRow(who: string): string;
  bar: string;
  /** The extension was renewed under the page: only a reload helps. */
  reload: string;
  /** While the user points at a column. */
  pick: {
    phone: string;
    name: string;
    cancel: string;
    saved(column: string): string;
    failed: string;
  };
  state: Record<MessageState, string>;
}

import type { MakeActs } from './acting.ts';
import type { MakeUnderlines } from './marks/underlines.ts';
import type { Page } from './page.ts';

/** Where the scripts of a page meet: the global object of the extension's own world, which no page sees. */
export interface Meeting {
  /** See `lent.ts`. */
  lent: Record<string, unknown>;
  page: Promise<Page>;
  /** Aborts when the extension is gone or another reader takes over. */
  signal: AbortSignal;
  /** Left by the script that acts. */
  makeActs?: MakeActs;
  /** Left by the script that underlines. */
  makeUnderlines?: MakeUnderlines;
}

declare global {
  var nadpisMeeting: Meeting | undefined;
}

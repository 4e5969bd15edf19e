import type { Capture, CapturedPerson } from './capture.ts';

/** Who is chosen on a site, while the user goes from page to page of it: kept by the background, by tab and site. */
export interface BasketList {
  /** Identity of the list on its page. */
  list: string;
  page: Capture['page'];
  /** Merge fields, in the order of the page's columns. */
  fields: string[];
  /** How the list's rows are told apart, so that a row keeps its key when the page is loaded again. */
  way?: string | undefined;
  people: CapturedPerson[];
}

/** A tab's basket holds no more than this; whoever is chosen beyond it is not kept over a page's end. */
export const mostInBasket = 20_000;

import type { Limit } from '../access/rate-limit.ts';

const quarter = 15 * 60_000;

/** An address gets few codes, so that nobody's mailbox is filled; a caller may ask for many people behind one router. */
export const codesForAddress: Limit = { name: 'codes-address', quota: 5, window: quarter };
export const codesForAddressADay: Limit = { name: 'codes-address-day', quota: 30, window: 24 * 3_600_000 };
export const codesForCaller: Limit = { name: 'codes-caller', quota: 60, window: quarter };

/** With five tries a code and thirty codes a day: 150 guesses of a million a day for one address, whoever makes them. */
export const triesForAddress: Limit = { name: 'tries-address', quota: 15, window: quarter };
export const triesForCaller: Limit = { name: 'tries-caller', quota: 120, window: quarter };

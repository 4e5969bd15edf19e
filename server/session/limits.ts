import type { Limit } from '../access/rate-limit.ts';

const quarter = 15 * 60_000;

/** An address gets few codes, so that nobody's mailbox is filled; a caller may ask for many people behind one router. */
export const codesForAddress: Limit = { name: 'codes-address', quota: 5, window: quarter };
export const codesForCaller: Limit = { name: 'codes-caller', quota: 60, window: quarter };

/** Together with five tries a code: 25 guesses of a million in a quarter of an hour, whoever makes them. */
export const triesForAddress: Limit = { name: 'tries-address', quota: 15, window: quarter };
export const triesForCaller: Limit = { name: 'tries-caller', quota: 120, window: quarter };

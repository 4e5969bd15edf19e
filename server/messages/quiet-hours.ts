import { momentOf, wallClock } from './local-time.ts';

/** When texts may go out: hours of the local day, `from` included and `until` not (domain §7). */
export interface Day {
  timeZone: string;
  from: number;
  until: number;
}

/** 06:00–22:00 in Poland. */
export const ordinaryDay: Day = { timeZone: 'Europe/Warsaw', from: 6, until: 22 };

/**
 * The moment itself by day, else the next morning; milliseconds since the epoch. Right in the nights in which the clocks
 * change, too.
 */
export function afterQuietHours(moment: number, { timeZone, from, until }: Day = ordinaryDay): number {
  const clock = wallClock(moment, timeZone);
  if (clock.hour >= from && clock.hour < until) return moment;
  // The wall clock's own calendar counts on: the 32nd is the 1st of the next month.
  const day = clock.hour < from ? clock.day : clock.day + 1;
  return momentOf({ ...clock, day, hour: from, minute: 0, second: 0 }, timeZone);
}

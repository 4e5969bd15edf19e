/** Wall clocks of time zones (IANA names), by the runtime's own data. Milliseconds since the epoch, UTC. */

const minute = 60_000;
const made = new Map<string, Intl.DateTimeFormat>();

export function isTimeZone(name: string): boolean {
  try {
    return formatOf(name) !== null;
  } catch {
    return false;
  }
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = made.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
    made.set(timeZone, format);
  }
  return format;
}

export interface WallClock {
  year: number;
  /** 1–12. */
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

/** What a clock on the wall shows at a moment. */
export function wallClock(moment: number, timeZone: string): WallClock {
  const shown = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of formatOf(timeZone).formatToParts(moment)) {
    if (type in shown) shown[type as keyof WallClock] = Number(value);
  }
  return shown;
}

const asUtc = (it: WallClock): number =>
  Date.UTC(it.year, it.month - 1, it.day, it.hour, it.minute, it.second);

/**
 * The moment at which the clock shows that. In the hour that a clock skips in spring it is as much later as was skipped;
 * of the hour that comes twice in autumn it is the first.
 */
export function momentOf(clock: WallClock, timeZone: string): number {
  const wanted = asUtc(clock);
  const offsetAt = (moment: number) => asUtc(wallClock(moment, timeZone)) - (moment - (moment % 1000));
  // The offsets of the day before and after cover any change between.
  const before = wanted - offsetAt(wanted - 24 * 60 * minute);
  const after = wanted - offsetAt(wanted + 24 * 60 * minute);
  const [first, second] = before <= after ? [before, after] : [after, before];
  if (asUtc(wallClock(first, timeZone)) === wanted) return first;
  if (asUtc(wallClock(second, timeZone)) === wanted) return second;
  // Skipped: by the offset from before the change.
  return before;
}

/** `2026-11-24T09:30`, as date fields of a page give it; null: no such day or time. */
export function readLocal(text: string): WallClock | null {
  const [, year, month, day, hour, minutes] = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)$/.exec(text) ?? [];
  const clock = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minutes),
    second: 0,
  };
  const back = new Date(asUtc(clock));
  const real =
    year !== undefined &&
    back.getUTCDate() === clock.day &&
    back.getUTCMonth() + 1 === clock.month &&
    back.getUTCHours() === clock.hour &&
    back.getUTCMinutes() === clock.minute;
  return real ? clock : null;
}

/** The day in which a moment is, `2026-11-24`. */
export function dayOf(moment: number, timeZone: string): string {
  const { day } = wallClock(moment, timeZone);
  return `${monthOf(moment, timeZone)}-${String(day).padStart(2, '0')}`;
}

/** When a day begins, `2026-11-24`, or so many days after it. */
export function startOfDay(day: string, timeZone: string, after = 0): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return momentOf({ year, month, day: date + after, hour: 0, minute: 0, second: 0 }, timeZone);
}

/** The calendar month in which a moment is, `2026-11`. */
export function monthOf(moment: number, timeZone: string): string {
  const { year, month } = wallClock(moment, timeZone);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
}

/** When the month of a moment began. */
export function startOfMonth(moment: number, timeZone: string): number {
  const { year, month } = wallClock(moment, timeZone);
  return momentOf({ year, month, day: 1, hour: 0, minute: 0, second: 0 }, timeZone);
}

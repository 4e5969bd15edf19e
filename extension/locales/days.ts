/** Days are Polish ones, as all dates that we show: `2026-11-24` is from midnight to midnight in Warsaw. */
const zone = 'Europe/Warsaw';

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** What the clock on the wall says at that instant, as if it were UTC. */
function wallOf(at: number): number {
  const part = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The first millisecond of the day, UTC; null when it is no day. The clock never changes at midnight there. */
export function startOfDay(day: string): number | null {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  if (year === undefined) return null;
  const wall = Date.UTC(Number(year), Number(month) - 1, Number(date));
  // `2026-02-31` is not the third of March.
  if (new Date(wall).toISOString().slice(0, 10) !== day) return null;
  const near = wall - (wallOf(wall) - wall);
  return near - (wallOf(near) - wall);
}

/** The first millisecond after the day. */
export function endOfDay(day: string): number | null {
  const start = startOfDay(day);
  // A day has 23 to 25 hours: from the middle of the next one back to its beginning.
  return start === null ? null : startOfDay(dayOf(start + 36 * 3_600_000));
}

export function dayOf(at: number): string {
  return new Date(wallOf(at)).toISOString().slice(0, 10);
}

/** The day that it is there now. */
export const today = (): string => dayOf(Date.now());

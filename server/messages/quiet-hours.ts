/** When texts to employees may go out: 06:00–22:00 in Poland (domain §7). Hours of the day, local. */
const day = { from: 6, until: 22 };
const hour = 3_600_000;

const local = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Warsaw',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** The moment itself by day, else the next morning; milliseconds since the epoch. */
export function afterQuietHours(moment: number): number {
  const [now = 0, minutes = 0, seconds = 0] = local.format(moment).split(':').map(Number);
  if (now >= day.from && now < day.until) return moment;
  const hours = now < day.from ? day.from - now : 24 + day.from - now;
  const morning = moment + hours * hour - minutes * 60_000 - seconds * 1000 - (moment % 1000);
  // In the night in which the clocks change, the morning comes an hour sooner or later than it looked in the evening.
  return morning + (day.from - Number(local.format(morning).slice(0, 2))) * hour;
}

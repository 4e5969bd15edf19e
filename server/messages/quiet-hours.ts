/** When texts to employees may go out: 06:00–22:00 in Poland (domain §7). Hours of the day, local. */
const day = { from: 6, until: 22 };

const local = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Warsaw',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** The moment itself by day, else the next morning; milliseconds since the epoch. */
export function afterQuietHours(moment: number): number {
  let at = moment;
  // Twice: the night in which the clocks change is an hour longer or shorter than it looks in the evening.
  for (let look = 0; look < 2; look++) {
    const [hour = 0, minute = 0, second = 0] = local.format(at).split(':').map(Number);
    if (hour >= day.from && hour < day.until) break;
    const hours = hour < day.from ? day.from - hour : 24 + day.from - hour;
    at += hours * 3_600_000 - minute * 60_000 - second * 1000 - (at % 1000);
  }
  return at;
}

const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Warsaw',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** "2018-05-21 19:16:22", the operator's clock on the wall in Poland, in milliseconds since the epoch; else null. */
export function warsawTime(text: unknown): number | null {
  if (typeof text !== 'string') return null;
  const match = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/.exec(text.trim());
  if (match === null) return null;
  const asUtc = Date.parse(`${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}Z`);
  if (Number.isNaN(asUtc)) return null;
  // The offset at the first guess may be that of the other side of a change; the second guess is right.
  const guess = asUtc - offsetAt(asUtc);
  return asUtc - offsetAt(guess);
}

/** The wall clock in Poland of a moment, as the operator writes it. */
export function toWarsaw(at: number): string {
  return new Date(at + offsetAt(at)).toISOString().slice(0, 19).replace('T', ' ');
}

/** Milliseconds by which Poland is ahead of UTC. */
function offsetAt(at: number): number {
  const of: Record<string, string> = {};
  for (const { type, value } of parts.formatToParts(at)) of[type] = value;
  const wall = Date.parse(`${of.year}-${of.month}-${of.day}T${of.hour}:${of.minute}:${of.second}Z`);
  return wall - Math.floor(at / 1000) * 1000;
}

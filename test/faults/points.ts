/** Where the server is killed, in the order of a message's way. What each means stands in crash.ts. */
export const points = [
  'accept.before-commit',
  'accept.after-commit',
  'lease.before-commit',
  'lease.after-commit',
  'write.before-commit',
  // The call is written down and not made.
  'write.after-commit',
  'call.before',
  'call.sent',
  // The operator has answered, the outcome is not stored.
  'call.answered',
  'settle.middle',
  'settle.before-commit',
  'settle.after-commit',
  'report.before-commit',
  'report.after-commit',
  'match.middle',
  'match.after-commit',
] as const;

export type Point = (typeof points)[number];

/** How much is sent: 1 in `npm test`, more in `npm run test:faults` (FAULTS_SIZE). */
export const size = Math.max(1, Math.min(200, Number(process.env.FAULTS_SIZE ?? 1) || 1));

/** Where the server is killed, in the order of a message's way. What each means stands in crash.ts. */
export const points = [
  'accept.before-commit',
  'accept.after-commit',
  'lease.before-commit',
  'lease.after-commit',
  'write.before-commit',
  // The call is written down and not made.
  'write.after-commit',
  'call.before@smsapi',
  'call.before@twilio',
  'call.sent@smsapi',
  'call.sent@serwersms',
  // The operator has answered, the outcome is not stored.
  'call.answered@smsapi',
  'call.answered@twilio',
  'call.answered@serwersms',
  'settle.middle',
  'settle.before-commit',
  'settle.after-commit',
  'report.before-commit',
  'report.after-commit',
  'match.middle',
  'match.after-commit',
] as const;

/** Those of `npm test`, one after another on one database. */
export const chiefPoints = [
  'accept.before-commit',
  'accept.after-commit',
  'write.after-commit',
  'call.answered@smsapi',
  'call.answered@twilio',
  'settle.middle',
] as const;

/** How much is sent: 1 in `npm test`, 10 in `npm run test:faults`, the long form with every point by itself. */
export const size = Math.max(1, Math.min(500, Math.round(Number(process.env.FAULTS_SIZE ?? 1)) || 1));

import type { Trouble } from '../outcomes.ts';

/**
 * SerwerSMS answers errors with HTTP 200 and `{error: {code, type, message}}`. The complete table of codes stands in
 * the test base of the operator's official Java client; what each means for a message is ours.
 */
const troubles: ReadonlyMap<number, Trouble> = new Map([
  ...each('our-mistake', 1000),
  // Login, token, role, address: nothing goes out until somebody mends it.
  ...each('auth', 1001, 1002, 1003, 1005, 1007, 1008, 1009, 1011, 1012),
  ...each('message', 1004, 1006),
  ...each('busy', 1010),
  ...each('message', 2000, 2001, 2002),
  // Limits of ECO+, FULL, MMS, voice.
  ...each('credit', 3000, 3002, 3004, 3006),
  // No permission for a kind of message, for personalised ones, or sending blocked: configuration of the account.
  ...each('auth', 3001, 3003, 3005, 3007, 3008, 3009, 3100, 3107),
  ...each('message', 3101, 3102, 3103, 3104, 3105, 3108, 3109),
  ...each('sender-name', 3106),
  ...each('our-mistake', 3110, 3200, 3202),
  // Which of the two comes back for a used unique_id is not documented.
  ...each('duplicate', 3111, 3201),
]);

/** An unknown code is still a refusal: the operator took nothing. */
export function troubleOf(code: number): Trouble {
  return troubles.get(code) ?? 'our-mistake';
}

/** Answers to questions that found nothing: 3330. */
export const noMessages = 3330;
/** The name is there already: 4400, and already active: 4405. Asking twice is no error. */
export const nameExists: readonly number[] = [4400, 4405];
/** The number is on the blacklist already. */
export const numberBlocked: readonly number[] = [4602];

function each(trouble: Trouble, ...codes: number[]): [number, Trouble][] {
  return codes.map((code) => [code, trouble]);
}

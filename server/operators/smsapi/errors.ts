import type { Trouble } from '../outcomes.ts';

/**
 * SMSAPI answers errors of `sms.do` with HTTP 200 and `{error: code, message}`. Codes: section 19 of the operator's
 * documentation and its official clients; whether an outcome is unknown, ours. Every other code is a refusal.
 */
const troubles: ReadonlyMap<number, Trouble> = new Map([
  ...each('sender-name', 14),
  ...each('message', 13, 33, 57, 59, 112),
  ...each('message', 11, 12, 17, 30, 74, 94),
  // Too many texts to one number in a short time: nobody else's messages need to wait.
  ...each('later', 52),
  ...each('busy', 200, 202, 203),
  ...each('credit', 103),
  ...each('auth', 101, 102, 105, 110, 401),
  ...each('duplicate', 53),
  // Internal errors: some clients take them for passing ones, but they prove nothing about this message.
  ...each('unsure', 8, 201, 666, 999),
]);

export function troubleOf(code: number): Trouble {
  return troubles.get(code) ?? 'our-mistake';
}

/** Which refusals name the numbers that they are about. */
export const aboutNumbers: readonly number[] = [13, 33];

/** `sch_del`: no such message, or no longer to be taken back. */
export const noSuchMessage = 301;

function each(trouble: Trouble, ...codes: number[]): [number, Trouble][] {
  return codes.map((code) => [code, trouble]);
}

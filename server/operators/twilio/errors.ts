import type { Trouble } from '../outcomes.ts';

/** Twilio's error codes of a refused send. Source: its official client; those marked, from other public code. */
const troubles: ReadonlyMap<number, Trouble> = new Map<number, Trouble>([
  [20003, 'auth'],
  [20404, 'auth'],
  [20429, 'busy'],
  // A number that cannot be (unverified).
  [21211, 'message'],
  [21212, 'sender-name'],
  // The recipient has opted out (unverified).
  [21610, 'message'],
  // This name cannot write to that number: countries differ in what they let through.
  [21612, 'message'],
]);

/** An unknown code of an answer that refuses is a refusal. */
export function troubleOf(code: number): Trouble {
  return troubles.get(code) ?? 'our-mistake';
}

/** What a number is good for: only a `mobile` surely takes an SMS; a `foreign` one is judged by `check.ts`. */
export type NumberKind = 'mobile' | 'landline' | 'foreign' | 'unknown';

export interface FoundNumber {
  /** E.164, e.g. `+48606960887`. */
  e164: string;
  kind: NumberKind;
}

export interface PlacedNumber extends FoundNumber {
  /** UTF-16 offsets of the shown number in the text given, without its label and extension. */
  start: number;
  end: number;
}

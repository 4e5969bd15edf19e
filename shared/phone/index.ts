/** What a number is good for: only a `mobile` surely takes an SMS; a `foreign` one is judged by `check.ts`. */
export type NumberKind = 'mobile' | 'landline' | 'foreign' | 'unknown';

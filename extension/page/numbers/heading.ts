import type { CapturedNumber } from '../../bridge/capture.ts';

/** Longer headings name nothing. */
const longestHeading = 120;

/** The same numbers with the heading or label that they stand under. */
export const inColumn = (numbers: readonly CapturedNumber[], heading: string): CapturedNumber[] =>
  heading === ''
    ? [...numbers]
    : numbers.map((number) => ({ ...number, column: heading.slice(0, longestHeading) }));

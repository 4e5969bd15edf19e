import { ProblemException } from '../../shared/api/problems.ts';

/** The entity tag of a record's version, e.g. `"7"`. */
export const entityTag = (version: number): string => `"${version}"`;

/**
 * The version that `If-Match` asks for; null when it asks for none (`*`, or no header), so that any is changed.
 * @throws {ProblemException} `conflict` for a tag that was never one of ours
 */
function expectedVersion(ifMatch: string | undefined): number | null {
  if (ifMatch === undefined || ifMatch.trim() === '*') return null;
  // A proxy that compresses makes the tag weak.
  const version = /^(?:W\/)?"(\d{1,15})"$/.exec(ifMatch.trim())?.[1];
  if (version === undefined) throw new ProblemException('conflict');
  return Number(version);
}

/** @throws {ProblemException} `conflict` when `If-Match` asks for another version than there is */
export function requireVersion(current: number, ifMatch: string | undefined): void {
  const expected = expectedVersion(ifMatch);
  if (expected !== null && expected !== current) throw new ProblemException('conflict');
}

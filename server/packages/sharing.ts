/** A package as it stands: what remains of it at some entry of the ledger. */
export interface Package {
  /** Its purchase: packages are in the order of these. */
  ledgerId: number;
  parts: number;
  /** Its last moment; null: it does not end. */
  validUntil: number | null;
  remaining: number;
  lapsed: boolean;
}

/** Entries of the ledger between two purchases. */
export interface Stretch {
  /** Packages with a purchase up to here are there: the last purchase before it. */
  after: number;
  /** Their sum: negative, more was used than given back. */
  parts: number;
}

/**
 * What remains of each package after these stretches: what is used comes off the one that ends first, then off the
 * oldest; what is given back returns to the one that it came off last. Parts given back after their package has lapsed
 * stay in the balance and end with nothing.
 */
export function shareOut(packages: readonly Package[], stretches: readonly Stretch[]): Package[] {
  const shared = packages.map((each) => ({ ...each }));
  const inOrder = [...shared].sort(
    (a, b) =>
      (a.validUntil ?? Number.POSITIVE_INFINITY) - (b.validUntil ?? Number.POSITIVE_INFINITY) ||
      a.ledgerId - b.ledgerId,
  );
  for (const { after, parts } of stretches) {
    const there = inOrder.filter((each) => each.ledgerId <= after && !each.lapsed);
    if (parts < 0) take(there, -parts);
    else giveBack(there.reverse(), parts);
  }
  return shared;
}

function take(packages: readonly Package[], parts: number): void {
  let left = parts;
  for (const each of packages) {
    const taken = Math.min(each.remaining, left);
    each.remaining -= taken;
    left -= taken;
  }
}

function giveBack(packages: readonly Package[], parts: number): void {
  let left = parts;
  for (const each of packages) {
    const given = Math.min(each.parts - each.remaining, left);
    each.remaining += given;
    left -= given;
  }
}

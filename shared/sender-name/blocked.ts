import { collapseSpaces, senderNameKey } from './key.ts';
import { plainForm } from './plain.ts';
import { skeleton } from './skeleton.ts';

/** Why a name is reserved: `imported` comes from a list that an administrator brought in, such as CSIRT NASK's. */
export type BlockedKind = 'operator' | 'authority' | 'generic' | 'keyword' | 'imported';

export interface BlockedName {
  /** As the list spells it. */
  readonly name: string;
  readonly kind: BlockedKind;
}

/** A list made ready for look-ups; build it once for each import and keep it. */
export interface BlockedList {
  /** By `senderNameKey`. */
  readonly byKey: ReadonlyMap<string, BlockedName>;
  /** By `skeleton`, for look-alikes. */
  readonly bySkeleton: ReadonlyMap<string, BlockedName>;
}

/** Longer rows cannot be a sender name in any spelling. */
const longestRow = 64;

/** Below three letters everything looks like something. */
const shortestSkeleton = 3;

/**
 * A list of reserved names made ready: one pass, three look-up keys a row at most. A row counts as it is and in its plain form with
 * its punctuation as a space and left out: "T-Mobile" reserves T Mobile and TMobile. Empty rows are passed over.
 */
export function blockedList(rows: Iterable<string>, kind: BlockedKind = 'imported'): BlockedList {
  const byKey = new Map<string, BlockedName>();
  const bySkeleton = new Map<string, BlockedName>();
  for (const row of rows) {
    if (row.length > longestRow) continue;
    const name = row.trim();
    const key = senderNameKey(name);
    if (key === '') continue;
    const entry = { name, kind };
    for (const spelling of new Set([key, ...spellings(name)])) {
      if (!byKey.has(spelling)) byKey.set(spelling, entry);
    }
    const bones = skeleton(name);
    if (bones.length >= shortestSkeleton && !bySkeleton.has(bones)) bySkeleton.set(bones, entry);
  }
  return { byKey, bySkeleton };
}

/** The reserved name that this one is (R10c), compared as names are: without case, spaces collapsed. */
export function findBlocked(name: string, imported?: BlockedList): BlockedName | undefined {
  for (const key of [senderNameKey(name), ...spellings(name)]) {
    const found = builtIn.byKey.get(key) ?? imported?.byKey.get(key);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The reserved name that this one could be taken for. A person decides: good for a warning only. */
export function findLookAlike(name: string, imported?: BlockedList): BlockedName | undefined {
  const bones = skeleton(name);
  return builtIn.bySkeleton.get(bones) ?? imported?.bySkeleton.get(bones);
}

/** Keys of a name that is not plain: punctuation as a space, and left out. None for a plain one. */
function spellings(name: string): string[] {
  if (/^[A-Za-z0-9 ]*$/.test(name)) return [];
  const spaced = plainForm(name);
  const closed = plainForm(name.replace(/[^\p{L}\p{N}\p{M} ]/gu, ''));
  return [spaced, closed]
    .map((spelling) => collapseSpaces(spelling).toLowerCase())
    .filter((key) => key !== '');
}

const reserved: Readonly<Record<Exclude<BlockedKind, 'imported'>, readonly string[]>> = {
  operator: [
    ...['Orange', 'Orange PL', 'OrangePL', 'Orange Info', 'OrangeInfo', 'Orange SMS', 'OrangeSMS'],
    ...['Play', 'Play PL', 'PlayPL', 'Play Info', 'PlayInfo', 'Play SMS', 'PlaySMS', 'P4', 'P4 Play'],
    ...[
      'Plus',
      'Plus PL',
      'PlusPL',
      'Plus GSM',
      'PlusGSM',
      'Plus Info',
      'PlusInfo',
      'Plus SMS',
      'PlusSMS',
      'Polkomtel',
    ],
    ...['T-Mobile', 'T-Mobile PL', 'TMobilePL', 'TMobile PL', 'TMobileInfo', 'TMobile SMS', 'TMobileSMS'],
  ],
  authority: ['Police', 'Policja', 'Policja PL', 'PolicjaPL', 'RCB', 'Alert RCB', 'AlertRCB'],
  generic: ['INFO', 'SMS', 'SMS Info', 'SMSInfo', 'Info SMS', 'InfoSMS', 'NOTICE'],
  // Not names: they switch on two-way sending at SMSAPI and SerwerSMS.
  keyword: ['2way', '2waySMS', '2way SMS'],
};

const builtIn: BlockedList = merge([
  blockedList(reserved.operator, 'operator'),
  blockedList(reserved.authority, 'authority'),
  blockedList(reserved.generic, 'generic'),
  blockedList(reserved.keyword, 'keyword'),
]);

function merge(lists: readonly BlockedList[]): BlockedList {
  return {
    byKey: new Map(lists.flatMap((list) => [...list.byKey])),
    bySkeleton: new Map(lists.flatMap((list) => [...list.bySkeleton])),
  };
}

import { isValidPesel } from '../checksums/pesel.ts';
import type { Label } from './labels.ts';
import type { Candidate } from './pick.ts';
import type { Plan } from './plans.ts';

/**
 * `sure`: a prefix, a label or the grouping shows a phone number · `bare`: digits alone that begin like a mobile ·
 * `doubt`: only a phone column makes it one · `no`: something else by its label.
 */
export type Trust = 'sure' | 'bare' | 'doubt' | 'no';

/** Polish groupings that only phone numbers have. */
const MOBILE_GROUPING = /^(?:0?333|3222|36|63|2322)$/;
const LANDLINE_GROUPING = /^(?:2322|234|27|12322|1234|127|3322)$/;

/** Whether the digits as they are grouped show a phone number, without prefix and label. */
function isTelling(number: Candidate, groups: string[], separators: string[], plan: Plan): boolean {
  const shape = groups.map((group) => group.length).join('');
  if (groups.length < 2) return false;
  if (separators.every((between) => between === '.')) {
    // `52.2296756` is a place, `192.168.10.20` a computer.
    if (groups.length === 2 || (groups.length === 4 && groups.every((group) => Number(group) < 256)))
      return false;
  }
  if (number.way === 'zeros') return true;
  if (plan.code !== '48') {
    if (number.kind === 'mobile' || number.way === 'trunk') return true;
    // "943 476 5919" without its trunk zero is a patient in Britain as well.
    return groups.length > 2 && (number.way !== 'national' || plan.trunk === '');
  }
  if (number.way === 'code') return groups[0] === '48' && (number.kind === 'mobile' || shape !== '2333');
  if (number.kind === 'mobile') return MOBILE_GROUPING.test(shape);
  return separators.some((between) => between.includes(')')) || LANDLINE_GROUPING.test(shape);
}

export function trustOf(
  number: Candidate,
  groups: string[],
  separators: string[],
  label: Label,
  plan: Plan,
): Trust {
  if (label === 'fax') return 'no';
  if (number.way === 'plus' || label === 'phone') return 'sure';
  const telling = isTelling(number, groups, separators, plan);
  // "Biuro zamówień: 22 123 45 67" is one in a phone column, "zamówienie 600100200" nowhere.
  if (label === 'decoy') return telling ? 'doubt' : 'no';
  if (telling) return 'sure';
  if (label === 'either') return 'no';
  // People born in 2000 have a PESEL that begins with 00.
  if (number.way === 'zeros') return isValidPesel(groups[0] ?? '') ? 'doubt' : 'bare';
  if (label === 'numbered' || groups.length > 1) return 'doubt';
  return number.kind === 'mobile' && (number.way !== 'trunk' || plan.trunk) ? 'bare' : 'doubt';
}

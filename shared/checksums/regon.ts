import { weightedSum } from './digits.ts';

const checks = (digits: string, weights: string): boolean =>
  (weightedSum(digits, weights) % 11) % 10 === Number(digits[weights.length]);

/**
 * Whether these bare digits are a REGON (Polish business register): 9 digits, or 14 for a local unit, whose
 * first nine are a REGON too. Checksum modulo 11, where 10 counts as 0. Source: GUS, annex to the register's regulation.
 */
export function isValidRegon(digits: string): boolean {
  if (!/^(?:\d{9}|\d{14})$/.test(digits) || /^0+$/.test(digits)) return false;
  return checks(digits, '89234567') && (digits.length === 9 || checks(digits, '2485097361248'));
}

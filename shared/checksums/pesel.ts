import { weightedSum } from './digits.ts';

/** The century of a PESEL stands in its month: 80 for the 1800s, 0 for the 1900s, 20, 40 and 60 for those after. */
const CENTURIES = [1900, 2000, 2100, 2200, 1800];

/**
 * Whether these bare digits are a PESEL (Polish personal number): eleven digits, a birth date that exists, and
 * the checksum with weights 1 3 7 9. Source: art. 15–16 of the Polish act on population registration.
 */
export function isValidPesel(digits: string): boolean {
  if (!/^\d{11}$/.test(digits)) return false;
  const field = Number(digits.slice(2, 4));
  const year = (CENTURIES[Math.floor(field / 20)] ?? 0) + Number(digits.slice(0, 2));
  const month = field % 20;
  const day = Number(digits.slice(4, 6));
  const date = new Date(Date.UTC(year, month - 1, day));
  if (month < 1 || month > 12 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return false;
  return (10 - (weightedSum(digits, '1379137913') % 10)) % 10 === Number(digits[10]);
}

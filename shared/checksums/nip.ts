import { weightedSum } from './digits.ts';

/** Both the second and third digit are never 0 together: they follow the number of a tax office. */
const SHAPE = /^[1-9](?:\d[1-9]|[1-9]\d)\d{7}$/;

/** The bare digits of a NIP (Polish tax number) as people write it: without spaces, hyphens and a leading `PL`. */
export function normaliseNip(text: string): string {
  return text
    .replace(/[\s\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/[-\u2010-\u2015\u2212]/g, '')
    .replace(/^PL/i, '');
}

/**
 * Whether the text is a NIP: shape and checksum (weights 6 5 7 2 3 4 5 6 7, modulo 11; a remainder of 10 is never valid).
 * Source: art. 5 and the regulation on NIP of the Polish Ministry of Finance.
 */
export function isValidNip(text: string): boolean {
  const nip = normaliseNip(text);
  return SHAPE.test(nip) && weightedSum(nip, '657234567') % 11 === Number(nip[9]);
}

/** `8567346215` → `856-734-62-15`; a text that is not ten digits comes back as it was. */
export function formatNip(text: string): string {
  const nip = normaliseNip(text);
  return /^\d{10}$/.test(nip)
    ? `${nip.slice(0, 3)}-${nip.slice(3, 6)}-${nip.slice(6, 8)}-${nip.slice(8)}`
    : text;
}

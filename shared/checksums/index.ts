/** Numbers that are not phone numbers, and prove it by their own checksum. */
export { isValidEan } from './ean.ts';
export { isValidIban, normaliseIban } from './iban.ts';
export { formatNip, isValidNip, normaliseNip } from './nip.ts';
export { isValidPesel } from './pesel.ts';
export { isValidRegon } from './regon.ts';

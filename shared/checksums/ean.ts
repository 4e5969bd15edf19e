/**
 * Whether these bare digits are a GTIN with its check digit: EAN-13, EAN-8, UPC-A (12) or GTIN-14.
 * From the right, digits weigh 3 and 1 in turn. Source: GS1 General Specifications §7.9.
 */
export function isValidEan(digits: string): boolean {
  if (!/^(?:\d{8}|\d{12,14})$/.test(digits) || /^0+$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) sum += Number(digits.at(-1 - i)) * (i % 2 ? 3 : 1);
  return sum % 10 === 0;
}

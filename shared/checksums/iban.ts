/** The letters and digits of an account number as people write it, without spaces and hyphens, in capitals. */
export function normaliseIban(text: string): string {
  return text.replace(/[\s-]/g, '').toUpperCase();
}

/**
 * Whether the text is an IBAN, or a Polish account number (NRB: 26 digits) written without its `PL`.
 * ISO 13616, checked by ISO 7064 mod 97-10: the first four characters go last, letters count 10–35.
 */
export function isValidIban(text: string): boolean {
  const iban = normaliseIban(/^[\d\s-]+$/.test(text) ? `PL${text}` : text);
  if (!/^[A-Z]{2}\d\d[A-Z\d]{11,30}$/.test(iban) || (iban.startsWith('PL') && !/^PL\d{26}$/.test(iban))) {
    return false;
  }
  let rest = 0;
  for (const sign of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(sign, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

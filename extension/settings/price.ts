/** `1 234,50` or `1234.5` → grosze (1/100 PLN); null when it is no price. */
export function parsePrice(text: string): number | null {
  const [, whole, part = ''] =
    /^(\d{1,9})(?:[.,](\d{1,2}))?$/.exec(text.replace(/[\s ]|zł$|PLN$/gi, '')) ?? [];
  return whole === undefined ? null : Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

/** Letters and digits that a mail address may have before its `@`; bounded, so that a long text takes linear time. */
const address = /[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}.-]{1,255}/gu;

/** Nine digits or more, with what people put between them; a plus before them. */
const number = /(?<![\p{L}\p{N}_-])\+?\d(?:[ \u00a0.()/-]{0,2}\d){8,20}(?![\p{L}\p{N}_-])/gu;

/** Names of facts that are times, sizes or counts: thirteen digits there are no phone. */
const figures = /(^|_)(at|ms|bytes|count|since|until|time)$|(At|Ms|Bytes|Count|Since|Until|Time)$/;

const deepest = 6;

/**
 * A value as it may be logged: phone numbers keep their first and last digits, addresses their first letter and their
 * domain, at any depth. Our ids stay readable: their digits stand between letters.
 */
export function masked(value: unknown, name = '', depth = 0): unknown {
  if (typeof value === 'string') return maskedText(value);
  if (typeof value === 'number') {
    return figures.test(name) || !/^\d{9,15}$/.test(String(value)) ? value : maskedText(String(value));
  }
  if (value instanceof Error) return maskedText(value.stack ?? String(value));
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepest) return '…';
  if (Array.isArray(value)) return value.map((item) => masked(item, name, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [maskedText(key), masked(item, key, depth + 1)]),
  );
}

export function maskedText(text: string): string {
  return text
    .replace(address, (found) => {
      const at = found.indexOf('@');
      return `${[...found][0]}***${found.slice(at)}`;
    })
    .replace(number, (found) => {
      const digits = found.replace(/\D/g, '');
      const plus = found.startsWith('+') ? '+' : '';
      return `${plus}${digits.slice(0, plus ? 4 : 2)}***${digits.slice(-2)}`;
    });
}

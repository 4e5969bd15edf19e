/**
 * Characters that end or disguise a header line: all controls (CR, LF, NUL, DEL, C1), line and paragraph separators, and the
 * marks that turn the direction of text.
 */
const unsafe = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/**
 * A text as one line that a mail header may hold (RFC 5322 §2.2): each run of unsafe characters becomes a space, white
 * space is collapsed, lone surrogates become U+FFFD. What was typed stays readable and cannot start a header of its own.
 */
export function headerSafe(text: string): string {
  return text.toWellFormed().replace(unsafe, ' ').replace(/\s+/g, ' ').trim();
}

/**
 * One bare e-mail address fit for To, Cc or a mailto link, trimmed; undefined for anything else. Refuses and does not mend:
 * a mended address is another person's. No display names, lists, quotes or comments.
 */
export function headerAddress(text: string): string | undefined {
  const address = text.trim();
  if (address.length > 254 || !address.isWellFormed() || address !== headerSafe(address)) return undefined;
  return /^[^\s@,;:<>"()[\]\\]{1,64}@[^\s@,;:<>"()[\]\\]+$/.test(address) ? address : undefined;
}

/**
 * Pages write numbers with many kinds of space, dash and digit, and hide marks between them. Everything here
 * keeps the length of the text, so an offset in the plain text is an offset in the shown text.
 */

/** Stands for every character that nobody sees: zero-width, direction marks, soft hyphen. */
export const UNSEEN = '\u200b';

const SPECIAL =
  /[\u00a0\u00ad\u00b7\u061c\u0660-\u0669\u06f0-\u06f9\u1680\u180e\u2000-\u2015\u202a-\u202f\u2044\u205f-\u206f\u2212\u2215\u2219\u3000\ufe58\ufe63\ufeff\uff08-\uff1a]/g;

function plainSign(sign: string): string {
  const code = sign.charCodeAt(0);
  if (code > 0xff00 && code < 0xff5f) return String.fromCharCode(code - 0xfee0);
  if (code >= 0x660 && code <= 0x6f9) return String(code & 15);
  if (/\s/.test(sign) && code !== 0xfeff) return ' ';
  if (code === 0xb7 || code === 0x2219) return '.';
  if (code === 0x2044 || code === 0x2215) return '/';
  if ((code >= 0x2010 && code <= 0x2015) || code === 0x2212 || code === 0xfe58 || code === 0xfe63) return '-';
  return UNSEEN;
}

/** The text with plain digits, spaces, hyphens and slashes; unseen characters become `UNSEEN`. Same length. */
export function plain(text: string): string {
  return text.replace(SPECIAL, plainSign);
}

/** Digits that are not ASCII: Arabic, Persian, full-width. */
const isOtherDigit = (code: number): boolean =>
  (code >= 0x660 && code <= 0x669) || (code >= 0x6f0 && code <= 0x6f9) || (code >= 0xff10 && code <= 0xff19);

/**
 * The cheap question before any reading: are there seven digits near each other? False for most text on a page, and
 * never wrong when it says no: no number is shorter.
 */
export function mayHoldNumber(text: string): boolean {
  let digits = 0;
  let gap = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if ((code > 47 && code < 58) || (code > 0x65f && isOtherDigit(code))) {
      if (++digits === 7) return true;
      gap = 0;
    } else if (++gap > 12) digits = 0;
  }
  return false;
}

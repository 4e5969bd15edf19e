import { headerAddress, headerSafe } from './header.ts';

/** What mail programs and browsers are known to take of a link, in characters. */
export const longestMailtoUrl = 2_000;

const longestSubject = 300;
const cutMark = '\r\n[...]';

export interface MailtoLink {
  readonly url: string;
  /** The body that the link holds, with CR LF line ends. */
  readonly body: string;
  /** The body was cut to fit and ends in `[...]`: offer the whole text for copying. */
  readonly shortened: boolean;
}

/**
 * A link that opens the mail program (RFC 6068): UTF-8 percent-encoded, line ends as %0D%0A, at most `longestMailtoUrl`
 * characters. Throws a TypeError where `to` is not one bare address; that is configuration, never what a user typed.
 */
export function mailtoUrl({ to, subject, body }: { to: string; subject: string; body: string }): MailtoLink {
  const address = headerAddress(to);
  if (address === undefined) throw new TypeError('mailtoUrl: "to" must be one bare e-mail address');
  const line = fitting(headerSafe(subject), longestSubject, '...');
  const start = `mailto:${encoded(address).replace('%40', '@')}?subject=${encoded(line)}&body=`;

  const whole = body.toWellFormed().replace(/\r\n|\r|\n/g, '\r\n');
  const held = fitting(whole, longestMailtoUrl - start.length, cutMark);
  return { url: start + encoded(held), body: held, shortened: held !== whole };
}

/** As much of a text as fits `size` characters once encoded; where it is cut, it ends in `mark`, after a whole word if one is near. */
function fitting(text: string, size: number, mark: string): string {
  const sizeWithMark = size - encoded(mark).length;
  let used = 0;
  let end = 0;
  let cut = 0;
  for (const character of text) {
    used += encoded(character).length;
    if (used > size) return `${wholeWords(text, cut)}${mark}`;
    end += character.length;
    if (used <= sizeWithMark) cut = end;
  }
  return text;
}

function wholeWords(text: string, end: number): string {
  const start = text.slice(0, end);
  const word = start.search(/\s\S{0,40}$/);
  return (word > 0 ? start.slice(0, word) : start).trimEnd();
}

/** RFC 3986 beyond `encodeURIComponent`: a link often ends up between single quotes or parentheses. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

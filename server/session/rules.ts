/** How long a code is good, how often it may be tried, and how long a session lasts without use. Milliseconds. */
export const codeLife = 10 * 60_000;
export const codeTries = 5;
export const sessionLife = 30 * 24 * 3_600_000;

/** A session in use is moved on at most once in this time, so that most requests write nothing. Milliseconds. */
export const touchEvery = 3_600_000;

export const isDueForTouch = (usedAt: number | null, now: number): boolean =>
  usedAt === null || now - usedAt >= touchEvery;

export type Language = 'pl' | 'en';

/** The language of a mail by `Accept-Language` (RFC 9110 §12.5.4): the better liked of the two, Polish by default. */
export function languageOf(acceptLanguage: string | undefined): Language {
  let best: Language = 'pl';
  let weight = 0;
  for (const range of (acceptLanguage ?? '').slice(0, 500).split(',')) {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const language = tag.split('-')[0];
    if (language !== 'pl' && language !== 'en') continue;
    const quality = parameters.find((parameter) => parameter.startsWith('q='));
    const q = quality === undefined ? 1 : Number(quality.slice(2));
    if (q > weight) {
      best = language;
      weight = q;
    }
  }
  return best;
}

/**
 * The question put to every text of a page, so it has to be cheap and mostly answered with no: does a chain of seven
 * digits begin here, with only the separators of phone numbers between them, that is not a date? A superset of what
 * `readText` and `readCell` find, held by a test; free text is walked with this one.
 */
const digit = '[\\d\\u0660-\\u0669\\u06f0-\\u06f9\\uff10-\\uff19]';
const between = '[^\\da-zA-Z\\u00c0-\\u024f\\u0370-\\u052f,;:@%]{0,5}';
const date =
  '(?:(?:19|20)\\d\\d([-./])\\d\\d?\\1\\d\\d?|\\d\\d?([-./])\\d\\d?\\2(?:19|20)\\d\\d)(?!\\d|[-./]\\d)';
// The digit is asked for first, though it is asked for again: engines skip all that is none three times as fast.
const chain = new RegExp(`(?=${digit})(?<!\\d[-./]?)(?!${date})${digit}(?:${between}${digit}){6}`);

export const mayShowNumber = (text: string): boolean => text.length > 6 && chain.test(text);

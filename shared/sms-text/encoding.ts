/** How a text travels: in septets of the GSM alphabet, or in 16-bit units as soon as one character is outside it. */
export type Encoding = 'GSM-7' | 'UCS-2';

/**
 * The GSM 7-bit default alphabet in the order of its codes, 0x00 to 0x7F (3GPP TS 23.038 §6.2.1). 0x1B is the
 * escape to the extension table and stands for no character; U+001B keeps its place here.
 * National shift tables are left out: neither Polish operators nor Twilio use them.
 */
export const gsmDefaultAlphabet =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';

/** Characters reached by the escape: two septets each (3GPP TS 23.038 §6.2.1.1). */
export const gsmExtension = '\f^{}\\[~]|€';

/** More than any block of text can sum up to: a sum of septets that reaches it met a character outside GSM-7. */
export const outsideGsm = 0x10000;

/**
 * Septets by UTF-16 code unit. It covers all 65,536 of them so that the counting loop needs no bounds check;
 * a text touches a few lines of it.
 */
const septets = new Int32Array(0x10000).fill(outsideGsm);
for (const character of gsmDefaultAlphabet) septets[character.charCodeAt(0)] = 1;
for (const character of gsmExtension) septets[character.charCodeAt(0)] = 2;
septets[0x1b] = outsideGsm;

/** Septets that a UTF-16 code unit takes in GSM-7: 1, 2 (extension), or `outsideGsm`. */
export function septetsOf(codeUnit: number): number {
  return septets[codeUnit] ?? outsideGsm;
}

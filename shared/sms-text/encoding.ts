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

/**
 * Septets by UTF-16 code unit: 1, 2, or 0 for what GSM-7 cannot carry. It covers all 65,536 units so that the
 * counting loop needs no bounds check; a text touches a few lines of it.
 */
const septets = new Uint8Array(0x10000);
for (const character of gsmDefaultAlphabet) septets[character.charCodeAt(0)] = 1;
for (const character of gsmExtension) septets[character.charCodeAt(0)] = 2;
septets[0x1b] = 0;

/** Septets that a UTF-16 code unit takes in GSM-7: 1, 2 (extension), or 0 where GSM-7 cannot carry it. */
export function septetsOf(codeUnit: number): number {
  return septets[codeUnit] ?? 0;
}

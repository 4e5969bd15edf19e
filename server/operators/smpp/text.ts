import { countParts, gsmDefaultAlphabet, gsmExtension, splitParts } from '../../../shared/sms-text/index.ts';

/** 3GPP TS 23.038 §6.2.1.1: codes after the escape, in the order of `gsmExtension`. */
const extensionCodes = [0x0a, 0x14, 0x28, 0x29, 0x2f, 0x3c, 0x3d, 0x3e, 0x40, 0x65];
const escapeCode = 0x1b;

const octetsOf = new Map<string, readonly number[]>([
  ...[...gsmDefaultAlphabet].map((letter, code) => [letter, [code]] as const),
  ...[...gsmExtension].map((letter, at) => [letter, [escapeCode, extensionCodes[at] ?? 0]] as const),
]);
octetsOf.delete('\u001b');

const letterOf = new Map([...octetsOf].map(([letter, octets]) => [octets.join(), letter]));

export interface EncodedText {
  /** 0: the GSM alphabet, one septet an octet; 8: UCS-2, big-endian. */
  dataCoding: 0 | 8;
  /** Octets of each part, without header. */
  parts: Uint8Array[];
}

/**
 * Octets of a text, said explicitly: npm `smpp` would send GSM text as data_coding 1 and "ó" as Latin-1, which
 * phones show wrongly or operators refuse.
 */
export function encodeText(text: string): EncodedText {
  const gsm = countParts(text).encoding === 'GSM-7';
  return {
    dataCoding: gsm ? 0 : 8,
    parts: splitParts(text).map(gsm ? gsmOctets : ucs2Octets),
  };
}

/** Header of part `at` (from 1) of `total`: 05 00 03 reference total at (3GPP TS 23.040 §9.2.3.24.1). */
export function concatenationHeader(reference: number, total: number, at: number): Uint8Array {
  return Uint8Array.of(5, 0, 3, reference & 0xff, total, at);
}

export function joined(...pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** The text of octets that came in; what the alphabet does not hold is shown as "?". */
export function decodeText(octets: Uint8Array, dataCoding: number): string {
  if (dataCoding === 8) return new TextDecoder('utf-16be').decode(octets);
  if (dataCoding !== 0) return String.fromCharCode(...octets);
  let text = '';
  for (let at = 0; at < octets.length; at++) {
    const code = octets[at] ?? 0;
    if (code !== escapeCode) text += letterOf.get(String(code)) ?? '?';
    else text += letterOf.get(`${escapeCode},${octets[++at] ?? 0}`) ?? '?';
  }
  return text;
}

function gsmOctets(text: string): Uint8Array {
  return Uint8Array.from([...text].flatMap((letter) => octetsOf.get(letter) ?? []));
}

function ucs2Octets(text: string): Uint8Array {
  const octets = new Uint8Array(text.length * 2);
  const view = new DataView(octets.buffer);
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at));
  return octets;
}

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gsmDefaultAlphabet, gsmExtension } from '../../../shared/sms-text/index.ts';
import { concatenationHeader, decodeText, encodeText, joined } from './text.ts';

const hex = (octets: Uint8Array | undefined): string => Buffer.from(octets ?? []).toString('hex');

describe('texts on the wire', () => {
  test('GSM text is data_coding 0, one septet an octet, extension after the escape', () => {
    const { dataCoding, parts } = encodeText('@Aa_{€}\\[~]|^');
    expect(dataCoding).toBe(0);
    expect(hex(parts[0])).toBe('0041611 11b281b651b291b2f1b3c1b3d1b3e1b401b14'.replace(' ', ''));
  });

  test('a Polish letter makes it data_coding 8, big-endian; "ó" alone does too', () => {
    expect(encodeText('ó')).toMatchObject({ dataCoding: 8 });
    expect(hex(encodeText('Żó😀').parts[0])).toBe('017b00f3d83dde00');
  });

  test('160 and 70 characters fit one part, one more takes two of 153 and 67', () => {
    expect(encodeText('a'.repeat(160)).parts.map((it) => it.length)).toEqual([160]);
    expect(encodeText('a'.repeat(161)).parts.map((it) => it.length)).toEqual([153, 8]);
    expect(encodeText('ż'.repeat(70)).parts.map((it) => it.length)).toEqual([140]);
    expect(encodeText('ż'.repeat(71)).parts.map((it) => it.length)).toEqual([134, 8]);
  });

  test('the header of a part', () => {
    expect(hex(joined(concatenationHeader(300, 3, 2), Uint8Array.of(0x61)))).toBe('0500032c030261');
  });

  test('what is encoded is read back', () => {
    const unit = fc.constantFrom(...gsmDefaultAlphabet.replace('\u001b', ''), ...gsmExtension, 'ż', '😀');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 400 }), (text) => {
        const { dataCoding, parts } = encodeText(text);
        expect(decodeText(joined(...parts), dataCoding)).toBe(text);
      }),
    );
  });

  test('any octets are read as some text', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.nat(255), (octets, dataCoding) => {
        expect(typeof decodeText(octets, dataCoding)).toBe('string');
      }),
    );
  });
});

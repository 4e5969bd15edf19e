import { describe, expect, test } from 'vitest';
import { isTwilioSignature, newCallbackSecret, rawReport, readCallback, sameSecret } from './callbacks.ts';

describe('the secret in a callback address', () => {
  test('is of 256 bits, fit for a path, and new each time', () => {
    const secret = newCallbackSecret();
    expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(newCallbackSecret()).not.toBe(secret);
  });

  test('is equal to itself only', () => {
    expect(sameSecret('abc', 'abc')).toBe(true);
    for (const given of ['', 'ab', 'abd', 'abcd', 'abcabc', 'Abc', 'ab\u0163', 'x'.repeat(1_000_000)]) {
      expect(sameSecret(given, 'abc'), given.slice(0, 9)).toBe(false);
    }
  });

  test('an operator without a secret takes no callbacks', () => {
    expect(sameSecret('', '')).toBe(false);
    expect(sameSecret('x', '')).toBe(false);
  });
});

describe('what is stored of a callback', () => {
  test('query and body together', () => {
    expect(rawReport('?a=1', '')).toBe('a=1');
    expect(rawReport('', 'b=2')).toBe('b=2');
    expect(rawReport('?a=1', 'b=2')).toBe('a=1&b=2');
    expect(rawReport('', '')).toBe('');
  });

  test('is read with the first value of a name', () => {
    expect([...readCallback('a=1&a=2&b=%C5%BC+x&&=&c')]).toEqual([
      ['a', '1'],
      ['b', 'ż x'],
      ['', ''],
      ['c', ''],
    ]);
    expect(readCallback('%E0%A4%A&%').size).toBe(2);
    expect(readCallback(`a=${'x'.repeat(1_000_000)}`).size).toBe(0);
  });
});

describe('Twilio signatures', () => {
  const form = {
    authToken: '12345',
    signature: 'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
    url: 'https://mycompany.com/myapp.php?foo=1&bar=2',
    body: 'CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212',
  };
  const json = {
    authToken: '12345',
    signature: 'a9nBmqA0ju/hNViExpshrM61xv4=',
    url: `${form.url}&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620`,
    body: '{"property": "value", "boolean": true}',
  };

  test('the published vectors hold', async () => {
    expect(await isTwilioSignature(form)).toBe(true);
    expect(await isTwilioSignature(json)).toBe(true);
  });

  test('order of the fields and the port do not matter', async () => {
    const body = form.body.split('&').reverse().join('&');
    expect(await isTwilioSignature({ ...form, body })).toBe(true);
    const url = form.url.replace('mycompany.com', 'mycompany.com:443');
    expect(await isTwilioSignature({ ...form, url })).toBe(true);
  });

  test.each([
    ['another field', { body: `${form.body}&MessageStatus=delivered` }],
    ['a changed field', { body: form.body.replace('1234', '1235') }],
    ['no body', { body: '' }],
    ['another path', { url: form.url.replace('myapp', 'other') }],
    ['another host', { url: form.url.replace('.com', '.net') }],
    ['another token', { authToken: '12346' }],
    ['no token', { authToken: '' }],
    ['no signature', { signature: '' }],
    ['no URL', { url: 'myapp.php' }],
  ])('%s is refused', async (_, change) => {
    expect(await isTwilioSignature({ ...form, ...change })).toBe(false);
  });

  test('a JSON body that is not the one signed is refused', async () => {
    expect(await isTwilioSignature({ ...json, body: json.body.replace('true', 'false') })).toBe(false);
  });
});

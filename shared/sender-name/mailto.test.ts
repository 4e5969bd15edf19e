import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { longestMailtoUrl, mailtoUrl } from './mailto.ts';

/** Any code point, lone surrogates too. */
const anyCodePoint = fc.integer({ min: 0, max: 0x10ffff }).map((point) => String.fromCodePoint(point));

const to = 'zgody@example.com';
const read = (url: string) => {
  const { protocol, pathname, searchParams } = new URL(url);
  return {
    protocol,
    to: decodeURIComponent(pathname),
    subject: searchParams.get('subject'),
    body: searchParams.get('body'),
  };
};

describe('R20: the link that opens the mail program', () => {
  test('UTF-8, percent-encoded, line ends as %0D%0A', () => {
    expect(mailtoUrl({ to, subject: 'Nazwa „Żabka” & co', body: 'ż\na\r\nb\rc+d' })).toEqual({
      url:
        'mailto:zgody@example.com?subject=Nazwa%20%E2%80%9E%C5%BBabka%E2%80%9D%20%26%20co' +
        '&body=%C5%BC%0D%0Aa%0D%0Ab%0D%0Ac%2Bd',
      body: 'ż\r\na\r\nb\r\nc+d',
      shortened: false,
    });
  });

  test('neither subject nor body adds a header or a recipient', () => {
    const { url } = mailtoUrl({ to, subject: 'a\r\nBcc: c@d.pl&cc=e@f.pl', body: '&bcc=g@h.pl' });
    expect([...new URL(url).searchParams.keys()]).toEqual(['subject', 'body']);
    expect(read(url)).toMatchObject({ to, subject: 'a Bcc: c@d.pl&cc=e@f.pl' });
  });

  test.each(['', 'a', 'a@b.pl,c@d.pl', 'a@b.pl\r\nBcc: c@d.pl'])('%j is no one to write to', (address) => {
    expect(() => mailtoUrl({ to: address, subject: '', body: '' })).toThrow(TypeError);
  });

  test('an address cannot smuggle fields into the link', () => {
    expect(read(mailtoUrl({ to: 'a?bcc=x&y%0a@b.pl', subject: 's', body: '' }).url)).toEqual({
      protocol: 'mailto:',
      to: 'a?bcc=x&y%0a@b.pl',
      subject: 's',
      body: '',
    });
  });

  test('what does not fit is cut after a word, marked and told', () => {
    const { url, body, shortened } = mailtoUrl({
      to,
      subject: 's',
      body: 'Oświadczam, że tak.\n'.repeat(200),
    });
    expect(shortened).toBe(true);
    expect(body).toMatch(/(tak\.|że|Oświadczam,)\r\n\[\.\.\.\]$/);
    expect(url.length).toBeGreaterThan(longestMailtoUrl - 80);
    expect(url.length).toBeLessThanOrEqual(longestMailtoUrl);
  });

  test('a body that fits exactly is left whole', () => {
    const { url } = mailtoUrl({ to, subject: '', body: '' });
    const room = longestMailtoUrl - url.length;
    expect(mailtoUrl({ to, subject: '', body: 'a'.repeat(room) })).toMatchObject({ shortened: false });
    expect(mailtoUrl({ to, subject: '', body: 'a'.repeat(room + 1) })).toMatchObject({ shortened: true });
  });

  test('any subject and body make a link that fits and reads back', () => {
    const text = fc.oneof(
      fc.string({ unit: anyCodePoint, maxLength: 3_000 }),
      fc.string({ unit: 'grapheme', maxLength: 900 }),
    );
    fc.assert(
      fc.property(text, text, (subject, whole) => {
        const { url, body, shortened } = mailtoUrl({ to, subject, body: whole });
        expect(url.length).toBeLessThanOrEqual(longestMailtoUrl);
        expect(url).toMatch(/^mailto:[!-~]+$/);
        expect(url).not.toMatch(/['"()<>]/);
        expect(read(url).body).toBe(body);
        if (!shortened)
          expect(body.replaceAll('\r\n', '\n')).toBe(whole.toWellFormed().replace(/\r\n|\r/g, '\n'));
      }),
    );
  });
});

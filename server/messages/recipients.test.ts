import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkNumber } from '../../shared/phone/check.ts';
import { draftTo } from './fixture.node.ts';
import { afterQuietHours } from './quiet-hours.ts';
import { checkRecipients, textable } from './recipients.ts';

describe('numbers', () => {
  test('the short way for Polish mobiles says what the library says', () => {
    const digits = (count: number) =>
      fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: count, maxLength: count });
    const written = fc
      .tuple(fc.constantFrom('', '+48', '+48 '), digits(3), fc.constantFrom('', ' '), digits(3), digits(3))
      .map(([prefix, a, gap, b, c]) => prefix + a + gap + b + gap + c);
    fc.assert(
      fc.property(written, (number) => {
        const checked = checkNumber(number);
        const ours = textable(number);
        expect('e164' in ours ? ours.e164 : '').toBe(checked.canReceiveSms ? checked.e164 : '');
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    '600100200\n',
    ' 600100200',
    '６００１００２００',
    '600\u00a0100\u00a0200',
    '0048600100200',
    '600-100-200',
  ])('written otherwise it is the library that says: %j', (number) => {
    expect(textable(number)).toEqual({ e164: '+48600100200' });
  });
});

describe('recipients', () => {
  test('who comes to the same number as one before is left out, whatever became of that one', () => {
    const draft = draftTo(['600100200', '+48 600 100 200'], { text: '{Imię}' });
    expect(checkRecipients(draft).skipped.map((skip) => skip.reason)).toEqual([
      'fields-missing',
      'duplicate',
    ]);
  });

  test('a text without fields is what was written, with braces meant literally', () => {
    const [one] = checkRecipients(draftTo(['600100200'], { text: '\\{Imię\\} {' })).outgoing;
    expect(one?.text).toBe('{Imię} {');
  });
});

describe('quiet hours, 06:00–22:00 in Poland', () => {
  test.each([
    ['2026-03-04T05:00:00Z', '2026-03-04T05:00:00Z'],
    ['2026-03-04T04:59:59.999Z', '2026-03-04T05:00:00Z'],
    ['2026-03-04T20:59:59Z', '2026-03-04T20:59:59Z'],
    ['2026-03-04T21:00:00Z', '2026-03-05T05:00:00Z'],
    // The clocks go forward in the night to 29 March, and back in the night to 25 October.
    ['2026-03-28T22:30:00Z', '2026-03-29T04:00:00Z'],
    ['2026-10-24T21:30:00Z', '2026-10-25T05:00:00Z'],
  ])('%s → %s', (wanted, sent) => {
    expect(new Date(afterQuietHours(Date.parse(wanted))).toISOString()).toBe(new Date(sent).toISOString());
  });
});

import { describe, expect, test } from 'vitest';
import { canonicalId, readInbound, readReports, type StoredDelivery } from './receipts.ts';

const hex = (text: string): string => Buffer.from(text, 'latin1').toString('hex');
const delivery = (text: string, more: Partial<StoredDelivery> = {}): string =>
  JSON.stringify({
    kind: 'deliver_sm',
    from: '48600100200',
    fromTon: 1,
    to: 'Firma',
    esmClass: 0x04,
    dataCoding: 0,
    octets: hex(text),
    receiptedMessageId: null,
    messageState: null,
    ourId: null,
    ...more,
  });
const receipt = (id: string, stat: string, err = '000'): string =>
  `id:${id} sub:001 dlvrd:001 submit date:2601020304 done date:2601020305 stat:${stat} err:${err} Text:Hej id:9 stat:EXPIRED`;

describe('receipts', () => {
  test.each([
    ['DELIVRD', 'delivered'],
    ['ACCEPTD', 'accepted'],
    ['ENROUTE', 'accepted'],
    ['EXPIRED', 'expired'],
    ['DELETED', 'undelivered'],
    ['UNDELIV', 'undelivered'],
    ['REJECTD', 'rejected'],
    ['UNKNOWN', 'unknown'],
    ['NOWY', 'unknown'],
  ])('%s is %s', (stat, state) => {
    expect(readReports(delivery(receipt('0A1B', stat)), 'same')).toMatchObject([
      { operatorMessageId: '0A1B', state },
    ]);
  });

  test('the first field of a name counts, not the text that follows', () => {
    const [report] = readReports(delivery(receipt('77', 'UNDELIV', '027')), 'same');
    expect(report).toMatchObject({ operatorMessageId: '77', state: 'undelivered', detail: 'UNDELIV: 027' });
  });

  test('optional parameters count before the text', () => {
    const raw = delivery(receipt('1', 'DELIVRD'), { receiptedMessageId: '2', messageState: 5 });
    expect(readReports(raw, 'same')).toMatchObject([{ operatorMessageId: '2', state: 'undelivered' }]);
  });

  test('only what is marked as a receipt is one: a text that looks like it is a text', () => {
    const raw = delivery(receipt('1', 'DELIVRD'), { esmClass: 0 });
    expect(readReports(raw, 'same')).toEqual([]);
    expect(readInbound(raw)).toMatchObject([{ from: '+48600100200', text: receipt('1', 'DELIVRD') }]);
    expect(readInbound(delivery(receipt('1', 'DELIVRD')))).toEqual([]);
  });

  test('ids in hex and in decimal meet', () => {
    expect(canonicalId('0A1B', 'same', 'answer')).toBe('0A1B');
    expect(canonicalId('0A1B', 'decimal', 'answer')).toBe(canonicalId('0000002587', 'decimal', 'receipt'));
    expect(canonicalId('2587', 'hex', 'answer')).toBe(canonicalId('0xa1b', 'hex', 'receipt'));
    expect(canonicalId('abc-1', 'hex', 'answer')).toBe('abc-1');
  });

  test('a late answer tells what became of an unknown message', () => {
    const late = (status: number, messageId: string | null) =>
      readReports(JSON.stringify({ kind: 'late_answer', ourId: 'abc', status, messageId }), 'same')[0];
    expect(late(0, '5')).toMatchObject({ ourId: 'abc', operatorMessageId: '5', state: 'accepted' });
    expect(late(0x0b, null)).toMatchObject({ ourId: 'abc', state: 'rejected' });
    expect(late(0x08, null)).toMatchObject({ ourId: 'abc', state: 'unknown' });
  });

  test.each([
    '',
    'null',
    '[]',
    '{',
    '{"kind":"deliver_sm"}',
    delivery(''),
    delivery('id: stat:'),
    delivery('x', { octets: 'zz' }),
  ])('noise is no report (%#)', (raw) => expect(readReports(raw, 'same')).toEqual([]));
});

test('an inbound text in UCS-2', () => {
  const raw = delivery('', { esmClass: 0, dataCoding: 8, octets: '005300540050017b' });
  expect(readInbound(raw)[0]?.text).toBe('STPŻ');
});

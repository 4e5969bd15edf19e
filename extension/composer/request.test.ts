import { describe, expect, test } from 'vitest';
import { BatchDraft, type Skipped } from '../../shared/api/batches.ts';
import { parseTemplate } from '../../shared/sms-text/index.ts';
import { captureOf, person, sixRows } from './capture.fixture.ts';
import { addCapture, mayJoin, noText, pageOf, takeCapture } from './draft.ts';
import { bodyOf, withServersWord } from './request.ts';
import { reviewPeople } from './review.ts';

const draft = takeCapture(captureOf(sixRows()), 7);
const reviewed = reviewPeople(draft);
const text = { ...noText, text: 'Cześć {imię}' };
const body = bodyOf(draft, text, 'company', reviewed, parseTemplate(text.text));

describe('only what is needed leaves the page', () => {
  test('the people who are sent to, and of their rows only the columns that the text uses', () => {
    expect(body?.recipients.map(({ name, number, fields }) => [name, number, fields])).toEqual([
      ['Anna', '+48600100200', { Imię: 'Anna' }],
      ['Czesław', '+48601200300', { Imię: 'Czesław' }],
      ['Dorota', '+48512345678', { Imię: 'Dorota' }],
    ]);
  });

  test('a text without fields takes no column along', () => {
    const plain = bodyOf(draft, { ...noText, text: 'a' }, 'company', reviewed, parseTemplate('a'));
    expect(plain?.recipients.every(({ fields }) => Object.keys(fields ?? {}).length === 0)).toBe(true);
  });

  test('the heading that a number stands under goes along: the server tells private numbers by it', () => {
    const [anna] = sixRows();
    if (anna === undefined) throw new Error('there is a row');
    const numbers = anna.numbers.map((number) => ({ ...number, column: 'Telefon prywatny' }));
    const reviewedNow = reviewPeople(
      takeCapture(captureOf([{ ...anna, numbers }, person('B', '601200300')]), 7),
    );
    const asked = bodyOf(draft, text, 'company', reviewedNow, parseTemplate('a'));
    expect(asked?.recipients.map(({ column }) => column)).toEqual(['Telefon prywatny', undefined]);
    expect(BatchDraft.safeParse(asked).success).toBe(true);
  });

  test('the request is what the server takes', () => {
    expect(BatchDraft.safeParse(body).success).toBe(true);
  });
});

test.each([
  ['no company', bodyOf(draft, text, null, reviewed, parseTemplate('a'))],
  ['no text', bodyOf(draft, { ...noText, text: '  ' }, 'company', reviewed, parseTemplate(''))],
  ['nobody to send to', bodyOf(draft, text, 'company', [], parseTemplate('a'))],
])('there is nothing to ask with %s', (_, nothing) => {
  expect(nothing).toBeNull();
});

describe('the server’s preview is the truth', () => {
  const opted: Skipped = { index: 0, reference: draft.people[0]?.key ?? '', reason: 'opted-out', detail: '' };
  const preview = { senderName: 'N', taken: [], skipped: [opted], parts: 0, balance: 0 };

  test('whom it would skip is shown as skipped', () => {
    if (body === null) throw new Error('there is a body');
    const shown = withServersWord(reviewed, body, { kind: 'known', body, preview });
    expect(shown[0]).toMatchObject({ reason: 'opted-out' });
    expect(shown.filter(({ reason }) => reason === null)).toHaveLength(2);
  });

  test('an answer about other recipients changes nobody', () => {
    if (body === null) throw new Error('there is a body');
    const other = reviewPeople(takeCapture(captureOf(sixRows(), { id: 'another' }), 7));
    expect(withServersWord(other, body, { kind: 'known', body, preview })).toEqual(other);
  });
});

describe('recipients of several captures', () => {
  const more = captureOf([person('Ewa', '660100200')], { id: 'more' });

  test('a capture of the same site may join, and each person stays apart', () => {
    expect(mayJoin(draft, more)).toBe(true);
    const both = addCapture(draft, more, 7);
    expect(both.people).toHaveLength(7);
    expect(new Set(both.people.map(({ key }) => key)).size).toBe(7);
  });

  test('the same capture twice keeps its people apart as well', () => {
    const twice = addCapture(draft, captureOf(sixRows()), 7);
    expect(new Set(twice.people.map(({ key }) => key)).size).toBe(12);
  });

  test('R30: recipients of another site may not join: the server tells HRM by the page', () => {
    expect(mayJoin(draft, { ...more, page: { url: 'https://hrm.example/people', title: '' } })).toBe(false);
  });

  test('a pasted table names no page', () => {
    expect(pageOf(takeCapture({ ...more, where: 'paste' }, null))).toBeNull();
    expect(pageOf(draft)).toBe('https://crm.example/clients');
  });
});

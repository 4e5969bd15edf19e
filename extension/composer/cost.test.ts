import { expect, test } from 'vitest';
import { parseTemplate } from '../../shared/sms-text/index.ts';
import { captureOf, person } from './capture.fixture.ts';
import { costOf } from './cost.ts';
import { takeCapture } from './draft.ts';
import { reviewPeople } from './review.ts';

const six = reviewPeople(
  takeCapture(
    captureOf(
      Array.from({ length: 6 }, (_, at) =>
        person(`P${at}`, `60010020${at}`, { Imię: at === 5 ? 'Ż'.repeat(70) : 'Jan' }),
      ),
    ),
    null,
  ),
);

test('one ż turns 160 characters from 1 part into 3, for each of six', () => {
  expect(costOf(six, parseTemplate('a'.repeat(160)), false)).toMatchObject({
    parts: 6,
    otherwise: 6,
    most: 1,
  });
  const dear = costOf(six, parseTemplate(`ż${'a'.repeat(159)}`), false);
  expect(dear).toMatchObject({ parts: 18, otherwise: 6, most: 3, offenders: ['ż'], byParts: [[3, 6]] });
});

test('with Polish letters folded it is 6 parts, and what it would be without is known', () => {
  expect(costOf(six, parseTemplate(`ż${'a'.repeat(159)}`), true)).toMatchObject({
    parts: 6,
    otherwise: 18,
    offenders: [],
  });
});

test('parts are counted after merging: one long name costs more than the others', () => {
  const cost = costOf(six, parseTemplate('Cześć {Imię}, zapraszamy'), false);
  expect(cost.byParts).toEqual([
    [1, 5],
    [2, 1],
  ]);
  expect(cost.people[0]?.text).toBe('Cześć Jan, zapraszamy');
});

test('skipped people cost nothing', () => {
  const skipped = six.map((one) => ({ ...one, reason: 'opted-out' as const }));
  expect(costOf(skipped, parseTemplate('a'), false)).toMatchObject({ parts: 0, people: [], most: 0 });
});

import { describe, expect, test } from 'vitest';
import { line, sum, tally } from './tally.ts';

const report = (numbers: object, testResults: object[] = []) => JSON.stringify({ ...numbers, testResults });

describe('the last line of npm test is true to what ran', () => {
  test('a good run', () => {
    expect(tally(report({ numPassedTests: 12, numPendingTests: 1, numTodoTests: 1 }), 0)).toEqual({
      passed: 12,
      failed: 0,
      skipped: 2,
    });
  });

  test('failed tests are counted one by one', () => {
    const files = [{ status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] }];
    expect(tally(report({ numPassedTests: 1, numFailedTests: 1 }, files), 1)).toMatchObject({
      passed: 1,
      failed: 1,
    });
  });

  test('a file that cannot be loaded is a failure, though no test of it ran', () => {
    const files = [
      { status: 'failed', assertionResults: [] },
      { status: 'passed', assertionResults: [{ status: 'passed' }] },
    ];
    expect(tally(report({ numPassedTests: 1, numFailedTests: 0 }, files), 1)).toMatchObject({
      passed: 1,
      failed: 1,
    });
  });

  test('all tests passed and yet the run ended badly: an unhandled error or a crash at the end', () => {
    expect(tally(report({ numPassedTests: 5 }), 1)).toMatchObject({ passed: 5, failed: 1 });
  });

  test.each([
    ['killed before its report', null, null],
    ['killed while writing it', '{"numPassedTests": 5', null],
    ['no report though it ended well', null, 0],
    ['nothing ran', report({ numPassedTests: 0 }), 0],
    ['everything skipped', report({ numPassedTests: 0, numPendingTests: 4 }), 0],
    ['a report that is none', 'null', 0],
    ['figures that are none', report({ numPassedTests: '9' }), 0],
  ])('%s is a failure', (_, text, exit) => {
    expect(tally(text, exit).failed).toBe(1);
  });

  test('one line over all suites, skipped only when there are any', () => {
    const all = sum([
      { passed: 3, failed: 0, skipped: 0 },
      { passed: 4, failed: 1, skipped: 2 },
    ]);
    expect(line(all)).toBe('7 passed, 1 failed, 2 skipped');
    expect(line({ passed: 7, failed: 0, skipped: 0 })).toBe('7 passed, 0 failed');
  });
});

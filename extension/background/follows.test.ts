import '../browser.fixture.ts';

import { beforeEach, expect, test } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { changeFollows, countFailures, type Follow, isOver, longestFollow, readFollows } from './follows.ts';

const follow: Follow = {
  batchId: 'b',
  tabId: 1,
  list: 'clients',
  rows: {},
  since: 1000,
  etag: null,
  open: 0,
  failed: 0,
};

beforeEach(() => fakeBrowser.reset());

test('followed batches outlive the service worker', async () => {
  await changeFollows((follows) => [...follows, follow]);
  expect(await readFollows()).toEqual([follow]);
});

test('two changes at once are both kept', async () => {
  await Promise.all(
    ['a', 'b', 'c'].map((batchId) => changeFollows((follows) => [...follows, { ...follow, batchId }])),
  );
  expect((await readFollows()).map(({ batchId }) => batchId)).toEqual(['a', 'b', 'c']);
});

test('a batch is followed until every message has its end, or half an hour has gone', () => {
  expect(isOver(follow, ['delivered', 'accepted'], 2000)).toBe(false);
  expect(isOver(follow, ['delivered', 'undelivered', 'rejected'], 2000)).toBe(true);
  expect(isOver(follow, ['unknown'], 1000 + longestFollow)).toBe(false);
  expect(isOver(follow, ['unknown'], 1001 + longestFollow)).toBe(true);
});

test('failures are what did not reach anybody', () => {
  expect(countFailures(['delivered', 'undelivered', 'rejected', 'expired', 'cancelled', 'unknown'])).toBe(3);
});

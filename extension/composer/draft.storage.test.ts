import '../browser.fixture.ts';

import { beforeEach, describe, expect, test } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { captureOf, sixRows } from './capture.fixture.ts';
import { forgetAllDrafts, forgetOldDrafts, readDraft, writeDraft } from './draft.storage.ts';
import { noPeople, noText, takeCapture } from './draft.ts';

const people = takeCapture(captureOf(sixRows()), 7);
const text = { ...noText, text: 'Cześć' };
const pending = { key: 'key', body: { companyId: 'c', text: 'a', recipients: [{ number: '1' }] }, at: 1 };

beforeEach(() => fakeBrowser.reset());

describe('a draft survives', () => {
  test('closing the panel', async () => {
    await writeDraft('panel-1', { people });
    await writeDraft('panel-1', { text });
    await writeDraft('panel-1', { pending });
    expect(await readDraft('panel-1')).toEqual({ people, text, pending });
  });

  test('a restart of the browser: the panel of a new window takes over the draft of one that is gone', async () => {
    await writeDraft('panel-4711', { people, text, pending });
    const window = await fakeBrowser.windows.create({});
    expect(await readDraft(`panel-${window?.id ?? 0}`)).toEqual({ people, text, pending });
    // Taken over, not copied: the next new window starts empty.
    expect((await readDraft('panel-999')).people).toEqual(noPeople);
  });

  test('but the draft of another open window is left alone', async () => {
    const other = await fakeBrowser.windows.create({});
    await writeDraft(`panel-${other?.id ?? 0}`, { text });
    expect((await readDraft('panel-999')).text).toEqual(noText);
  });
});

test('people’s data does not lie about for ever: a draft goes after a week', async () => {
  await writeDraft('window', { people, text });
  await forgetOldDrafts(Date.now() + 6 * 24 * 3_600_000);
  expect((await readDraft('window')).text).toEqual(text);
  await forgetOldDrafts(Date.now() + 8 * 24 * 3_600_000);
  expect((await readDraft('window')).text).toEqual(noText);
});

test('signing out removes every draft and nothing else', async () => {
  await writeDraft('window', { text });
  await fakeBrowser.storage.local.set({ 'server-url': 'https://sms.example' });
  await forgetAllDrafts();
  expect(await fakeBrowser.storage.local.get(null)).toEqual({ 'server-url': 'https://sms.example' });
});

test.each([null, 5, 'x', { value: null }])(
  'a stored draft of another shape (%j) is no draft',
  async (stored) => {
    await fakeBrowser.storage.local.set({ 'draft:text:window': stored });
    expect((await readDraft('window')).text).toEqual(noText);
  },
);

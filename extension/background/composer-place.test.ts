import '../browser.fixture.ts';

import { beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { captureOf, sixRows } from '../composer/capture.fixture.ts';
import { compose, openComposer } from './composer-place.ts';

const open = vi.fn<(options: { windowId: number }) => Promise<void>>();
const create = vi.fn(async () => ({}));
const update = vi.fn(async () => ({}));
const getContexts = vi.fn(async (): Promise<{ windowId: number }[]> => []);

beforeEach(() => {
  fakeBrowser.reset();
  vi.resetAllMocks();
  open.mockResolvedValue(undefined);
  getContexts.mockResolvedValue([]);
  Object.assign(fakeBrowser, { sidePanel: { open }, sidebarAction: undefined });
  Object.assign(fakeBrowser.windows, { create, update });
  Object.assign(fakeBrowser.runtime, { getContexts });
});

test('the side panel is opened in the gesture itself, before anything is awaited', () => {
  void openComposer(5);
  expect(open).toHaveBeenCalledWith({ windowId: 5 });
});

test('Firefox: the sidebar, in the gesture itself', async () => {
  const openSidebar = vi.fn(async () => undefined);
  Object.assign(fakeBrowser, { sidePanel: undefined, sidebarAction: { open: openSidebar } });
  const opening = openComposer(5);
  expect(openSidebar).toHaveBeenCalledTimes(1);
  expect(await opening).toBe('panel-5');
});

describe('where the browser opens no panel', () => {
  beforeEach(() => {
    open.mockRejectedValue(new Error('may only be called in response to a user gesture'));
  });

  test('the composer opens in a small window', async () => {
    expect(await openComposer(5)).toBe('window');
    expect(create).toHaveBeenCalledWith(expect.objectContaining({ type: 'popup' }));
  });

  test('the window that is open already is brought forward, not doubled', async () => {
    getContexts.mockResolvedValue([{ windowId: 9 }]);
    expect(await openComposer(5)).toBe('window');
    expect(create).not.toHaveBeenCalled();
    expect(update).toHaveBeenCalledWith(9, { focused: true });
  });
});

test('the capture waits for the composer that was opened', async () => {
  const capture = captureOf(sixRows());
  await compose(openComposer(5), capture, 7);
  expect(await fakeBrowser.storage.session.get(null)).toEqual({ 'incoming-panel-5': { capture, tabId: 7 } });
});

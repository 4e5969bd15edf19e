import '../browser.fixture.ts';

import { beforeEach, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { captureOf, sixRows } from '../composer/capture.fixture.ts';
import { type Incoming, leaveForComposer, receiveCaptures } from './incoming.ts';

beforeEach(() => fakeBrowser.reset());

const incoming: Incoming = { capture: captureOf(sixRows()), tabId: 7 };

test('a capture that came before its composer waits, and is handed over once', async () => {
  await leaveForComposer('panel-1', incoming);
  const first = vi.fn();
  receiveCaptures('panel-1', first);
  await vi.waitFor(() => expect(first).toHaveBeenCalledWith(incoming));
  const second = vi.fn();
  receiveCaptures('panel-1', second);
  await new Promise((done) => setTimeout(done, 20));
  expect(second).not.toHaveBeenCalled();
  expect(first).toHaveBeenCalledTimes(1);
});

test('a capture that comes later arrives, each window’s at its own composer', async () => {
  const here = vi.fn();
  const there = vi.fn();
  receiveCaptures('panel-1', here);
  const stop = receiveCaptures('panel-2', there);
  await leaveForComposer('panel-2', incoming);
  await vi.waitFor(() => expect(there).toHaveBeenCalledTimes(1));
  expect(here).not.toHaveBeenCalled();
  stop();
  await leaveForComposer('panel-2', incoming);
  await new Promise((done) => setTimeout(done, 20));
  expect(there).toHaveBeenCalledTimes(1);
});

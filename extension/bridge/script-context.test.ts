import '../browser.fixture.ts';

import { expect, test } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { ContentScriptContext } from './script-context.ts';

test('a script that comes into a page again ends the one before, and no other', () => {
  fakeBrowser.runtime.id = 'nadpis';
  const [first, other] = [new ContentScriptContext('page'), new ContentScriptContext('list')];
  expect([first.signal.aborted, other.signal.aborted]).toEqual([false, false]);
  const second = new ContentScriptContext('page');
  expect([first, second, other].map(({ signal }) => signal.aborted)).toEqual([true, false, false]);
});

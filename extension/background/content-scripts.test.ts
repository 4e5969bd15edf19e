import '../browser.fixture.ts';

import { beforeEach, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { setUpContentScripts } from './content-scripts.ts';

/** The browser's part: what is granted, what is registered, and who listens. */
let granted: string[];
let registered: { id: string; matches?: string[] }[];
let injected: number[];
let onAdded: (added: { origins?: string[] }) => void;
let onRemoved: () => void;

beforeEach(() => {
  fakeBrowser.reset();
  granted = [];
  registered = [];
  injected = [];
  Object.assign(fakeBrowser, {
    permissions: {
      getAll: async () => ({ origins: granted, permissions: [] }),
      onAdded: { addListener: (listener: typeof onAdded) => (onAdded = listener) },
      onRemoved: { addListener: (listener: typeof onRemoved) => (onRemoved = listener) },
    },
    scripting: {
      getRegisteredContentScripts: async () => registered,
      registerContentScripts: async (scripts: typeof registered) => {
        if (registered.length > 0) throw new Error('Duplicate script ID');
        registered = scripts;
      },
      updateContentScripts: async (scripts: typeof registered) => {
        registered = scripts;
      },
      unregisterContentScripts: async () => {
        registered = [];
      },
      executeScript: async ({ target }: { target: { tabId: number } }) => void injected.push(target.tabId),
    },
  });
  Object.assign(fakeBrowser.tabs, { query: async () => [{ id: 3 }, { id: 4 }, {}] });
  setUpContentScripts();
});

const matches = () => registered.flatMap((script) => script.matches ?? []);

test('nothing is read anywhere until a site is granted', async () => {
  await fakeBrowser.runtime.onInstalled.trigger({ reason: 'install' as never });
  await new Promise((done) => setTimeout(done));
  expect(registered).toEqual([]);
});

test('a granted site is registered, and its open tabs are read without a reload', async () => {
  granted = ['https://crm.example/*'];
  onAdded({ origins: granted });
  await vi.waitFor(() => expect(matches()).toEqual(['https://crm.example/*']));
  await vi.waitFor(() => expect(injected).toEqual([3, 4]));
});

test('a site that is given back is read no more', async () => {
  granted = ['https://crm.example/*', 'https://erp.example/*'];
  onAdded({ origins: granted });
  await vi.waitFor(() => expect(matches()).toHaveLength(2));
  granted = ['https://erp.example/*'];
  onRemoved();
  await vi.waitFor(() => expect(matches()).toEqual(['https://erp.example/*']));
  granted = [];
  onRemoved();
  await vi.waitFor(() => expect(registered).toEqual([]));
});

test('several changes at once leave one registration with what is granted in the end', async () => {
  granted = ['https://a.example/*'];
  onAdded({ origins: granted });
  granted = ['https://a.example/*', 'https://b.example/*'];
  onAdded({ origins: granted });
  void fakeBrowser.runtime.onStartup.trigger();
  await vi.waitFor(() => expect(matches()).toEqual(['https://a.example/*', 'https://b.example/*']));
  expect(registered).toHaveLength(1);
});

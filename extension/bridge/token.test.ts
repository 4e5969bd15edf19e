import '../browser.fixture.ts';

import { beforeEach, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { checkServerUrl, readManaged } from './managed.ts';
import { readServerUrl, writeServerUrl } from './server-url.ts';
import { forgetToken, onTokenChanged, readToken, writeToken } from './token.ts';

beforeEach(() => {
  fakeBrowser.reset();
  Object.assign(fakeBrowser.storage.local, { setAccessLevel: undefined });
});

test('Chromium: the token stands in local storage, closed to content scripts before it is written', async () => {
  const setAccessLevel = vi.fn(async () => undefined);
  Object.assign(fakeBrowser.storage.local, { setAccessLevel });
  await writeToken('secret');
  expect(setAccessLevel).toHaveBeenCalledWith({ accessLevel: 'TRUSTED_CONTEXTS' });
  expect(JSON.stringify(await fakeBrowser.storage.session.get(null))).not.toContain('secret');
  expect(await readToken()).toBe('secret');
});

test('Firefox: the token stands in session storage, which content scripts cannot read', async () => {
  await writeToken('secret');
  expect(JSON.stringify(await fakeBrowser.storage.local.get(null))).not.toContain('secret');
  expect(await readToken()).toBe('secret');
  await forgetToken();
  expect(await readToken()).toBeNull();
});

test('every page hears of a sign-in and a sign-out, until it stops listening', async () => {
  const heard = vi.fn();
  const stop = onTokenChanged(heard);
  await writeToken('a');
  await forgetToken();
  expect(heard).toHaveBeenCalledTimes(2);
  stop();
  await writeToken('b');
  expect(heard).toHaveBeenCalledTimes(2);
});

test.each([
  ['https://sms.example.com', 'https://sms.example.com'],
  ['  https://sms.example.com:8443/path?x=1 ', 'https://sms.example.com:8443'],
  ['http://127.0.0.1:8787', 'http://127.0.0.1:8787'],
  ['http://localhost:8787/', 'http://localhost:8787'],
  ['http://sms.example.com', null],
  ['http://127.0.0.1.evil.example', null],
  ['https://user:password@sms.example.com', null],
  ['ftp://sms.example.com', null],
  ['javascript:alert(1)', null],
  ['sms.example.com', null],
  ['', null],
])('the server address %j becomes %j', (text, url) => {
  expect(checkServerUrl(text)).toBe(url);
});

test('the administrator’s address goes before one’s own', async () => {
  await writeServerUrl('https://own.example');
  expect(await readServerUrl()).toEqual({ url: 'https://own.example', managed: false });
  await fakeBrowser.storage.managed.set({
    serverUrl: 'https://policy.example',
    sites: ['https://crm.example/*', 5],
  });
  expect(await readServerUrl()).toEqual({ url: 'https://policy.example', managed: true });
  expect((await readManaged()).sites).toEqual(['https://crm.example/*']);
});

test('a browser without any policy rejects, and that is no error', async () => {
  const get = vi.spyOn(fakeBrowser.storage.managed, 'get').mockRejectedValue(new Error('no policy'));
  expect(await readManaged()).toEqual({ serverUrl: null, sites: [] });
  get.mockRestore();
});

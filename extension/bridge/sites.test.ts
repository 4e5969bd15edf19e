import '../browser.fixture.ts';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { ServerFixture, siteFixture } from '../server.fixture.ts';
import { changeList } from './site-lists.ts';
import { readSiteOf, readSites } from './sites.ts';
import { forgetToken, writeToken } from './token.ts';

let server: ServerFixture;
const asked = () => server.calls.filter((call) => call === 'GET /v1/sites').length;

beforeEach(async () => {
  fakeBrowser.reset();
  Object.assign(fakeBrowser.storage.local, { setAccessLevel: async () => undefined });
  server = new ServerFixture();
  server.sites = [siteFixture(), siteFixture({ id: 'sit_2', hostPattern: 'crm.example/kadry', kind: 'hrm' })];
  vi.stubGlobal('fetch', server.fetch);
  await writeToken('token');
});
afterEach(() => vi.unstubAllGlobals());

test('a page is of the site that the server would say', async () => {
  expect((await readSiteOf('https://crm.example/klienci'))?.id).toBe('sit_1');
  expect((await readSiteOf('https://crm.example/Kadry/lista'))?.id).toBe('sit_2');
  expect(await readSiteOf('https://x.example/')).toBeNull();
  expect(await readSiteOf('chrome://settings')).toBeNull();
});

test('sites are asked for once, shared by questions at once, and again when they may have changed', async () => {
  await Promise.all([readSites(), readSites(), readSites()]);
  await readSites();
  expect(asked()).toBe(1);
  server.sites = [];
  expect(await readSites(Date.now() + 120_000)).toHaveLength(2);
  await vi.waitFor(async () => expect(await readSites()).toEqual([]));
  expect(asked()).toBe(2);
});

test('what was known serves while the server is silent', async () => {
  await readSites();
  server.isDown = true;
  expect(await readSites(Date.now() + 120_000)).toHaveLength(2);
});

test('somebody who is signed out has no sites, and somebody else has their own', async () => {
  await readSites();
  await forgetToken();
  expect(await readSites()).toEqual([]);
  await writeToken('another');
  // The fixture refuses that session; what was read in the first one is not shown in it.
  expect(await readSites()).toEqual([]);
});

test('a change of one list keeps what else is set for it, and the entry of a list that has lost a column', async () => {
  const list = {
    path: '/klienci',
    headings: ['Klient', 'Telefon', 'Miasto'],
    phones: ['Telefon'],
    names: [],
  };
  server.sites = [siteFixture({ lists: [{ ...list, templateId: null }] })];
  const place = { path: '/klienci', headings: ['Klient', 'Telefon'] };
  expect((await changeList('sit_1', place, { templateId: 'tpl' })).ok).toBe(true);
  expect(server.sites[0]?.lists).toEqual([{ ...list, templateId: 'tpl' }]);
});

import '../browser.fixture.ts';

import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { ServerFixture, siteFixture } from '../server.fixture.ts';
import { captureOf, person } from './capture.fixture.ts';
import { type Composer, createComposer } from './composer.store.ts';
import { ComposerScreen } from './composer.tsx';

let server: ServerFixture;
let composer: Composer;

beforeEach(() => {
  fakeBrowser.reset();
  Object.assign(fakeBrowser.storage.local, { setAccessLevel: async () => undefined });
  server = new ServerFixture();
  const [first] = server.session.companies;
  if (first !== undefined) server.session.companies.push({ ...first, id: 'other', name: 'Serwis' });
  server.templates = [
    { id: 'tpl_visit', name: 'Wizyta', text: 'Zapraszamy, {Imię}.', changedAt: 1 },
    { id: 'tpl_debt', name: 'Płatność', text: 'Prosimy o wpłatę.', changedAt: 1 },
  ];
  vi.stubGlobal('fetch', server.fetch);
});
afterEach(() => {
  composer.stop();
  cleanup();
  vi.unstubAllGlobals();
});

const list = {
  path: '/clients',
  headings: ['Imię', 'Telefon'],
  phones: [],
  names: [],
  templateId: 'tpl_visit',
};

async function open(...sites: ReturnType<typeof siteFixture>[]): Promise<void> {
  await fakeBrowser.storage.local.set({ 'session-token': 'token' });
  server.sites = sites;
  composer = createComposer('window');
  await composer.start();
  render(<ComposerScreen composer={composer} />);
  await waitFor(() => expect(composer.session.state.value.kind).toBe('signed-in'));
}
const receive = (url = 'https://crm.example/clients') =>
  composer.receive({
    capture: captureOf([person('Anna', '600 100 200', { Imię: 'Anna' })], { page: { url, title: '' } }),
    tabId: 7,
  });
const text = () => composer.text.value;

describe('recipients from a known site', () => {
  test('bring its company and the template of their list', async () => {
    await open(siteFixture({ companyId: 'other', lists: [list] }));
    receive();
    await waitFor(() => expect(text().templateId).toBe('tpl_visit'));
    expect(text().text).toBe('Zapraszamy, {Imię}.');
    expect(composer.company.value?.name).toBe('Serwis');
    expect(screen.getByText('Domyślny na tej liście.')).toBeTruthy();
  });

  test('leave a text that somebody has begun', async () => {
    await open(siteFixture({ companyId: 'other', lists: [list] }));
    composer.change({ text: 'Moje słowa' });
    receive();
    await waitFor(() => expect(text().companyId).toBe('other'));
    expect(text()).toMatchObject({ text: 'Moje słowa', templateId: null });
  });

  test('leave the choice where the site has no company, the list no template, or the template is gone', async () => {
    await open(siteFixture({ companyId: null, lists: [{ ...list, templateId: 'tpl_gone' }] }));
    composer.change({ companyId: 'company' });
    receive();
    await waitFor(() => expect(server.calls.filter((call) => call.endsWith('tpl_gone'))).toHaveLength(1));
    expect(text()).toMatchObject({ text: '', companyId: 'company' });
  });

  test('of two sites on one host do not travel together: the server judges a batch by one page', async () => {
    const hrm = siteFixture({ id: 'sit_2', hostPattern: 'crm.example/people', kind: 'hrm' });
    await open(siteFixture(), hrm);
    await waitFor(() => expect(composer.site.groupOf('https://crm.example/people')).toBe('sit_2'));
    receive();
    receive('https://crm.example/people');
    expect(composer.notice.value).toMatchObject({ kind: 'replaced', mayAdd: false });
    receive('https://crm.example/people/7');
    expect(composer.notice.value).toMatchObject({ kind: 'replaced', mayAdd: true });
  });
});

test('a template becomes the default of the list that the recipients are from', async () => {
  await open(siteFixture());
  receive();
  composer.change({ text: 'Prosimy o wpłatę.', templateId: 'tpl_debt' });
  fireEvent.click(await screen.findByRole('button', { name: 'Ustaw jako domyślny na tej liście' }));
  await screen.findByText('Domyślny na tej liście.');
  expect(server.sites[0]?.lists).toEqual([{ ...list, templateId: 'tpl_debt' }]);
});

test('recipients from an unknown page, or pasted, change nothing', async () => {
  await open(siteFixture({ companyId: 'other', lists: [list] }));
  composer.change({ companyId: 'company' });
  receive('https://x.example/clients');
  const pasted = captureOf([person('Anna', '600 100 200')], { where: 'paste' });
  composer.receive({ capture: pasted, tabId: null });
  await new Promise((done) => setTimeout(done, 50));
  expect(text()).toMatchObject({ text: '', companyId: 'company' });
  expect(screen.queryByRole('button', { name: /domyślny/ })).toBeNull();
});

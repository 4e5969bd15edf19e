import '../browser.fixture.ts';

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { fetch } from 'undici';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { sandboxOf } from '../../scripts/sandbox-client.ts';
import { type ServerProcess, startServer } from '../../scripts/server-process.ts';
import { api } from '../bridge/api.ts';
import { writeServerUrl } from '../bridge/server-url.ts';
import { createSessionStore, type SessionStore } from '../bridge/session.store.ts';
import { readToken, writeToken } from '../bridge/token.ts';
import { Sites } from './sites.tsx';

const administrator = 'demo@nadpis.example';
const sender = 'handel@nadpis.example';

let server: ServerProcess;
let data: string;
let session: SessionStore;
let unwatch: () => void = () => undefined;
const tokens = new Map<string, string>();

/** The screen over the real server with its demo organisation, in a process of its own. */
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'nadpis-sites-'));
  server = await startServer({ data });
}, 60_000);
afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});
beforeEach(async () => {
  fakeBrowser.reset();
  Object.assign(fakeBrowser.storage.local, { setAccessLevel: async () => undefined });
  Object.assign(fakeBrowser.permissions, { getAll: async () => ({ origins: ['https://shop.example/*'] }) });
  vi.stubGlobal('fetch', fetch);
  await writeServerUrl(server.url);
});
afterEach(() => {
  unwatch();
  cleanup();
  vi.unstubAllGlobals();
});

async function open(email: string): Promise<void> {
  await signIn(email);
  session = createSessionStore();
  unwatch = session.watch();
  render(<Sites session={session} />);
  await screen.findByRole('heading', { name: 'Strony programu' });
}

async function signIn(email: string): Promise<void> {
  const known = tokens.get(email);
  if (known !== undefined) return writeToken(known);
  const sandbox = sandboxOf(server);
  const before = await sandbox.newest(email);
  await api.session.requestCode(email);
  await api.session.signIn(email, await sandbox.code(email, before));
  tokens.set(email, (await readToken()) ?? '');
}

const type = (label: string, value: string) =>
  fireEvent.input(within(known()).getByLabelText(label), { target: { value } });
const known = () => screen.getByRole('region', { name: 'Strony programu' });
const cards = () =>
  within(known())
    .queryAllByRole('heading', { level: 3 })
    .map(({ textContent }) => textContent);

describe('the organisation’s sites', () => {
  test('R30: an administrator adds a site, says that it is HRM’s, and everyone sees it', async () => {
    await open(administrator);
    fireEvent.click(await screen.findByRole('button', { name: 'Dodaj stronę' }));
    type('Adres aplikacji', '*.pl');
    fireEvent.click(screen.getByRole('button', { name: 'Zapisz' }));
    expect(await screen.findByText(/Gwiazdka może stać/)).toBeTruthy();
    expect(cards()).toEqual([]);

    type('Adres aplikacji', 'https://ERP.firma.pl/Kadry/?tab=1#x');
    fireEvent.click(screen.getByRole('radio', { name: /HRM/ }));
    fireEvent.change(screen.getByLabelText('Firma'), { target: { value: 'com_demo_nowak' } });
    fireEvent.click(screen.getByRole('switch', { name: /Zalecaj/ }));
    fireEvent.click(screen.getByRole('button', { name: 'Zapisz' }));
    await waitFor(() => expect(cards()).toEqual(['erp.firma.pl/kadry HRM']));
    expect(within(known()).getByText(/Nowak i Synowie · Polska/)).toBeTruthy();
    // The browser grants whole hosts; it is offered at once.
    expect(await screen.findByText('*://erp.firma.pl/*')).toBeTruthy();

    unwatch();
    cleanup();
    await open(sender);
    await waitFor(() => expect(cards()).toEqual(['erp.firma.pl/kadry HRM']));
    expect(screen.queryByRole('button', { name: 'Dodaj stronę' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Zmień: erp.firma.pl/kadry' })).toBeNull();
  });

  test('a change on an old version overwrites nobody', async () => {
    await open(administrator);
    fireEvent.click(await screen.findByRole('button', { name: 'Zmień: erp.firma.pl/kadry' }));
    await within(known()).findByLabelText('Adres aplikacji');
    const [site] = await sites();
    await api.sites.change(site?.id ?? '', { region: 'DE' }, null);
    fireEvent.click(within(known()).getByRole('radio', { name: /CRM/ }));
    fireEvent.click(within(known()).getByRole('button', { name: 'Zapisz' }));
    expect(await screen.findByRole('alert')).toBeTruthy();
    expect(await sites()).toMatchObject([{ kind: 'hrm', region: 'DE' }]);
  });

  test('what was set for a list is shown: a sender gives it a template and forgets it; the site goes in two presses', async () => {
    await signIn(administrator);
    const made = await api.sites.create({ hostPattern: 'crm.firma.pl', kind: 'crm' });
    if (!made.ok) throw new Error('not made');
    const list = { path: '/klienci', headings: ['Klient', 'Kontakt'], phones: ['Kontakt'] };
    await api.sites.setList(made.value.id, list, null);
    await open(sender);
    const lists = within(await screen.findByRole('list', { name: 'Ustawienia list: crm.firma.pl' }));
    expect(lists.getByText('Kolumny z telefonem: Kontakt')).toBeTruthy();
    const template = lists.getByLabelText<HTMLSelectElement>('Szablon na początek');
    await waitFor(() => expect(template.disabled).toBe(false));
    fireEvent.change(template, { target: { value: 'tpl_demo_visit' } });
    await waitFor(async () =>
      expect((await sites())[0]?.lists).toEqual([{ ...list, names: [], templateId: 'tpl_demo_visit' }]),
    );
    fireEvent.click(await screen.findByRole('button', { name: 'Usuń ustawienia listy: /klienci' }));
    fireEvent.click(screen.getByRole('button', { name: 'Na pewno usunąć' }));
    await waitFor(async () => expect((await sites())[0]?.lists).toEqual([]));

    unwatch();
    cleanup();
    await open(administrator);
    fireEvent.click(await screen.findByRole('button', { name: 'Usuń: crm.firma.pl' }));
    fireEvent.click(screen.getByRole('button', { name: 'Na pewno usunąć' }));
    await waitFor(() => expect(cards()).toEqual(['erp.firma.pl/kadry HRM']));
  });
});

test('a browser in which nobody is signed in still says where it is always on', async () => {
  session = createSessionStore();
  render(<Sites session={session} />);
  expect(await screen.findByText('https://shop.example/*')).toBeTruthy();
  expect(screen.queryByText('Strony programu')).toBeNull();
});

async function sites() {
  const answer = await api.sites.list();
  return answer.ok ? answer.value : [];
}

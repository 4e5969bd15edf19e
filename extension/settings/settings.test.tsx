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
import type { SettingsScreen } from '../look/settings-link.tsx';
import { screen as shown } from './route.ts';
import { Settings } from './settings.tsx';

const administrator = 'demo@nadpis.example';
const sender = 'handel@nadpis.example';

let server: ServerProcess;
let data: string;
let session: SessionStore;
let unwatch: () => void = () => undefined;
const tokens = new Map<string, string>();

/** The settings over the real server with its demo organisation, in a process of its own. */
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'nadpis-settings-'));
  server = await startServer({ data });
}, 60_000);

afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

beforeEach(async () => {
  fakeBrowser.reset();
  Object.assign(fakeBrowser.storage.local, { setAccessLevel: async () => undefined });
  // The browser's own fetch: the test's document stands nowhere, and would be refused as another origin.
  vi.stubGlobal('fetch', fetch);
  await writeServerUrl(server.url);
});

afterEach(() => {
  unwatch();
  cleanup();
  vi.unstubAllGlobals();
});

async function open(name: SettingsScreen, email?: string): Promise<void> {
  if (email !== undefined) await writeToken(await tokenOf(email));
  session = createSessionStore();
  unwatch = session.watch();
  shown.value = name;
  render(<Settings session={session} />);
  await waitFor(() => expect(session.state.value.kind).not.toBe('loading'));
}

/** One sign-in a person: codes are rationed. */
async function tokenOf(email: string): Promise<string> {
  const known = tokens.get(email);
  if (known !== undefined) return known;
  const sandbox = sandboxOf(server);
  const before = await sandbox.newest(email);
  await api.session.requestCode(email);
  await api.session.signIn(email, await sandbox.code(email, before));
  const token = (await readToken()) ?? '';
  tokens.set(email, token);
  return token;
}

const type = (field: HTMLElement, value: string) => fireEvent.input(field, { target: { value } });
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));

describe('signing in', () => {
  test('by the code from the e-mail, and out again with every draft', async () => {
    const sandbox = sandboxOf(server);
    const before = await sandbox.newest(administrator);
    await open('account');
    type(await screen.findByLabelText('Adres e-mail'), administrator);
    press('Wyślij mi kod');
    const code = await screen.findByLabelText('Kod z e-maila');

    type(code, '000 000');
    press('Zaloguj się');
    await screen.findByText(/Kod jest błędny/);
    type(code, await sandbox.code(administrator, before));
    press('Zaloguj się');
    await screen.findByRole('heading', { name: 'Zalogowano' });
    expect(await readToken()).not.toBeNull();

    await fakeBrowser.storage.local.set({ 'draft:text:window': { at: Date.now(), value: {} } });
    press('Wyloguj się');
    await screen.findByRole('heading', { name: 'Logowanie' });
    expect(await readToken()).toBeNull();
    expect(await fakeBrowser.storage.local.get(null)).toEqual({ 'server-url': server.url });
  });

  test('what is no address is said before anything is asked', async () => {
    await open('account');
    type(await screen.findByLabelText('Adres e-mail'), 'anna');
    press('Wyślij mi kod');
    await screen.findByText('To nie wygląda na adres e-mail.');
    expect(screen.queryByLabelText('Kod z e-maila')).toBeNull();
  });

  test('a screen that needs a session asks for it first', async () => {
    await open('packages');
    await screen.findByText(/Zaloguj się, aby zobaczyć/);
    screen.getByLabelText('Adres e-mail');
  });
});

describe('the server’s address', () => {
  test('a change signs out: a token is never shown to another server', async () => {
    await open('account', administrator);
    await screen.findByRole('heading', { name: 'Zalogowano' });
    type(screen.getByLabelText('Adres serwera'), 'https://other.example');
    press('Zapisz');
    await waitFor(async () => expect(await readToken()).toBeNull());
  });

  test('plain HTTP to another machine is refused', async () => {
    await open('account');
    await waitFor(() => expect(screen.getByLabelText('Adres serwera')).toHaveProperty('value', server.url));
    type(screen.getByLabelText('Adres serwera'), 'http://sms.example.com');
    press('Zapisz');
    await screen.findByText(/Podaj adres zaczynający się od https/);
  });
});

describe('packages', () => {
  test('a recorded purchase is in the balance and in the ledger', async () => {
    await open('packages', administrator);
    await screen.findByText('1000 części w pakiecie');
    type(screen.getByLabelText('Liczba części'), '250');
    type(screen.getByLabelText(/Numer faktury/), 'FV 12');
    press('Zapisz zakup');
    await screen.findByText('1250 części w pakiecie');
    const ledger = within(screen.getByRole('region', { name: 'Historia pakietu' }));
    await waitFor(() => expect(ledger.getAllByRole('row')).toHaveLength(3));
    expect(ledger.getAllByRole('row')[1]?.textContent).toContain('+250');
  });

  test('somebody who only sends sees the balance and records nothing', async () => {
    await open('packages', sender);
    await screen.findByText(/części w pakiecie/);
    expect(screen.queryByLabelText('Liczba części')).toBeNull();
  });
});

describe('the company’s stamp', () => {
  test('R16: a NIP with a wrong check digit is refused, the right one is kept', async () => {
    await open('company', administrator);
    const nip = await screen.findByLabelText('NIP');
    type(nip, '856-734-62-16');
    press('Zapisz');
    await screen.findByText(/błędną cyfrę kontrolną/);
    type(screen.getByLabelText('NIP'), 'PL 856-734-62-15');
    press('Zapisz');
    await waitFor(() => expect(screen.getByLabelText('NIP')).toHaveProperty('value', '8567346215'));
    screen.getByText('856-734-62-15');
  });

  test('a change made meanwhile by somebody else is not overwritten', async () => {
    await open('company', administrator);
    type(await screen.findByLabelText('Adres'), 'Moja 1');
    await api.companies.change('com_demo_nowak', { name: 'Nowak i Synowie' }, null);
    press('Zapisz');
    await screen.findByText(/Ktoś zmienił to w międzyczasie/);
  });

  test('R7: the effective name says where it comes from', async () => {
    await open('company', sender);
    await screen.findByText('Firma Nowak');
    screen.getByText('z programu');
  });
});

test('a person is added, and removed only after a second press', async () => {
  await open('people', administrator);
  fireEvent.click(await screen.findByRole('button', { name: 'Dodaj osobę' }));
  type(await screen.findByLabelText('Adres e-mail'), 'ewa@nadpis.example');
  type(screen.getByLabelText('Imię i nazwisko'), 'Ewa Lis');
  press('Zapisz');
  fireEvent.click(await screen.findByRole('button', { name: 'Usuń: Ewa Lis' }));
  screen.getByRole('heading', { name: 'Ewa Lis' });
  press('Na pewno usunąć');
  await waitFor(() => expect(screen.queryByRole('heading', { name: 'Ewa Lis' })).toBeNull());
});

test('the navigation holds both scopes, and every screen in it opens', async () => {
  await open('account', administrator);
  const navigation = within(screen.getByRole('navigation', { name: 'Konfiguracja' }));
  navigation.getByRole('heading', { name: 'Konfiguracja programu' });
  navigation.getByRole('heading', { name: 'Konfiguracja firmy' });
  expect(navigation.getByRole('link', { name: 'Konto' }).getAttribute('aria-current')).toBe('page');
  const history = navigation.getByRole('link', { name: 'Historia wysyłek' });
  expect(history.getAttribute('href')).toMatch(/\/sent\.html#batches$/);
  for (const link of navigation.getAllByRole('link').filter((one) => one !== history)) {
    shown.value = (link.getAttribute('href') ?? '').slice(1) as SettingsScreen;
    await screen.findByRole('heading', { level: 1, name: link.textContent ?? '' });
  }
});

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

beforeEach(async () => {
  fakeBrowser.reset();
  Object.assign(fakeBrowser.storage.local, { setAccessLevel: async () => undefined });
  server = new ServerFixture();
  server.sites = [siteFixture({ hostPattern: 'hrm.example', kind: 'hrm' })];
  server.session.person.roles = ['hr'];
  permit(true);
  vi.stubGlobal('fetch', server.fetch);
  await fakeBrowser.storage.local.set({ 'session-token': 'token' });
  composer = createComposer('window');
  await composer.start();
  render(<ComposerScreen composer={composer} />);
  await waitFor(() => expect(composer.session.state.value.kind).toBe('signed-in'));
});
afterEach(() => {
  composer.stop();
  cleanup();
  vi.unstubAllGlobals();
});

function permit(hrmPermission: boolean): void {
  for (const company of server.session.companies) company.hrmPermission = hrmPermission;
}

const fields = { 'Nazwisko i imię': 'Nowak Anna' };
const anna = {
  ...person('Nowak Anna', '502 200 001', fields),
  numbers: [
    { e164: '+48502200001', shown: '502 200 001', kind: 'mobile' as const, column: 'Telefon prywatny' },
    { e164: '+48601100001', shown: '601 100 001', kind: 'mobile' as const, column: 'Telefon służbowy' },
  ],
};
const receive = (url = 'https://hrm.example/pracownicy') =>
  composer.receive({
    capture: captureOf([anna], { page: { url, title: 'Pracownicy' }, columns: Object.keys(fields) }),
    tabId: 7,
  });
const previews = () => composer.cost.value.people.map(({ text }) => text);
const numbers = () => composer.toSend.value.map(({ number }) => number);

describe('recipients from an HRM site', () => {
  test('R29 §7: are texted on the business number, with initials in the text, as the server will', async () => {
    receive();
    composer.change({ text: '{Nazwisko i imię}: pasek jest w HRM.' });
    await waitFor(() => expect(previews()).toEqual(['N.A.: pasek jest w HRM.']));
    expect(numbers()).toEqual(['+48601100001']);
    screen.getByRole('option', { name: /Telefon służbowy/ });
  });

  test('R29 §7: the company’s own order and its full names hold', async () => {
    server.hrm = { numberSources: ['private'], fullNames: true };
    receive();
    composer.change({ text: '{Nazwisko i imię}: pasek jest w HRM.' });
    await waitFor(() => expect(previews()).toEqual(['Nowak Anna: pasek jest w HRM.']));
    expect(numbers()).toEqual(['+48502200001']);
  });

  test('§7: a private number without consent is left out before sending, and said why', async () => {
    server.lacksConsent = new Set(['+48502200001']);
    receive();
    composer.change({ text: 'Pasek jest w HRM.' });
    await waitFor(() => expect(numbers()).toEqual(['+48601100001']));
    fireEvent.change(screen.getByRole('combobox', { name: /^Numer: Nowak Anna/ }), {
      target: { value: '0' },
    });
    await screen.findByText(/numer prywatny bez zapisanej zgody pracownika/);
    screen.getByText('(Telefon prywatny)');
    expect(composer.canSend.value).toBe(false);

    server.lacksConsent.clear();
    fireEvent.click(screen.getByRole('button', { name: 'Sprawdź ponownie' }));
    await waitFor(() => expect(composer.canSend.value).toBe(true));
  });

  test('R30: are refused where the company does not permit it, naming the parameter, its path and the way there', async () => {
    permit(false);
    await composer.session.refresh();
    receive();
    await screen.findByText(
      /Konfiguracja firmy \/ Płace \/ HRM \/ „Zezwalaj na wysyłkę powiadomień SMS z HRM”/,
    );
    expect(screen.getByRole('link', { name: 'Płace / HRM' }).getAttribute('href')).toMatch(/#hrm$/);
    permit(true);
    fireEvent.click(screen.getByRole('button', { name: 'Sprawdź ponownie' }));
    await waitFor(() => expect(screen.queryByText(/Parametr:/)).toBeNull());
  });
});

describe('recipients from elsewhere', () => {
  test('are no employees for who sends to customers: their names stay, and nothing is asked of the HRM', async () => {
    server.session.person.roles = ['sender'];
    await composer.session.refresh();
    receive('https://crm.example/clients');
    composer.change({ text: '{Nazwisko i imię}, zapraszamy.' });
    await waitFor(() => expect(previews()).toEqual(['Nowak Anna, zapraszamy.']));
    expect(numbers()).toEqual(['+48502200001']);
    expect(server.calls.filter((call) => call.includes('/hrm'))).toEqual([]);
  });

  test('R30: on a page of no site who only sends for HRM sends as HRM, as the server decides', async () => {
    receive('https://intranet.example/');
    await waitFor(() => expect(numbers()).toEqual(['+48601100001']));
  });
});

import '../browser.fixture.ts';

import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { ServerFixture } from '../server.fixture.ts';
import { captureOf, person, sixRows } from './capture.fixture.ts';
import { type Composer, createComposer } from './composer.store.ts';
import { ComposerScreen } from './composer.tsx';

let server: ServerFixture;
let composer: Composer;

beforeEach(async () => {
  fakeBrowser.reset();
  // Chromium's way: closed to content scripts, kept over a restart.
  Object.assign(fakeBrowser.storage.local, { setAccessLevel: async () => undefined });
  await fakeBrowser.storage.local.set({ 'session-token': 'token' });
  server = new ServerFixture();
  vi.stubGlobal('fetch', server.fetch);
  await open();
});

afterEach(() => {
  composer.stop();
  cleanup();
  vi.unstubAllGlobals();
});

async function open(): Promise<void> {
  composer = createComposer('window');
  await composer.start();
  render(<ComposerScreen composer={composer} />);
  await waitFor(() => expect(composer.session.state.value.kind).not.toBe('loading'));
}

/** Closes the panel and opens it again, as after a crash: nothing but the storage is left. */
async function openAgain(): Promise<void> {
  await new Promise((done) => setTimeout(done, 300));
  composer.stop();
  cleanup();
  await open();
}

const capture = (people = sixRows(), over = {}) =>
  composer.receive({ capture: captureOf(people, over), tabId: 7 });
const textbox = () => screen.getByRole('textbox', { name: 'Treść wiadomości' }) as HTMLTextAreaElement;
const write = (text: string) => fireEvent.input(textbox(), { target: { value: text } });
const sendButton = () => screen.getByRole('button', { name: /^Wyślij/ }) as HTMLButtonElement;
const sends = () => server.calls.filter((call) => /^POST \/v1\/batches .+/.test(call));
const valid = (count: number) =>
  Array.from({ length: count }, (_, at) => person(`Osoba ${at}`, `600 100 ${200 + at}`));

async function press(button: HTMLElement): Promise<void> {
  await waitFor(() => expect(button).toHaveProperty('disabled', false));
  fireEvent.click(button);
}

describe('R1: who gets it and who does not', () => {
  test('three to send and three skipped with reasons, before anything is sent; exactly three go out', async () => {
    capture();
    const skipped = within(await screen.findByRole('list', { name: 'Pominięci i dlaczego' }));
    expect(
      skipped.getAllByRole('listitem').map((row) => row.querySelector('.person-reason')?.textContent),
    ).toEqual([
      'brak numeru',
      'telefon stacjonarny, nie przyjmie SMS-a: 22 611 07 74',
      'ten sam numer co: Anna',
    ]);
    expect(
      within(screen.getByRole('list', { name: 'Odbiorcy wiadomości' })).getAllByRole('listitem'),
    ).toHaveLength(3);
    expect(sends()).toEqual([]);

    write('Dzień dobry');
    await press(sendButton());
    await screen.findByRole('heading', { name: 'Przyjęto 3 wiadomości' });
    const [batch] = server.batches.values();
    expect(batch?.taken.map(({ number }) => number)).toEqual([
      '+48600100200',
      '+48601200300',
      '+48512345678',
    ]);
  });

  test('someone taken out can be brought back', async () => {
    capture(valid(2));
    fireEvent.click(await screen.findByRole('button', { name: 'Usuń z odbiorców: Osoba 0' }));
    expect(composer.toSend.value).toHaveLength(1);
    fireEvent.click(await screen.findByRole('button', { name: 'Cofnij' }));
    expect(composer.toSend.value).toHaveLength(2);
  });

  test('of several numbers the user chooses', async () => {
    capture([person('Wójcik', '601 200 300; 602 200 300')]);
    const choice = await screen.findByRole('combobox', { name: 'Numer: Wójcik' });
    fireEvent.change(choice, { target: { value: '1' } });
    expect(composer.toSend.value[0]?.number).toBe('+48602200300');
  });

  test('how much of the list was collected is said', async () => {
    capture(valid(2), { collected: { rows: 40, total: 1200 } });
    expect((await screen.findByText(/zebrano 40 z/)).textContent?.replace(/\s/g, ' ')).toBe(
      'zebrano 40 z 1200 wierszy',
    );
    capture(valid(2), { collected: { rows: 40, total: null } });
    await screen.findByText('tylko ta strona listy');
  });

  test('new recipients replace the earlier ones, and may be added instead', async () => {
    capture(valid(2));
    capture([person('Ewa', '660100200')], { id: 'other' });
    await screen.findByText(/w miejsce 2 poprzednich/);
    fireEvent.click(screen.getByRole('button', { name: 'Dodaj do poprzednich' }));
    expect(composer.toSend.value).toHaveLength(3);
  });

  test('whom the server would skip is listed too', async () => {
    server.optedOut.add('+48600100200');
    capture(valid(2));
    write('a');
    await screen.findByText('zrezygnował z SMS-ów');
    expect(sendButton().textContent).toContain('Wyślij do 1 osoby');
  });
});

describe('cost honesty (acceptance 12)', () => {
  test('one ż blocks the send with the shortfall, and folding lets it go', async () => {
    server.session.balance = 10;
    await composer.session.refresh();
    capture(valid(6));
    write('a'.repeat(160));
    await screen.findByText('razem 6 części');
    await waitFor(() => expect(sendButton().disabled).toBe(false));

    write(`ż${'a'.repeat(159)}`);
    await screen.findByText('razem 18 części');
    const alert = within(document.getElementById('blocks') ?? document.body);
    await alert.findByText(/Brakuje 8 części: potrzeba 18, w pakiecie jest 10/);
    expect(sendButton().disabled).toBe(true);

    fireEvent.click(alert.getByRole('button', { name: 'Bez polskich liter: 6 części' }));
    await screen.findByText('razem 6 części');
    await press(sendButton());
    await screen.findByRole('heading', { name: 'Przyjęto 6 wiadomości' });
    expect(server.session.balance).toBe(4);
    expect(sends()).toHaveLength(1);
  });
});

describe('a send goes once', () => {
  test('the answer is lost: the composer says so, keeps everything, and the retry does not send twice', async () => {
    capture(valid(3));
    write('Dzień dobry');
    server.losesAnswers = true;
    await press(sendButton());
    await screen.findByRole('heading', { name: 'Nie wiadomo, czy wysyłka doszła' });
    await screen.findByText('Dzień dobry');

    server.losesAnswers = false;
    fireEvent.click(screen.getByRole('button', { name: 'Ponów tę wysyłkę' }));
    await screen.findByRole('heading', { name: 'Przyjęto 3 wiadomości' });
    expect(new Set(sends()).size).toBe(1);
    expect(server.batches.size).toBe(1);
    expect(server.session.balance).toBe(297);
  });

  test('also when the panel was closed or has crashed in between', async () => {
    capture(valid(3));
    write('Dzień dobry');
    server.losesAnswers = true;
    await press(sendButton());
    await screen.findByRole('heading', { name: 'Nie wiadomo, czy wysyłka doszła' });
    await openAgain();
    server.losesAnswers = false;
    fireEvent.click(await screen.findByRole('button', { name: 'Ponów tę wysyłkę' }));
    await screen.findByRole('heading', { name: 'Przyjęto 3 wiadomości' });
    expect(server.batches.size).toBe(1);
  });

  test('a sent draft is gone: nobody is texted again by opening the panel', async () => {
    capture(valid(3));
    write('Dzień dobry');
    await press(sendButton());
    await screen.findByRole('heading', { name: 'Przyjęto 3 wiadomości' });
    await openAgain();
    expect(composer.people.value.people).toEqual([]);
    expect(textbox().value).toBe('');
  });

  test('Ctrl+Enter twice sends once', async () => {
    capture(valid(1));
    write('a');
    await waitFor(() => expect(sendButton().disabled).toBe(false));
    fireEvent.keyDown(document, { key: 'Enter', ctrlKey: true });
    fireEvent.keyDown(document, { key: 'Enter', ctrlKey: true });
    await screen.findByRole('heading', { name: 'Przyjęto 1 wiadomość' });
    expect(sends()).toHaveLength(1);
  });

  test('recipients that come while a send is in doubt wait for it', async () => {
    capture(valid(3));
    write('a');
    server.losesAnswers = true;
    await press(sendButton());
    await screen.findByRole('heading', { name: 'Nie wiadomo, czy wysyłka doszła' });
    capture([person('Ewa', '660100200')], { id: 'other' });
    await screen.findByText(/Nowi odbiorcy czekają/);
    server.losesAnswers = false;
    fireEvent.click(screen.getByRole('button', { name: 'Ponów tę wysyłkę' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Nowa wiadomość' }));
    await waitFor(() => expect(composer.toSend.value.map(({ number }) => number)).toEqual(['+48660100200']));
  });
});

describe('what is in the way is named', () => {
  test('the server is down: draft and recipients stay, and it is asked again', async () => {
    capture(valid(2));
    write('Dzień dobry');
    server.isDown = true;
    await composer.session.refresh();
    await screen.findByText(/Serwer nie odpowiada/);
    expect(textbox().value).toBe('Dzień dobry');
    expect(sendButton().disabled).toBe(true);
    server.isDown = false;
    fireEvent.click(screen.getByRole('button', { name: 'Sprawdź ponownie' }));
    await waitFor(() => expect(sendButton().disabled).toBe(false));
  });

  test('signed out: the draft waits', async () => {
    capture(valid(2));
    write('Dzień dobry');
    await fakeBrowser.storage.local.remove('session-token');
    await composer.session.refresh();
    const link = await screen.findByRole('link', { name: 'Zaloguj się' });
    expect(link.getAttribute('href')).toContain('options.html#account');
    expect(textbox().value).toBe('Dzień dobry');
  });

  test('R21: a pending name says name, since when and what is usual', async () => {
    const name = server.session.companies[0]?.effectiveName;
    if (name) name.state = 'submitted';
    await composer.session.refresh();
    capture(valid(1));
    write('a');
    const text = (await screen.findByText(/czeka na autoryzację od/)).textContent;
    expect(text).toContain('„Firma Nowak”');
    expect(text).toContain('20 lis 2026, 10:00');
    expect(text).toContain('zwykle do 24 h');
    expect(sendButton().disabled).toBe(true);
  });

  test('R30: HRM is refused by the server alone, naming the parameter', async () => {
    server.refuses = 'hrm-not-permitted';
    capture(valid(1));
    write('a');
    await screen.findByText(/Zezwalaj na wysyłkę powiadomień SMS z HRM/);
    expect(sendButton().disabled).toBe(true);
  });

  test('with several companies the user says for which', async () => {
    const [only] = server.session.companies;
    if (only) server.session.companies.push({ ...only, id: 'other', name: 'Serwis' });
    await composer.session.refresh();
    capture(valid(1));
    write('a');
    await screen.findByText('Wybierz firmę, w imieniu której wysyłasz.');
    fireEvent.change(screen.getByRole('combobox', { name: 'Firma' }), { target: { value: 'other' } });
    await press(sendButton());
    await screen.findByRole('heading', { name: 'Przyjęto 1 wiadomość' });
    expect([...server.batches.values()][0]?.body.companyId).toBe('other');
  });
});

describe('the text', () => {
  test('each recipient has their own preview', async () => {
    capture(sixRows());
    write('Cześć {Imię}!');
    const previews = within(await screen.findByRole('list', { name: 'Podgląd' }));
    expect(
      previews.getAllByRole('listitem').map((item) => item.querySelector('.bubble')?.textContent),
    ).toEqual(['Cześć Anna!', 'Cześć Czesław!', 'Cześć Dorota!']);
  });

  test('a field is completed by keyboard', async () => {
    capture(sixRows());
    await screen.findByRole('button', { name: 'Imię' });
    const area = textbox();
    fireEvent.input(area, { target: { value: 'Cześć {', selectionStart: 7, selectionEnd: 7 } });
    const options = await screen.findAllByRole('option', { name: /Imię|Telefon/ });
    expect(options.map(({ textContent }) => textContent)).toEqual(['Imię', 'Telefon']);
    fireEvent.keyDown(area, { key: 'ArrowDown' });
    fireEvent.keyDown(area, { key: 'Enter' });
    await waitFor(() => expect(textbox().value).toBe('Cześć {Telefon}'));
  });

  test('rows without a value are skipped and said, until a default is given', async () => {
    capture([person('A', '600100200', { Imię: 'Ala' }), person('B', '601200300')]);
    write('Cześć {Imię}');
    await screen.findByText(/^1 osoba nie ma wartości w polu/);
    write('Cześć {Imię|Kliencie}');
    await waitFor(() => expect(composer.toSend.value).toHaveLength(2));
  });

  test('above twenty recipients the composer asks once more', async () => {
    capture(valid(21));
    write('a');
    await press(sendButton());
    const dialog = within(await screen.findByRole('dialog', { name: 'Wysłać do 21 osób?' }));
    expect(sends()).toEqual([]);
    fireEvent.click(dialog.getByRole('button', { name: 'Wyślij' }));
    await screen.findByRole('heading', { name: 'Przyjęto 21 wiadomości' });
  });
});

test('the result follows each message until its end', async () => {
  capture(valid(2));
  write('a');
  await press(sendButton());
  const list = within(await screen.findByRole('list', { name: 'Wynik dla każdego odbiorcy' }));
  await waitFor(() => expect(list.getAllByText('w kolejce')).toHaveLength(2));
  server.state = 'delivered';
  await waitFor(() => expect(list.getAllByText('dostarczono')).toHaveLength(2), { timeout: 5000 });
  await screen.findByText('Znamy już wynik każdej wiadomości.');
});

test('a pasted table becomes recipients', async () => {
  fireEvent.input(screen.getByRole('textbox', { name: /Tabela z arkusza/ }), {
    target: { value: 'Imię\tTelefon\nAnna\t600100200' },
  });
  fireEvent.click(screen.getByRole('button', { name: 'Wczytaj odbiorców' }));
  await screen.findByText('Wklejona tabela');
  expect(composer.toSend.value).toHaveLength(1);
});

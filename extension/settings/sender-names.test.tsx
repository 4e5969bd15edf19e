import { fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { choose, day, minute, overOffice } from './office.fixture.tsx';
import { press, type } from './screen.fixture.tsx';

const nameField = () => screen.findByLabelText<HTMLInputElement>('Nazwa nadawcy');
const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>('button', { name });
const find = (name: string | RegExp) => screen.findByRole<HTMLButtonElement>('button', { name });
const tick = (name: string | RegExp) => fireEvent.click(screen.getByRole('checkbox', { name }));

/** Opens the form and fills it in up to the two ticks. */
async function fill(name: string, form = 'Dodaj nową nazwę nadawcy'): Promise<void> {
  fireEvent.click(await find(form));
  type(await nameField(), name);
  choose(await screen.findByLabelText('Firma, która składa oświadczenie'), 'com_1');
  await waitFor(() => expect(screen.getByLabelText('NIP')).toHaveProperty('value', '8567346215'));
}

function accept(): void {
  tick('Akceptuję treść oświadczenia');
  tick(/Mam prawo reprezentować/);
}

describe('with the CRM module and a mail account', () => {
  const { open, office, mailAccount } = overOffice({ hasCrm: true });

  test('R3: without a mail account everything is closed and points to it', async () => {
    await open('sender-names');
    await screen.findByText(/Konfiguracja SMS jest wyłączona/);
    expect(screen.getByRole('link', { name: 'Konta e-mail' }).getAttribute('href')).toBe('#mail-account');
    expect((await find('Dodaj nową nazwę nadawcy')).disabled).toBe(true);
    await mailAccount();
    await open('sender-names');
    expect((await find('Dodaj nową nazwę nadawcy')).disabled).toBe(false);
  });

  test('R13–R18: prefilled from the stamp, accepted, and mailed once though pressed twice', async () => {
    await mailAccount();
    await open('sender-names');
    await fill('Nowak');
    expect(screen.getByLabelText('Pełna nazwa firmy')).toHaveProperty('value', 'Nowak sp. z o.o.');
    expect(screen.getByLabelText('Adres')).toHaveProperty('value', 'ul. Długa 5, 31-147 Kraków');
    const send = button('Akceptuję i wysyłam do operatora');
    expect(send.disabled).toBe(true);

    type(screen.getByLabelText('NIP'), '8567346216');
    await screen.findByText(/błędną cyfrę kontrolną/);
    accept();
    expect(send.disabled).toBe(true);
    type(screen.getByLabelText('NIP'), 'PL 856-734-62-15');
    // What was accepted was another text.
    await screen.findByText(/zmieniła się po akceptacji/);
    expect(send.disabled).toBe(true);
    tick('Akceptuję treść oświadczenia');
    await waitFor(() => expect(send.disabled).toBe(false));

    fireEvent.click(send);
    fireEvent.click(send);
    await screen.findByText(/Oświadczenie wysłano 4 mar 2026, 11:00/);
    screen.getByText(/zwykle do 24 h \(do 5 mar 2026, 11:00\)/);
    const letters = await office().letters();
    expect(letters.map(({ recipients }) => recipients)).toEqual([['zgody@operator.test', 'anna@org1.test']]);
  });

  test('R13: editing the name takes the acceptance back, before and after it is stored', async () => {
    await mailAccount();
    await open('sender-names');
    await fill('Nowak');
    accept();
    await waitFor(() => expect(button('Akceptuję, wyślę później').disabled).toBe(false));
    type(await nameField(), 'Nowak Sklep');
    await screen.findByText(/zmieniła się po akceptacji/);
    expect(button('Akceptuję, wyślę później').disabled).toBe(true);
    tick('Akceptuję treść oświadczenia');
    tick('Rozumiem i chcę tej nazwy');
    await waitFor(() => expect(button('Akceptuję, wyślę później').disabled).toBe(false));
    press('Akceptuję, wyślę później');

    await screen.findByText(/zaakceptowane, ale niewysłane/);
    press('Popraw nazwę');
    screen.getByText(/unieważni zaakceptowane oświadczenie/);
    type(await nameField(), 'NowakSklep');
    press('Zapisz');
    await screen.findByText(/Nazwa nie ma jeszcze oświadczenia/);
    expect(await office().letters()).toEqual([]);
  });

  test('R18: what the mail server refuses is said in words, nothing is lost, and a retry goes out', async () => {
    await mailAccount();
    await office().behave({ refuseMessage: { code: 550, text: 'Spam nie przejdzie' } });
    await open('sender-names');
    await fill('Nowak');
    accept();
    fireEvent.click(await waitForEnabled('Akceptuję i wysyłam do operatora'));
    await screen.findByText(/Serwer poczty odrzucił wiadomość/);
    screen.getByText(/Spam nie przejdzie/);
    await office().behave({});
    press('Wyślij jeszcze raz');
    await screen.findByText(/Oświadczenie wysłano/);
    expect(await office().letters()).toHaveLength(1);
  });

  test('R18: a mail that may have gone out is only repeated by a person', async () => {
    await mailAccount();
    await office().behave({ dropAfterData: true });
    await open('sender-names');
    await fill('Nowak');
    accept();
    fireEvent.click(await waitForEnabled('Akceptuję i wysyłam do operatora'));
    await screen.findByText(/Nie wiadomo, czy wiadomość wyszła/);
    await office().behave({});
    press('Kopia doszła – wysłano');
    await screen.findByText(/Oświadczenie wysłano/);
    expect(await office().letters()).toEqual([]);
  });

  test('R22: after 24 hours it takes longer than usual, and may be sent again', async () => {
    await mailAccount();
    await open('sender-names');
    await fill('Nowak');
    accept();
    fireEvent.click(await waitForEnabled('Akceptuję i wysyłam do operatora'));
    await screen.findByText(/Oświadczenie wysłano/);
    expect(screen.queryByRole('button', { name: 'Wyślij jeszcze raz' })).toBeNull();
    await office().forward(day + 1000);
    await open('sender-names');
    await screen.findByText(/dłużej niż zwykle/);
    press('Wyślij jeszcze raz');
    await waitFor(async () => expect(await office().letters()).toHaveLength(2));
    await screen.findByText(/zwykle do 24 h/);
  });
});

async function waitForEnabled(name: string): Promise<HTMLButtonElement> {
  await waitFor(() => expect(button(name).disabled).toBe(false));
  return button(name);
}

describe('without the CRM module', () => {
  const { open, office, authorised, added } = overOffice();
  let opened: string[] = [];
  beforeEach(() => {
    opened = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      opened.push(this.href);
    });
  });
  afterEach(() => vi.restoreAllMocks());

  test('R10, R12: each refusal in its own words, the character shown, nothing replaced by itself', async () => {
    await open('sender-names');
    fireEvent.click(await find('Dodaj nową nazwę nadawcy'));
    const field = await nameField();
    const said: [string, RegExp][] = [
      ['FirmaNowak12', /ma 12 znaków, a może mieć najwyżej 11/],
      ['Żabka', /U\+017B/],
      ['Sklep-24', /U\+002D/],
      ['Orange', /nazwa operatora komórkowego/],
      ['policja', /zastrzeżona dla służb/],
      ['   ', /Same spacje to za mało/],
      ['Аbc', /U\+0410/],
    ];
    for (const [name, text] of said) {
      type(field, name);
      await screen.findByText(text);
      expect(field.value).toBe(name);
      expect(field.getAttribute('aria-invalid')).toBe('true');
    }
    type(field, 'Żabka');
    press('Użyj „Zabka”');
    expect(field.value).toBe('Zabka');
    type(field, 'Firma Nowak');
    await screen.findByText('iPhone pokaże ją bez spacji: FirmaNowak.');
    expect(field.getAttribute('aria-invalid')).toBe('false');
    type(field, '  Firma  X ');
    screen.getByText(/Kilka spacji z rzędu/);
  });

  test('R10b: one’s own name is shown, another organisation’s is refused without naming it', async () => {
    await authorised('Nowak');
    await open('sender-names');
    fireEvent.click(await find('Dodaj nową nazwę nadawcy'));
    type(await nameField(), 'nowak');
    await screen.findByText(/Masz już tę nazwę \(autoryzowana\)/);
    press('Pokaż ją');
    await screen.findByRole('heading', { name: 'Historia' });
  });

  test('R19, R20: the mail program opens in the accepting press, and nothing is claimed before "I have sent it"', async () => {
    await open('sender-names');
    await fill('Nowak');
    accept();
    fireEvent.click(await waitForEnabled('Akceptuję i otwieram program pocztowy'));
    await screen.findByText(/Nie wiemy, czy wiadomość wyszła/);
    expect(opened).toHaveLength(1);
    const url = new URL(opened[0] ?? '');
    expect(url.protocol + url.pathname).toBe('mailto:zgody@operator.test');
    expect(decodeURIComponent(url.search)).toContain('Działając w imieniu Nowak sp. z o.o.');
    screen.getAllByText('oświadczenie przyjęte');
    press('Wiadomość wysłana');
    await screen.findByText(/Oświadczenie wysłano/);
  });

  test('R11: the operator’s answer is recorded with its reply, and stands in the history', async () => {
    const id = await added('Nowak');
    await office().call('POST', `/v1/sender-names/${id}/sent`);
    await open('sender-names');
    fireEvent.click(await screen.findByText('Zapisz odpowiedź operatora'));
    fireEvent.click(screen.getByRole('radio', { name: 'nazwa odrzucona' }));
    press('Zapisz odpowiedź');
    await screen.findByText('Bez odpowiedzi operatora nie można zapisać decyzji.');
    type(screen.getByLabelText('Treść odpowiedzi operatora'), 'Sprawa 17/2026');
    type(screen.getByLabelText('Powód'), 'Nazwa zbyt ogólna');
    press('Zapisz odpowiedź');
    await screen.findByText('Powód podany przez operatora: Nazwa zbyt ogólna');
    screen.getByText('Notatka: Sprawa 17/2026');
    // The way back is another statement (R11).
    await screen.findByText(/spróbować ponownie z nowym oświadczeniem/);
    press('Złóż oświadczenie ponownie');
    await fillAgain();
    fireEvent.click(await waitForEnabled('Akceptuję, wyślę później'));
    await screen.findByText(/Nazwa czeka, aż wyślesz oświadczenie/);
  });

  async function fillAgain(): Promise<void> {
    choose(await screen.findByLabelText('Firma, która składa oświadczenie'), 'com_2');
    await waitFor(() => expect(screen.getByLabelText('NIP')).toHaveProperty('value', '8567346215'));
    accept();
  }

  test('R9, R26–R28: a change says what it touches, and then the next one’s moment to the minute', async () => {
    await authorised('Grupa Nowak');
    await open('sender-names');
    await fill('Nowak24', 'Zmień nazwę nadawcy');
    screen.getByText('Zmiana obejmie 3 firmy bez własnej nazwy.');
    screen.getByText(/pod „Grupa Nowak” też nie/);
    accept();
    fireEvent.click(await waitForEnabled('Akceptuję i otwieram program pocztowy'));
    await screen.findByText(/Zmiana na „Nowak24” jest zaakceptowana/);
    expect((await find('Zmień nazwę nadawcy')).disabled).toBe(true);
    fireEvent.click(await find('Wiadomość wysłana'));
    await screen.findByText(
      /Bieżącą nazwę można zmienić raz na 30 dni, najbliżej 3 kwietnia 2026 12:00 CEST/,
    );
    expect(button('Zmień nazwę nadawcy').disabled).toBe(true);
    expect(button('Dodaj nową nazwę nadawcy').disabled).toBe(false);

    await office().forward(30 * day - minute);
    await open('sender-names');
    expect((await find('Zmień nazwę nadawcy')).disabled).toBe(true);
    await office().forward(minute + 1000);
    await open('sender-names');
    expect((await find('Zmień nazwę nadawcy')).disabled).toBe(false);
  });

  test('R8, R24, R25: a company selects an existing name from the list, and returns to the program’s', async () => {
    await authorised('Grupa Nowak');
    await authorised('Nowak Sklep');
    await open('company-sms');
    const slot = await screen.findByRole('region', { name: 'Bieżąca nazwa firmy' });
    within(slot).getByText('z programu');
    fireEvent.click(await find(/Wybierz istniejącą nazwę/));
    fireEvent.click(await screen.findByRole('menuitem', { name: /Nowak Sklep/ }));
    await screen.findByText('Zmiana obejmie firmę: Firma A');
    fireEvent.click(await find('Wybierz tę nazwę'));
    await waitFor(() => within(slot).getByText('indywidualna'));
    within(slot).getByText('Nowak Sklep', { selector: 'strong' });
    expect(within(slot).queryByText(/raz na 30 dni/)).toBeNull();

    press('Wróć do nazwy z programu');
    const dialog = await screen.findByRole('dialog', { name: 'Wrócić do nazwy z programu?' });
    fireEvent.click(within(dialog).getByRole('button', { name: 'Wróć do nazwy z programu' }));
    await waitFor(() => within(slot).getByText('z programu'));
    within(slot).getByText('Grupa Nowak', { selector: 'strong' });
  });

  test('somebody who only sends sees the names and their states, and changes nothing', async () => {
    await authorised('Nowak');
    await open('sender-names', 'token-of-piotr-that-is-long-enough');
    await screen.findByText('Nazwy dodaje i zmienia administrator.');
    await screen.findByText('autoryzowana');
    const acts = () => within(screen.getByRole('main')).queryAllByRole('button');
    expect(acts()).toEqual([]);
    for (const other of ['mail-account', 'blocked-names'] as const) {
      await open(other, 'token-of-piotr-that-is-long-enough');
      await screen.findByText(/administrator\.$/);
      expect(acts()).toEqual([]);
    }
  });

  test('a name is withdrawn only after it is asked, and says so', async () => {
    await authorised('Nowak');
    await open('sender-names');
    fireEvent.click(await find('Szczegóły: Nowak'));
    fireEvent.click(await find('Wycofaj nazwę'));
    const dialog = await screen.findByRole('dialog', { name: 'Wycofać „Nowak”?' });
    within(dialog).getByText(/nie wyślą niczego/);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Wycofaj nazwę' }));
    await waitFor(() => expect(screen.getAllByText('wycofana').length).toBeGreaterThan(0));
  });

  test('a signed scan: five megabytes are taken, fifty refused in words before they leave, text is no scan', async () => {
    await added('Nowak');
    await open('sender-names');
    fireEvent.click(await screen.findByText('Treść oświadczenia, wydruk i skan'));
    const attach = (bytes: number, start: string) => {
      const file = new File([start, new Uint8Array(bytes)], 'skan', { type: 'application/pdf' });
      choose(screen.getByLabelText(/Podpisany skan|Zastąp skan/), [file]);
    };
    attach(50 * 1024 * 1024, '%PDF-1.7');
    await screen.findByText(/Plik ma 50 MB, a przyjmujemy do 10 MB/);
    attach(100, 'tekst');
    await screen.findByText('Skan musi być plikiem PDF, PNG lub JPEG.');
    attach(5 * 1024 * 1024, '%PDF-1.7');
    await screen.findByText(/Skan dołączono .* \(5 MB\)/);
  });
});

import '../../browser.fixture.ts';

import { fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { describe, expect, test } from 'vitest';
import { hrm } from '../../bridge/hrm-api.ts';
import { asked } from '../route.ts';
import { choose, hr, overRealServer, press, sender, type } from '../screen.fixture.tsx';
import { HrmConsents } from './consents.tsx';
import { HrmEmployees } from './employees.tsx';

const server = overRealServer('hrm-register');
const company = 'com_demo_nowak';

const list = async (name: string) => within(await screen.findByRole('list', { name }));
const bring = async (text: string) => {
  const file = new File([text], 'plik.csv', { type: 'text/csv' });
  const field = await screen.findByLabelText('Plik CSV');
  Object.defineProperty(field, 'files', { configurable: true, value: [file] });
  field.dispatchEvent(new Event('change', { bubbles: true }));
  const button = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Importuj' });
  await waitFor(() => expect(button().disabled).toBe(false));
  fireEvent.click(button());
};

describe('the register of employees, for the role hr', () => {
  test('somebody who only sends to customers does not see it', async () => {
    await server.show(HrmEmployees, sender);
    screen.getByText(/widzą osoby z rolą „kadry”/);
  });

  test('an employee is added, with a word on each number, and changed in the place', async () => {
    await server.show(HrmEmployees, hr);
    await screen.findByText(/Nie ma jeszcze żadnego pracownika/);
    press('Dodaj pracownika');
    type(screen.getByLabelText('Numer pracownika'), '001/E/2026');
    type(screen.getByLabelText('Nazwisko i imię'), 'Nowak Anna');
    type(screen.getByLabelText('Telefon służbowy'), '12 630 00 04');
    screen.getByText(/Na ten numer SMS nie dojdzie/);
    type(screen.getByLabelText('Telefon prywatny'), '502 200 001');
    press('Zapisz');
    const employees = await list('Lista pracowników');
    employees.getByText('Nowak Anna');
    employees.getByText('brak zgody na numer prywatny');
    employees.getByText('(nie przyjmie SMS-a)');

    press('Zmień: Nowak Anna');
    const reference = screen.getByLabelText<HTMLInputElement>('Numer pracownika');
    expect(reference.disabled).toBe(true);
    type(screen.getByLabelText('Telefon służbowy'), '601 100 001');
    press('Zapisz');
    await waitFor(() => expect(screen.queryByText('(nie przyjmie SMS-a)')).toBeNull());
    const [stored] = await page();
    expect(stored).toMatchObject({ reference: '001/E/2026', businessPhone: '601 100 001' });
  });

  test('a new employee does not take the place of one who has that number', async () => {
    await server.show(HrmEmployees, hr);
    await list('Lista pracowników');
    press('Dodaj pracownika');
    type(screen.getByLabelText('Numer pracownika'), '001/E/2026');
    type(screen.getByLabelText('Nazwisko i imię'), 'Ktoś Inny');
    press('Zapisz');
    await screen.findByText(/Pracownik o tym numerze już jest/);
    expect((await page())[0]?.name).toBe('Nowak Anna');
  });

  test('a file brings many; a broken one brings nobody and names its lines in words', async () => {
    await server.show(HrmEmployees, hr);
    await list('Lista pracowników');
    await bring(
      'numer;nazwisko i imię;telefon prywatny;język\n002/E;Lis Piotr;502200002;pl\n;Bez numeru;;\n003/E;Kos Ewa;;niemiecki\n002/E;Lis Paweł;;\n',
    );
    await screen.findByText('Wiersz 3: Numer pracownika: brak wartości.');
    screen.getByText('Wiersz 4: Język: nieprawidłowa wartość.');
    screen.getByText('Wiersz 5: Numer pracownika: ten pracownik jest w pliku dwa razy.');
    expect(await page()).toHaveLength(1);

    await bring('numer;nazwisko i imię;telefon prywatny\n002/E;Lis Piotr;502200002\n003/E;Kos Ewa;\n');
    await screen.findByText('Wczytano 2 wiersze, nowe lub zmienione: 2.');
    await waitFor(async () => (await list('Lista pracowników')).getByText('Kos Ewa'));
  });

  test('is searched, and an employee is taken out after a second look', async () => {
    await server.show(HrmEmployees, hr);
    await list('Lista pracowników');
    type(screen.getByLabelText('Numer pracownika lub nazwisko'), 'kos');
    await waitFor(() => expect(screen.queryByText('Nowak Anna')).toBeNull());
    press('Usuń pracownika: Kos Ewa');
    press('Na pewno usunąć');
    await screen.findByText('Nikt nie pasuje.');
    expect(await page()).toHaveLength(2);
  });
});

describe('§7: consents to texts on private numbers', () => {
  test('are recorded with day, purpose and note, and told by whom', async () => {
    asked.value = new URLSearchParams({ employee: '001/E/2026' });
    await server.show(HrmConsents, hr);
    await screen.findByText('Pracownik 001/E/2026 nie ma zapisanej zgody.');
    const form = within(screen.getByRole('region', { name: 'Zapisz zgodę' }));
    expect(form.getByLabelText<HTMLInputElement>('Numer pracownika').value).toBe('001/E/2026');
    choose(form.getByLabelText('Na co'), 'service');
    type(form.getByLabelText('Kiedy pracownik ją dał'), '2099-01-01');
    form.getByText('Data jest w przyszłości.');
    expect(form.getByRole<HTMLButtonElement>('button', { name: 'Zapisz zgodę' }).disabled).toBe(true);
    type(form.getByLabelText('Kiedy pracownik ją dał'), '2026-01-15');
    type(form.getByLabelText('Uwagi'), 'Formularz 7/2026');
    fireEvent.click(form.getByRole('button', { name: 'Zapisz zgodę' }));
    const consents = await list('Zapisane zgody');
    consents.getByText('Nowak Anna');
    consents.getByText('z dnia 2026-01-15');
    consents.getByText('Formularz 7/2026');
    consents.getByText(/Ewa Kadrowa/);
  });

  test('are withdrawn after a second look, and stay in the history', async () => {
    asked.value = new URLSearchParams();
    await server.show(HrmConsents, hr);
    await list('Zapisane zgody');
    press('Wycofaj zgodę: Nowak Anna');
    press('Na pewno wycofać');
    await screen.findByText('Nie zapisano jeszcze żadnej zgody.');
    fireEvent.click(screen.getByRole('switch', { name: 'Także wycofane' }));
    (await list('Zapisane zgody')).getByText(/^wycofano .*Ewa Kadrowa$/);
  });

  test('come from a file, whose broken lines are named', async () => {
    await server.show(HrmConsents, hr);
    await bring(
      'numer;cel;data\n001/E/2026;powiadomienia;15.01.2026\n999;życzenia;2026-01-15\n002/E;życzenia;2099-01-15\n',
    );
    await screen.findByText('Wiersz 3: Numer pracownika: nie ma takiego pracownika na liście.');
    screen.getByText(/^Wiersz 4: Kiedy pracownik ją dał: .*w przyszłości/);
    await bring('numer;cel;data\n001/E/2026;powiadomienia;15.01.2026\n002/E;życzenia;2026-01-15\n');
    await screen.findByText('Wczytano 2 wiersze, nowe lub zmienione: 2.');
    (await list('Zapisane zgody')).getByText('życzenia');
  });
});

async function page() {
  const answer = await hrm.employees.page(company, '', null);
  return answer.ok ? answer.value.items : [];
}

import { fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { describe, expect, test } from 'vitest';
import { choose, overOffice } from './office.fixture.tsx';
import { press, type } from './screen.fixture.tsx';

describe('the mail account, with the CRM module', () => {
  const { open, office, mailAccount } = overOffice({ hasCrm: true });

  test('R3: it is set up, tried by a test mail to oneself, and opens the configuration of SMS', async () => {
    await open('mail-account');
    await screen.findByText(/Dopóki go nie ma, konfiguracja SMS jest wyłączona/);
    type(screen.getByLabelText('Serwer SMTP'), 'https://poczta.nowak.test');
    type(screen.getByLabelText('Adres nadawcy'), 'biuro');
    press('Zapisz');
    await screen.findByText(/bez https:\/\/ i bez portu/);
    screen.getByText('To nie wygląda na adres e-mail.');

    type(screen.getByLabelText('Serwer SMTP'), '127.0.0.1');
    type(screen.getByLabelText('Adres nadawcy'), 'biuro@nowak.test');
    choose(screen.getByLabelText('Zabezpieczenie'), 'none');
    await waitFor(() => expect(screen.getByLabelText('Port')).toHaveProperty('value', '25'));
    type(screen.getByLabelText('Port'), String(office().mailPort));
    type(screen.getByLabelText('Użytkownik'), 'biuro');
    press('Zapisz');
    await screen.findByText('Podaj hasło do tego serwera i użytkownika.');
    type(screen.getByLabelText('Hasło'), 'tajne');
    press('Zapisz');
    await screen.findByText(/jeszcze nie wysłano próbnego/);
    expect(screen.getByLabelText('Hasło')).toHaveProperty('value', '');

    press('Wyślij próbny e-mail do mnie');
    await screen.findByText(/Serwer przyjął wiadomość/);
    await screen.findByText(/Próbny e-mail wyszedł/);
    expect((await office().letters()).map(({ recipients }) => recipients)).toEqual([['anna@org1.test']]);
    await open('sender-names');
    await screen.findByRole('button', { name: 'Dodaj nową nazwę nadawcy' });
    expect(screen.queryByText(/Konfiguracja SMS jest wyłączona/)).toBeNull();
  });

  test('what the server refuses is said in words, with the server’s own', async () => {
    await mailAccount('stare');
    await open('mail-account');
    fireEvent.click(await screen.findByRole('button', { name: 'Wyślij próbny e-mail do mnie' }));
    await screen.findByText(/odrzucił logowanie/);
    screen.getByText(/Bledny login lub haslo/);

    // Nobody listens there.
    type(screen.getByLabelText('Port'), '9');
    type(screen.getByLabelText('Hasło'), 'tajne');
    press('Zapisz');
    await screen.findByText('Zapisano');
    press('Wyślij próbny e-mail do mnie');
    await screen.findByText(/Nie można połączyć się z serwerem poczty/);
  });

  test('R3: its removal says that it closes the configuration', async () => {
    await mailAccount();
    await open('mail-account');
    fireEvent.click(await screen.findByRole('button', { name: 'Usuń konto' }));
    const dialog = await screen.findByRole('dialog', { name: 'Usunąć konto e-mail?' });
    within(dialog).getByText(/konfiguracja SMS zostanie wyłączona/);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Usuń' }));
    await screen.findByText(/Dopóki go nie ma/);
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Usuń konto' })).toBeNull());
  });
});

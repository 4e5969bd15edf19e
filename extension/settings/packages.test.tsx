import '../browser.fixture.ts';

import { fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { describe, expect, test } from 'vitest';
import { companySending } from '../bridge/administration-api.ts';
import { api } from '../bridge/api.ts';
import { Packages } from './packages.tsx';
import { administrator, overRealServer, sender, type } from './screen.fixture.tsx';

const server = overRealServer('packages');

describe('packages', () => {
  test('a sender sees what is left, and no forms', async () => {
    await server.show(Packages, sender);
    await screen.findByRole('heading', { name: 'Stan pakietu' });
    expect(screen.queryByRole('heading', { name: 'Zapisz zakup pakietu' })).toBeNull();
    expect(screen.queryByRole('heading', { name: 'Limity miesięczne firm' })).toBeNull();
  });

  test('a purchase is recorded with its price, invoice and last day', async () => {
    await server.show(Packages, administrator);
    const record = await screen.findByRole<HTMLButtonElement>('button', { name: 'Zapisz zakup' });
    const [parts, price] = [screen.getByLabelText('Liczba części'), screen.getByLabelText(/^Cena netto/)];
    type(parts, '1,5');
    screen.getByText('Podaj liczbę całkowitą większą od zera.');
    type(parts, '2 500');
    type(price, 'tanio');
    screen.getByText(/To nie wygląda na cenę/);
    expect(record.disabled).toBe(true);
    type(price, '1 234,50');
    type(screen.getByLabelText(/^Numer faktury/), 'FV 7/2026');
    type(screen.getByLabelText(/^Ważny do/), '2027-06-30');
    fireEvent.click(record);
    await screen.findByText('FV 7/2026');
    const session = await api.session.get();
    expect(session.ok && session.value.balance).toBe(3500);
    expect((parts as HTMLInputElement).value).toBe('');
  });

  test('R6: a company’s month has a limit of its own; nonsense is refused where it was typed', async () => {
    await server.show(Packages, administrator);
    const field = await screen.findByLabelText<HTMLInputElement>('Nowak Serwis');
    const form = within(field.closest('form') as HTMLElement);
    type(field, 'dużo');
    form.getByText('Podaj liczbę całkowitą albo zostaw puste.');
    type(field, '5');
    fireEvent.click(form.getByRole('button', { name: 'Zapisz' }));
    await form.findByText(/zużyto 0 z 5/);
    await api.batches.send(
      {
        companyId: 'com_demo_serwis',
        text: 'a'.repeat(500),
        recipients: [{ number: '600 300 200' }],
      },
      crypto.randomUUID(),
    );
    // Somebody else changes the company meanwhile: what was typed is kept, and told.
    await companySending.change('com_demo_serwis', { quietHours: { forAll: true } }, null);
    type(field, '4');
    fireEvent.click(form.getByRole('button', { name: 'Zapisz' }));
    await form.findByText(/Ktoś zmienił to w międzyczasie/);
    expect(field.value).toBe('4');
    fireEvent.click(form.getByRole('button', { name: 'Zapisz' }));
    await form.findByText(/zużyto 4 z 4/);
    form.getByText(/Ta firma wykorzystała limit/);
    type(field, '');
    fireEvent.click(form.getByRole('button', { name: 'Zapisz' }));
    await form.findByText('Bez limitu.');
  });

  test('bought packages stand with what remains, their end and price; a low one is told', async () => {
    await server.show(Packages, administrator);
    const table = within(await screen.findByRole('region', { name: 'Kupione pakiety' }));
    expect((await table.findAllByRole('row')).length).toBeGreaterThan(1);
    expect(table.getAllByText('bez terminu').length).toBeGreaterThan(0);
    const low = within(await screen.findByRole('region', { name: 'Ostrzeżenie o niskim stanie' }));
    const field = await low.findByLabelText<HTMLInputElement>('Ostrzegaj, gdy części jest mniej niż');
    expect(field.value).toBe('50');
    type(field, 'dużo');
    low.getByText('Podaj liczbę całkowitą większą od zera.');
    type(field, '90000000');
    fireEvent.click(low.getByRole('button', { name: 'Zapisz' }));
    await low.findByText('Zapisano');
    await screen.findByText('niski stan');
    type(field, '');
    fireEvent.click(low.getByRole('button', { name: 'Zapisz' }));
    await waitFor(() => expect(screen.queryByText('niski stan')).toBeNull());
  });

  test('the operators’ balances stand beside, or that there is no account', async () => {
    await server.show(Packages, administrator);
    const section = await screen.findByRole('region', { name: 'Stan u operatorów' });
    await waitFor(() => within(section).getByText('Nie ma jeszcze żadnego konta operatora.'));
    expect(within(section).getByRole('link').getAttribute('href')).toBe('#operators');
  });
});

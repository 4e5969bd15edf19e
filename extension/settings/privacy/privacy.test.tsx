import { screen, waitFor, within } from '@testing-library/preact';
import { describe, expect, test } from 'vitest';
import { administrator, overRealServer, press, sender, type } from '../screen.fixture.tsx';
import { PrivacyScreen } from './privacy.tsx';

const { show } = overRealServer('privacy');

const card = async (name: string) => within(await screen.findByRole('region', { name }));

describe('consents and personal data', () => {
  test('an administrator records opt-outs as they are pasted, sees what was refused, and lifts one', async () => {
    await show(PrivacyScreen, administrator);
    const list = await card('Rezygnacje z SMS-ów');
    type(list.getByLabelText('Numery'), '600 100 200\n600-100-201; brak numeru');
    type(list.getByLabelText('Skąd to wiadomo'), 'telefon 12.03');
    list.getByRole('button', { name: 'Zapisz na liście' }).click();
    await list.findByText('Zapisano 2 numery.');
    expect(list.getByRole('alert').textContent).toContain('brak numeru');
    // What was refused stays, to be corrected.
    expect((list.getByLabelText('Numery') as HTMLTextAreaElement).value).toBe('brak numeru');
    await list.findByText('600 100 200');
    expect(list.getAllByText(/: telefon 12\.03$/)).toHaveLength(2);
    list.getByRole('button', { name: 'Cofnij rezygnację: 600 100 200' }).click();
    await list.findByRole('button', { name: 'Na pewno cofnąć' });
    list.getByRole('button', { name: 'Na pewno cofnąć' }).click();
    await waitFor(() => expect(list.queryByText('600 100 200')).toBeNull());
    expect(list.getByText('600 100 201')).toBeTruthy();
  });

  test('whoever sends records a consent, and does not see the lists', async () => {
    await show(PrivacyScreen, sender);
    const list = await card('Zgody na marketing');
    type(list.getByLabelText('Numery'), '600100300');
    type(list.getByLabelText('Skąd to wiadomo'), 'formularz');
    list.getByRole('button', { name: 'Zapisz na liście' }).click();
    await list.findByText('Zapisano 1 numer.');
    expect(screen.queryByRole('button', { name: 'Pobierz CSV' })).toBeNull();
    expect(screen.queryByRole('region', { name: 'Dane osoby o numerze' })).toBeNull();
  });

  test('what is kept about a number is shown, and erased when asked twice', async () => {
    await show(PrivacyScreen, administrator);
    const person = await card('Dane osoby o numerze');
    type(person.getByLabelText('Numer'), '600 100 300');
    press('Pokaż, co jest przechowywane');
    await person.findByText(/formularz/);
    expect(person.getByRole('button', { name: 'Pobierz wszystko (JSON)' })).toBeTruthy();
    person.getByRole('button', { name: /^Usuń dane numeru/ }).click();
    (await person.findByRole('button', { name: 'Na pewno usunąć, bez powrotu' })).click();
    await person.findByText(/Usunięto dane/);
    press('Pokaż, co jest przechowywane');
    await waitFor(() => expect(person.getAllByText('nie ma').length).toBeGreaterThanOrEqual(3));
  });

  test('a number that is none is refused in words', async () => {
    await show(PrivacyScreen, administrator);
    const person = await card('Dane osoby o numerze');
    type(person.getByLabelText('Numer'), 'brak');
    press('Pokaż, co jest przechowywane');
    await person.findByRole('alert');
  });
});

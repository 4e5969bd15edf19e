import '../../browser.fixture.ts';

import { fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { describe, expect, test } from 'vitest';
import { companySending } from '../../bridge/administration-api.ts';
import { api } from '../../bridge/api.ts';
import { administrator, choose, overRealServer, sender } from '../screen.fixture.tsx';
import { HrmScreen } from './hrm.tsx';

const server = overRealServer('hrm');
const permission = () =>
  screen.findByRole<HTMLInputElement>('switch', { name: 'Zezwalaj na wysyłkę powiadomień SMS z HRM' });

/** What the server holds for each company. */
async function permissions(): Promise<Record<string, boolean>> {
  const answer = await api.companies.list();
  return Object.fromEntries((answer.ok ? answer.value : []).map((one) => [one.name, one.hrmPermission]));
}

describe('R30: texts to employees are a company’s own decision', () => {
  test('off by default, and only shown to who may not change it', async () => {
    await server.show(HrmScreen, sender);
    expect((await permission()).checked).toBe(false);
    expect((await permission()).disabled).toBe(true);
    screen.getByText('Te ustawienia zmienia tylko administrator.');
  });

  test('R31: its help stands beside it; switched on it holds for that company alone', async () => {
    await server.show(HrmScreen, administrator);
    const help = await screen.findByRole('button', { name: /^Pomoc: Zezwalaj/ });
    expect(help.getAttribute('aria-expanded')).toBe('false');
    fireEvent.click(help);
    expect(help.getAttribute('aria-expanded')).toBe('true');
    expect(document.getElementById(help.getAttribute('aria-controls') ?? '')?.hidden).toBe(false);

    fireEvent.click(await permission());
    await screen.findByText('Włączone: z HRM tej firmy można wysyłać.');
    expect(await permissions()).toEqual({ 'Nowak i Synowie': true, 'Nowak Serwis': false });
    choose(screen.getByLabelText('Firma'), 'com_demo_serwis');
    await screen.findByText('Wyłączone: z HRM tej firmy nikt nie wysyła.');
    choose(screen.getByLabelText('Firma'), 'com_demo_nowak');
    await screen.findByText('Włączone: z HRM tej firmy można wysyłać.');
  });

  test('somebody else’s change is not overwritten: it is said, and what holds is shown', async () => {
    await server.show(HrmScreen, administrator);
    await screen.findByText('Włączone: z HRM tej firmy można wysyłać.');
    await api.companies.change('com_demo_nowak', { hrmPermission: false }, null);
    fireEvent.click(await permission());
    await screen.findByText(/Ktoś zmienił to w międzyczasie/);
    await screen.findByText('Wyłączone: z HRM tej firmy nikt nie wysyła.');
    expect((await permission()).checked).toBe(false);
  });
});

test('§7: quiet hours are kept per company, by its own clock', async () => {
  await server.show(HrmScreen, administrator);
  const from = await screen.findByLabelText<HTMLSelectElement>('Od godziny');
  expect(from.value).toBe('6');
  choose(from, '22');
  // The day cannot end before it begins.
  await waitFor(() => expect(screen.getByLabelText<HTMLSelectElement>('Do godziny').value).toBe('23'));
  choose(screen.getByLabelText('Do godziny'), '24');
  choose(screen.getByLabelText('Strefa czasowa'), 'Europe/Vilnius');
  const hours = within(screen.getByRole('region', { name: 'Godziny wysyłki' }));
  const save = () => fireEvent.click(hours.getByRole('button', { name: 'Zapisz' }));
  save();
  await hours.findByText('Zapisano');
  const saved = await companySending.get('com_demo_nowak');
  expect(saved.ok && saved.value.value).toMatchObject({
    timeZone: 'Europe/Vilnius',
    quietHours: { from: 22, until: 24, forAll: false },
  });
  // The second change is made on the version that the first one left.
  fireEvent.click(screen.getByRole('switch', { name: /^Dla wszystkich SMS-ów/ }));
  save();
  await waitFor(async () => {
    const again = await companySending.get('com_demo_nowak');
    expect(again.ok && again.value.value.quietHours.forAll).toBe(true);
  });
  // And so is one of the permission, which belongs to the same company.
  await waitFor(async () => expect((await permission()).disabled).toBe(false));
  fireEvent.click(await permission());
  await screen.findByText('Włączone: z HRM tej firmy można wysyłać.');
  expect(screen.queryByRole('alert')).toBeNull();
});

import '../browser.fixture.ts';

import { fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SmsApiSimulator, startSmsApiSimulator } from '../../server/operators/smsapi/simulator.ts';
import { operatorAccounts, operatorRoutes } from '../bridge/administration-api.ts';
import { Operators } from './operators.tsx';
import { administrator, choose, overRealServer, press, sender, type } from './screen.fixture.tsx';

const server = overRealServer('operators');
let operator: SmsApiSimulator;
beforeAll(async () => {
  operator = await startSmsApiSimulator({ points: 100 });
});
afterAll(() => operator.close());

const accounts = async () => {
  const answer = await operatorAccounts.list();
  return answer.ok ? answer.value : [];
};

describe('operator accounts', () => {
  test('are for administrators', async () => {
    await server.show(Operators, sender);
    screen.getByText('Konta operatorów widzi i zmienia tylko administrator.');
  });

  test('an account is set up by the form that its operator describes, and tells what is left', async () => {
    await server.show(Operators, administrator);
    await screen.findByText('Nie ma jeszcze żadnego konta operatora.');
    press('Dodaj konto');
    choose(screen.getByLabelText('Operator'), 'smsapi');
    press('Zapisz');
    // What is required is asked for before anything is sent.
    await screen.findByText('To pole jest wymagane.');
    expect(await accounts()).toEqual([]);

    type(screen.getByLabelText('Nazwa konta'), 'Główne');
    const secret = document.querySelector<HTMLInputElement>('input[type=password]');
    if (secret === null) throw new Error('no field for the token');
    type(secret, 'token');
    type(screen.getByLabelText('Adres API'), 'nigdzie');
    press('Zapisz');
    await screen.findByText('Operator nie przyjmie takiej wartości.');
    expect(secret.value, 'what was typed stays').toBe('token');
    type(screen.getByLabelText('Adres API'), operator.url);
    type(screen.getByLabelText('Ostrzegaj, gdy zostanie mniej niż'), '500');
    press('Zapisz');

    const list = await screen.findByRole('list', { name: 'Konta' });
    within(list).getByText('Główne', { exact: false });
    fireEvent.click(within(list).getByRole('button', { name: 'Sprawdź teraz' }));
    await within(list).findByText('100');
    await within(list).findByText('mało');
    expect(document.body.textContent).not.toContain('"token"');
  });

  test('is paused with a reason that others read, and resumed', async () => {
    await server.show(Operators, administrator);
    fireEvent.click(await screen.findByRole('button', { name: 'Wstrzymaj: Główne' }));
    const really = screen.getByRole<HTMLButtonElement>('button', { name: 'Wstrzymaj' });
    expect(really.disabled).toBe(true);
    type(screen.getByLabelText('Powód wstrzymania'), 'Reklamacja faktury');
    fireEvent.click(really);
    await screen.findByText(/Wstrzymał administrator .*: Reklamacja faktury/);
    expect((await accounts())[0]?.pauses[0]?.reason).toBe('Reklamacja faktury');
    press('Wznów: Główne');
    await waitFor(() => expect(screen.queryByText(/Reklamacja faktury/)).toBeNull());
    expect((await accounts())[0]?.pauses).toEqual([]);
  });

  test('a change leaves the stored secret as it is', async () => {
    await server.show(Operators, administrator);
    fireEvent.click(await screen.findByRole('button', { name: 'Zmień: Główne' }));
    await waitFor(() => expect(document.querySelector('input[type=password]')).not.toBeNull());
    const secret = document.querySelector<HTMLInputElement>('input[type=password]');
    expect(secret?.value).toBe('');
    expect(secret?.placeholder).toBe('zapisane; wpisz, aby zmienić');
    type(screen.getByLabelText('Nazwa konta'), 'Zapasowe');
    fireEvent.click(screen.getAllByRole('button', { name: 'Zapisz' })[0] as HTMLElement);
    await screen.findByRole('button', { name: 'Zmień: Zapasowe' });
    expect((await accounts())[0]?.secrets).toEqual(['token']);
  });

  test('routes say which account takes what, in order', async () => {
    await server.show(Operators, administrator);
    const routes = within(await screen.findByRole('region', { name: 'Trasy' }));
    const prefixes = await routes.findByLabelText('Prefiksy numerów');
    type(prefixes, '48');
    routes.getByText(/Prefiks to plus/);
    type(prefixes, '+48, +49');
    fireEvent.click(routes.getByRole('button', { name: 'Dodaj trasę' }));
    const second = within(routes.getByRole('group', { name: 'Trasa 2' }));
    fireEvent.click(second.getByLabelText('Nowak Serwis'));
    fireEvent.click(second.getByRole('button', { name: 'Wyżej: trasa 2' }));
    fireEvent.click(routes.getByRole('button', { name: 'Zapisz' }));
    await routes.findByText('Zapisano');
    const saved = await operatorRoutes.get();
    expect(
      saved.ok && saved.value.value.routes.map(({ prefixes: p, companyIds }) => [p, companyIds]),
    ).toEqual([
      [[], ['com_demo_serwis']],
      [['+48', '+49'], []],
    ]);
  });

  test('reports of messages that nobody knows have their place', async () => {
    await server.show(Operators, administrator);
    const unknown = within(await screen.findByRole('region', { name: 'Raporty o nieznanych wiadomościach' }));
    await unknown.findByText('Nie ma takich raportów.');
  });

  test('is removed after a second press, with its routes', async () => {
    await server.show(Operators, administrator);
    fireEvent.click(await screen.findByRole('button', { name: 'Usuń: Zapasowe' }));
    press('Na pewno usunąć');
    await screen.findByText('Nie ma jeszcze żadnego konta operatora.');
    expect(await accounts()).toEqual([]);
  });
});

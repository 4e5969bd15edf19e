import '../browser.fixture.ts';

import { fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { fetch } from 'undici';
import { describe, expect, test, vi } from 'vitest';
import { ApiKeys } from './api-keys.tsx';
import { administrator, overRealServer, press, sender, type } from './screen.fixture.tsx';

const server = overRealServer('api-keys');
const key = () => within(screen.getByRole('list', { name: 'Czynne klucze' }));
const ask = (secret: string) =>
  fetch(`${server.url()}/v1/batches`, { headers: { Authorization: `Bearer ${secret}` } });

describe('API keys', () => {
  test('are for administrators', async () => {
    await server.show(ApiKeys, sender);
    screen.getByText('Klucze API widzi i tworzy tylko administrator.');
    expect(screen.queryByRole('button')).toBeNull();
  });

  test('a key is made with its scopes, shown once, works at once and no more when revoked', async () => {
    await server.show(ApiKeys, administrator);
    await screen.findByText('Nie ma jeszcze żadnego klucza.');
    const make = screen.getByRole<HTMLButtonElement>('button', { name: 'Utwórz klucz' });
    expect(make.disabled).toBe(true);
    type(screen.getByLabelText('Nazwa klucza'), 'Sklep');
    fireEvent.click(screen.getByLabelText('odczyt wysyłek'));
    expect(make.disabled, 'a key for no company could send for none').toBe(true);
    fireEvent.click(screen.getByLabelText('Nowak Serwis'));
    fireEvent.click(make);

    const made = await screen.findByRole('region', { name: 'Nowy klucz: Sklep' });
    const secret = made.querySelector('code')?.textContent ?? '';
    expect((await ask(secret)).status).toBe(200);

    const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    press('Kopiuj');
    await screen.findByText('Skopiowano');
    expect(writeText).toHaveBeenCalledWith(secret);
    press('Mam go, schowaj');
    expect(document.body.textContent).not.toContain(secret);

    await screen.findByText('Sklep');
    key().getByText('wysyłka SMS');
    key().getByText('odczyt wysyłek');
    key().getByText(/^Nowak Serwis · utworzony/);
    press('Unieważnij: Sklep');
    expect((await ask(secret)).status).toBe(200);
    press('Na pewno usunąć');
    await screen.findByText('Nie ma jeszcze żadnego klucza.');
    await waitFor(async () => expect((await ask(secret)).status).toBe(401));
  });
});

import '../browser.fixture.ts';

import { fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { describe, expect, test, vi } from 'vitest';
import { apiKeys } from '../bridge/administration-api.ts';
import { api } from '../bridge/api.ts';
import { AuditScreen } from './audit.tsx';
import { administrator, choose, overRealServer, sender } from './screen.fixture.tsx';

const server = overRealServer('audit');

describe('the audit log', () => {
  test('a sender does not see it', async () => {
    await server.show(AuditScreen, sender);
    await screen.findByText('Dziennik zmian widzi tylko administrator.');
    expect(screen.queryByRole('list')).toBeNull();
  });

  test('tells who did what in words, and is looked through by area and day', async () => {
    await server.signIn(administrator);
    await apiKeys.create({ name: 'Sklep', scopes: ['send'], companies: ['com_demo_serwis'] });
    await api.batches.send(
      { companyId: 'com_demo_serwis', text: 'Dzień dobry', recipients: [{ number: '600 300 200' }] },
      crypto.randomUUID(),
    );
    await server.show(AuditScreen, administrator);
    const list = await screen.findByRole('list', { name: 'Wpisy' });
    const made = (await within(list).findByText('Utworzono klucz API')).closest('li');
    expect(made?.textContent).toContain('Sklep');
    // Who did it, by name; what the server wrote stands folded beside the words.
    expect(made?.textContent).toMatch(/· \p{Lu}\p{L}+ \p{Lu}\p{L}+/u);
    expect(made?.querySelector('pre')?.textContent).toContain('"act": "api-key.made"');
    expect(within(list).queryByText('Przyjęto wysyłkę')).toBeNull();

    fireEvent.click(screen.getByLabelText('Pokaż też wpisy o każdej wysyłce'));
    await screen.findByText('Przyjęto wysyłkę');
    choose(screen.getByLabelText('Czego dotyczą'), 'people');
    await waitFor(() => expect(screen.queryByText('Przyjęto wysyłkę')).toBeNull());
    screen.getByText('Utworzono klucz API');
    choose(screen.getByLabelText('Czego dotyczą'), 'hrm');
    await screen.findByText('Nie ma takich wpisów.');

    choose(screen.getByLabelText('Czego dotyczą'), 'people');
    await screen.findByText('Utworzono klucz API');
    fireEvent.input(screen.getByLabelText('Do dnia'), { target: { value: '2020-01-01' } });
    await screen.findByText('Nie ma takich wpisów.');
  });

  test('is taken away as a file for a spreadsheet', async () => {
    const made: Blob[] = [];
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: (blob: Blob) => `blob:${made.push(blob)}` }));
    await server.show(AuditScreen, administrator);
    await screen.findAllByText('Zalogowano się');
    fireEvent.click(screen.getByRole('button', { name: 'Pobierz CSV' }));
    await waitFor(() => expect(made).toHaveLength(1));
    const text = await made[0]?.text();
    expect(text).toMatch(/Czas \(UTC\);Co zrobiono;Nazwa;Kto;Kod;Identyfikator;Dane\r\n/);
    expect(text).toMatch(/\r\n\d{4}-\d\d-\d\dT[\d:.]+Z;Zalogowano się;;[^;]+;session\.opened;ses_\w+;/);
  });
});

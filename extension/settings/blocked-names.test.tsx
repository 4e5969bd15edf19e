import { fireEvent, screen, waitFor } from '@testing-library/preact';
import { describe, expect, test } from 'vitest';
import { readList } from './blocked-names-file.ts';
import { choose, overOffice } from './office.fixture.tsx';
import { press, type } from './screen.fixture.tsx';

const file = (text: string | Uint8Array<ArrayBuffer>) => new File([text], 'lista.csv', { type: 'text/csv' });

describe('lists of reserved names', () => {
  const { open } = overOffice();

  async function bring(text: string): Promise<void> {
    choose(await screen.findByLabelText('Plik CSV'), [file(text)]);
    await waitFor(() =>
      expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Importuj' }).disabled).toBe(false),
    );
    press('Importuj');
  }

  test('R10c: a broken list names its lines and imports nothing; a good one refuses its names', async () => {
    await open('blocked-names');
    await screen.findByText(/Nie ma jeszcze żadnej listy/);
    await bring(`nazwa;podmiot\nMBANK;mBank\n;nikt\n${'x'.repeat(70)};za dlugie\n`);
    await screen.findByText('Wiersz 3: brak nazwy.');
    screen.getByText('Wiersz 4: nazwa dłuższa niż 64 znaki.');
    screen.getByText(/Nie ma jeszcze żadnej listy/);

    fireEvent.input(screen.getByLabelText('Data listy'), { target: { value: '2026-03-01' } });
    await bring('nazwa;podmiot\nMBANK;mBank\nINPOST;InPost\n');
    await screen.findByText('Zaimportowano 2 nazwy.');
    await screen.findByText('CSIRT NASK');
    expect(screen.getByRole('list', { name: 'Zaimportowane listy' }).textContent).toContain(
      'z dnia 2026-03-01 · 2 nazwy',
    );

    await open('sender-names');
    fireEvent.click(await screen.findByRole('button', { name: 'Dodaj nową nazwę nadawcy' }));
    type(await screen.findByLabelText('Nazwa nadawcy'), 'mBank');
    await screen.findByText('„MBANK” jest na liście nazw zastrzeżonych.');

    await open('blocked-names');
    fireEvent.click(await screen.findByRole('button', { name: 'Usuń listę: CSIRT NASK' }));
    press('Na pewno usunąć');
    await screen.findByText(/Nie ma jeszcze żadnej listy/);
  });

  test('a file of nine megabytes is refused before it leaves', async () => {
    await open('blocked-names');
    choose(await screen.findByLabelText('Plik CSV'), [file('x'.repeat(9_000_000))]);
    await screen.findByText('Plik jest większy niż 8 MB.');
  });
});

test('a list that a Polish spreadsheet wrote in its old code page is read as that, and told', async () => {
  const old = new Uint8Array([0xaf, 0x61, 0x62, 0x6b, 0x61]);
  expect(await readList(file(old))).toEqual({ csv: 'Żabka', isWindows1250: true });
  expect(await readList(file('Żabka'))).toEqual({ csv: 'Żabka', isWindows1250: false });
});

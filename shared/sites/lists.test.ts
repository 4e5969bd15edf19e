import { describe, expect, test } from 'vitest';
import { describeList, isSameList, settingsOf } from './lists.ts';

describe('a list is known again', () => {
  test.each([
    ['/klienci', '/klienci'],
    ['/klienci/', '/klienci'],
    ['/', '/'],
    ['', '/'],
    ['/klienci/17/faktury', '/klienci/*/faktury'],
    ['/klienci/5c0f6a0e-6e61-4470-8973-6e6164706973', '/klienci/*'],
    ['/k/64f1c0ffee64f1c0ffee64f1', '/k/*'],
    ['/lista;jsessionid=ABC', '/lista'],
    ['/defaced-beef', '/defaced-beef'],
  ])('at %s as %s', (pathname, path) => {
    expect(describeList(pathname, []).path).toBe(path);
  });

  const saved = [
    { ...describeList('/klienci', ['Imię', 'Nazwisko', 'Telefon', 'Miasto']), id: 'clients' },
    { ...describeList('/klienci', ['Imię', 'Nazwisko', 'Telefon', 'Kwota', 'Termin']), id: 'debts' },
    { ...describeList('/karty', []), id: 'cards' },
  ];
  const found = (path: string, headings: string[]) =>
    settingsOf(saved, describeList(path, headings))?.id ?? null;

  test('by where it lives and what its columns are called, whatever their order', () => {
    expect(found('/klienci', ['Telefon', 'imię ', 'Nazwisko', 'Miasto'])).toBe('clients');
    expect(found('/klienci/', ['Imię', 'Nazwisko', 'Telefon', 'Termin', 'Kwota'])).toBe('debts');
    expect(found('/karty', [])).toBe('cards');
  });

  test('also when a column is hidden or added', () => {
    expect(found('/klienci', ['Imię', 'Nazwisko', 'Telefon'])).toBe('clients');
    expect(found('/klienci', ['Imię', 'Nazwisko', 'Telefon', 'Miasto', 'Ulica'])).toBe('clients');
  });

  test('and another list or another place is another', () => {
    expect(found('/klienci', ['Data', 'Telefon', 'Temat'])).toBeNull();
    expect(found('/dostawcy', ['Imię', 'Nazwisko', 'Telefon', 'Miasto'])).toBeNull();
    expect(found('/klienci', [])).toBeNull();
  });

  test('a huge list is described in bounds', () => {
    const place = describeList(
      `/${'a'.repeat(5000)}`,
      Array.from({ length: 500 }, () => 'x'.repeat(500)),
    );
    expect(place.path.length).toBeLessThanOrEqual(300);
    expect(place.headings).toHaveLength(60);
    expect(place.headings[0]).toHaveLength(120);
    expect(isSameList(place, { ...place })).toBe(true);
  });
});

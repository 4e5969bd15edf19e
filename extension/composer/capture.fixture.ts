import { readCell } from '../../shared/phone/index.ts';
import type { Capture, CapturedPerson } from '../bridge/capture.ts';

/** A person as a page captures them: `shown` is the phone cell. */
export function person(name: string, shown: string, fields: Record<string, string> = {}): CapturedPerson {
  const numbers = readCell(shown).map(({ e164, kind, start, end }) => ({
    e164,
    kind,
    shown: shown.slice(start, end),
  }));
  return { row: name, name, shown, numbers, fields };
}

export function captureOf(people: CapturedPerson[], over: Partial<Capture> = {}): Capture {
  return {
    id: 'capture',
    takenAt: Date.UTC(2026, 10, 24),
    page: { url: 'https://crm.example/clients', title: 'Klienci' },
    where: 'list',
    list: 'clients',
    columns: ['Imię', 'Telefon'],
    people,
    collected: null,
    ...over,
  };
}

/** Acceptance 2: three valid, one empty, one landline, one duplicate written otherwise. */
export function sixRows(): CapturedPerson[] {
  return [
    person('Anna', '600 100 200', { Imię: 'Anna' }),
    person('Bez numeru', '', { Imię: 'Bea' }),
    person('Biuro', '22 611 07 74', { Imię: 'Biuro' }),
    person('Czesław', '601 200 300', { Imię: 'Czesław' }),
    person('Anna znowu', '+48 600 100 200', { Imię: 'Anna' }),
    person('Dorota', '512 345 678', { Imię: 'Dorota' }),
  ];
}

import type { Person } from '../../demo/people.ts';
import type { Capture } from '../../extension/bridge/capture.ts';
import type { Composer } from './composer.ts';

/** What a page's reader hands over for these people of the demo, for tests of what comes after the page. */
export const captureOf = (people: readonly Person[]): Capture => ({
  id: `capture-${people.length}`,
  takenAt: Date.now(),
  page: { url: 'http://127.0.0.1/faktury', title: 'Faktury do zapłaty' },
  where: 'list',
  list: 'faktury',
  columns: ['Imię', 'Nazwisko', 'Do zapłaty'],
  people: people.map((person) => ({
    row: String(person.id),
    name: `${person.firstName} ${person.lastName}`,
    shown: person.phone,
    numbers: person.numbers,
    fields: { Imię: person.firstName, Nazwisko: person.lastName, 'Do zapłaty': String(person.left) },
  })),
  collected: { rows: people.length, total: 300 },
});

/** Leaves a capture for a composer that stands in a tab or in its own window, where the background would leave it. */
export const handOver = async (composer: Composer, capture: Capture): Promise<void> => {
  await composer.page.evaluate(
    async (given) => {
      const api = (globalThis as unknown as { browser?: typeof chrome }).browser ?? chrome;
      await api.storage.session.set({ 'incoming-window': { capture: given, tabId: null } });
    },
    capture as unknown as Record<string, unknown>,
  );
};

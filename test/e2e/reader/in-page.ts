import type { Capture } from '../../../extension/bridge/capture.ts';
import { createActs, createPage, type MarkTexts } from '../../../extension/page/index.ts';
import { createUnderlines } from '../../../extension/page/marks/underlines.ts';

export * from '../../../extension/page/index.ts';

const texts: MarkTexts = {
  sms: 'SMS',
  smsTo: (who) => `Wyślij SMS: ${who}`,
  ticked: (count) => `Zaznaczono: ${count}`,
  elsewhere: (count) => `poza widokiem: ${count}`,
  withoutNumber: (count) => `bez numeru: ${count}`,
  ofTotal: (count, total) => `zebrano ${count} z ${total}`,
  fromPages: (people, pages) => `Osoby: ${people}, strony: ${pages}`,
  showPeople: 'Pokaż osoby',
  remove: (who) => `Usuń: ${who}`,
  noNumber: 'bez numeru',
  morePeople: (count) => `i dalsze: ${count}`,
  send: 'Wyślij SMS',
  clear: 'Odznacz wszystkie',
  cleared: (count) => `Odznaczono: ${count}`,
  undo: 'Cofnij',
  collect: 'Zbierz całą listę',
  collecting: (rows, total) => (total === null ? `Zebrano: ${rows}` : `Zbieram: ${rows} z ${total}`),
  stop: 'Zatrzymaj',
  notKept: 'Nie zapamiętano',
  tickRow: (who) => `Zaznacz do wysyłki: ${who}`,
  bar: 'Nadpis – SMS do zaznaczonych',
  reload: 'Odśwież stronę, aby wysyłać z niej SMS-y.',
  pick: {
    phone: 'Kliknij kolumnę z telefonem',
    name: 'Kliknij kolumnę z nazwą',
    cancel: 'Anuluj',
    saved: (column) => `Zapisano: ${column}`,
    failed: 'Nie zapisano',
  },
  state: {
    queued: 'w kolejce',
    sending: 'wysyłanie',
    accepted: 'przyjęta',
    delivered: 'dostarczona',
    undelivered: 'niedostarczona',
    expired: 'wygasła',
    rejected: 'odrzucona',
    cancelled: 'anulowana',
    unknown: 'nieznany',
  },
};

/** Starts the reader with marks; what the composer would get is kept in `opened`. */
export function start(): { page: ReturnType<typeof createPage>; opened: Capture[]; stop(): void } {
  const opened: Capture[] = [];
  const ending = new AbortController();
  const page = createPage({
    document,
    signal: ending.signal,
    loadUnderlines: async () => createUnderlines,
    loadActs: async () => (read) =>
      createActs(read, {
        texts,
        open: async (capture) => {
          opened.push(capture);
        },
      }),
  });
  return { page, opened, stop: () => ending.abort() };
}

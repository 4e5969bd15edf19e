import '../browser.fixture.ts';

import { expect, test } from 'vitest';
import { csvOfMessages } from './csv.ts';

test('messages come with headings, and erased texts are empty', () => {
  const file = csvOfMessages([
    {
      id: 'msg_1',
      batchId: 'bat_1',
      reference: '',
      recipientName: 'Jan',
      number: '+48600100200',
      text: null,
      parts: 2,
      state: 'rejected',
      reason: 'opted-out',
      stateAt: Date.UTC(2026, 10, 24, 9),
    },
  ]);
  expect(file.slice(1).split('\r\n').slice(0, 2)).toEqual([
    'Imię lub nazwa;Numer;Stan;Stan od;Powód;Części;Treść',
    'Jan;+48600100200;odrzucono;2026-11-24T09:00:00.000Z;odbiorca zrezygnował z SMS-ów;2;',
  ]);
});

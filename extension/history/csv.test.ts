import '../browser.fixture.ts';

import { expect, test } from 'vitest';
import type { FoundMessage } from '../../shared/api/messages.ts';
import { csvOf } from '../../shared/csv/csv.ts';
import { foundCells, foundHeadings, messageCells, messageHeadings } from './csv.ts';

const message: FoundMessage = {
  id: 'msg_1',
  batchId: 'bat_1',
  reference: 'klient-7',
  recipientName: 'Jan',
  number: '+48600100200',
  text: null,
  parts: 2,
  state: 'rejected',
  reason: 'opted-out',
  stateAt: Date.UTC(2026, 10, 24, 9),
  companyId: 'com_1',
  origin: 'crm',
  senderName: 'Firma Nowak',
  createdAt: Date.UTC(2026, 10, 24, 8),
};
const lines = (headings: string[], cells: (string | number)[]) =>
  csvOf([headings, cells], ';').slice(1).split('\r\n').slice(0, 2);

test('messages come with headings, and erased texts are empty', () => {
  expect(lines(messageHeadings(), messageCells(message))).toEqual([
    'Imię lub nazwa;Numer;Stan;Stan od;Powód;Części;Treść',
    'Jan;+48600100200;odrzucono;2026-11-24T09:00:00.000Z;odbiorca zrezygnował z SMS-ów;2;',
  ]);
});

test('those of many batches also say when, from whom and which they are', () => {
  const [headings, cells] = lines(foundHeadings(), foundCells(message, new Map([['com_1', 'Nowak']])));
  expect(headings).toMatch(/^Wysłano;Imię.*;Od;Firma;Identyfikator osoby;Identyfikator wiadomości$/);
  expect(cells).toMatch(/^2026-11-24T08:00:00.000Z;Jan;.*;Firma Nowak;Nowak;klient-7;msg_1$/);
});

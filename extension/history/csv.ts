import type { Message } from '../../shared/api/messages.ts';
import { textOfMessageState, textOfReason } from '../locales/code-text.ts';
import { t } from '../locales/texts.ts';

/**
 * Rows as a CSV file that spreadsheets open as it is: UTF-8 with its mark, semicolons (as Polish spreadsheets want),
 * CRLF, RFC 4180 quotes.
 */
export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  return `﻿${rows.map((row) => `${row.map(cellOf).join(';')}\r\n`).join('')}`;
}

/** A text that a spreadsheet would take for a formula gets an apostrophe first (OWASP, CSV injection); a number does not. */
function cellOf(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) && !/^\+?\d+$/.test(value) ? `'${value}` : value;
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Messages with the headings of the user's language. */
export function csvOfMessages(messages: readonly Message[]): string {
  return csvOf([
    [
      t('history.csv.name'),
      t('history.number'),
      t('history.csv.state'),
      t('history.csv.state_at'),
      t('history.csv.reason'),
      t('history.parts'),
      t('history.csv.text'),
    ],
    ...messages.map((message) => [
      message.recipientName,
      message.number,
      textOfMessageState(message.state),
      new Date(message.stateAt).toISOString(),
      textOfReason(message.reason),
      message.parts,
      message.text ?? '',
    ]),
  ]);
}

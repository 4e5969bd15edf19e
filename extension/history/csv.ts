import type { Message } from '../../shared/api/messages.ts';
import { csvOf } from '../../shared/csv/csv.ts';
import { textOfMessageState, textOfReason } from '../locales/code-text.ts';
import { t } from '../locales/texts.ts';

/** Messages with the headings of the user's language. */
export function csvOfMessages(messages: readonly Message[]): string {
  return csvOf(
    [
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
    ],
    ';',
  );
}

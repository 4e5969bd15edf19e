import type { FoundMessage, Message } from '../../shared/api/messages.ts';
import { textOfMessageState, textOfReason } from '../locales/code-text.ts';
import { t } from '../locales/texts.ts';

/** Columns of a file of messages, in the user's language. */
export const messageHeadings = (): string[] => [
  t('history.csv.name'),
  t('history.number'),
  t('history.csv.state'),
  t('history.csv.state_at'),
  t('history.csv.reason'),
  t('history.parts'),
  t('history.csv.text'),
];

export const messageCells = (message: Message): (string | number)[] => [
  message.recipientName,
  message.number,
  textOfMessageState(message.state),
  new Date(message.stateAt).toISOString(),
  textOfReason(message.reason),
  message.parts,
  message.text ?? '',
];

/** The same of messages of many batches: also when, from whom and which one is which. */
export const foundHeadings = (): string[] => [
  t('history.csv.sent_at'),
  ...messageHeadings(),
  t('sender.from'),
  t('sender.company'),
  t('history.csv.reference'),
  t('history.csv.id'),
];

/** @param companies names by id */
export const foundCells = (message: FoundMessage, companies: ReadonlyMap<string, string>) => [
  new Date(message.createdAt).toISOString(),
  ...messageCells(message),
  message.senderName,
  companies.get(message.companyId) ?? '',
  message.reference,
  message.id,
];

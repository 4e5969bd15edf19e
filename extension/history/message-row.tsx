import type { Message } from '../../shared/api/messages.ts';
import { formatNational } from '../../shared/phone/check.ts';
import { textOfMessageState, textOfReason } from '../locales/code-text.ts';
import { formatInstant, t } from '../locales/texts.ts';
import { hashOf } from './route.ts';

/** A message in a list: who, how it fares, and the way to all of it. */
export function MessageRow(props: {
  message: Message;
  /** When; by default since when it is in its state. */
  at?: number;
  /** What it says, where the list does not say it for all. */
  text?: string | null;
  /** What else is worth knowing; by default why it fares so. */
  about?: string;
}) {
  const { message, text = null } = props;
  const { id, recipientName, number, state, reason, stateAt } = message;
  const about = props.about ?? (reason !== '' && reason !== state ? textOfReason(reason) : '');
  return (
    <li class="sent-row">
      <a href={hashOf('message', {}, id)}>{recipientName || t('recipients.nameless')}</a>
      <span class="person-number">{number === '' ? t('history.erased') : formatNational(number)}</span>
      <span class={`state state-${state}`}>{textOfMessageState(state)}</span>
      <span class="quiet sent-when">{formatInstant(props.at ?? stateAt)}</span>
      {text !== null && <span class="sent-text">{text}</span>}
      {about !== '' && <span class="quiet sent-reason">{about}</span>}
    </li>
  );
}

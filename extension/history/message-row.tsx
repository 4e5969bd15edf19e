import type { Message } from '../../shared/api/messages.ts';
import { formatNational } from '../../shared/phone/check.ts';
import { textOfMessageState, textOfReason } from '../locales/code-text.ts';
import { formatInstant, t } from '../locales/texts.ts';
import { hashOf } from './route.ts';

/** A message in a list: who, how it fares, and the way to all of it. */
export function MessageRow({ message, showText = false }: { message: Message; showText?: boolean }) {
  const { id, recipientName, number, state, reason, stateAt, text } = message;
  return (
    <li class="sent-row">
      <a href={hashOf('message', {}, id)}>{recipientName || t('recipients.nameless')}</a>
      <span class="person-number">{number === '' ? t('history.erased') : formatNational(number)}</span>
      <span class={`state state-${state}`}>{textOfMessageState(state)}</span>
      <span class="quiet sent-when">{formatInstant(stateAt)}</span>
      {showText && text !== null && <span class="sent-text">{text}</span>}
      {reason !== '' && reason !== state && <span class="quiet sent-reason">{textOfReason(reason)}</span>}
    </li>
  );
}

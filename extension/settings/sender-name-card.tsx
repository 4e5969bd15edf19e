import type { SenderName, SlotState } from '../../shared/api/sender-names.ts';
import type { Failure } from '../bridge/failure.ts';
import { formatInstant, formatList, t } from '../locales/texts.ts';
import { SenderNameDetails } from './sender-name-detail.tsx';
import { StateTag } from './sender-name-tag.tsx';

/** One name of the organisation: its state in a line, and everything else when it is opened. */
export function NameCard(props: {
  name: SenderName;
  /** Companies that send under it, or the program, in words. */
  used: string[];
  /** The scope that it is looked at from; null: only to be read. */
  slot: SlotState | null;
  isClosed: boolean;
  isOpen: boolean;
  /** Why its statement did not go out when it was accepted. */
  failure: Failure | null;
  toggle: () => void;
  changed: () => void;
}) {
  const { name: record, used, slot, isOpen, toggle, ...rest } = props;
  const { id, name, state, since, reason } = record;
  return (
    <li class="card" id={`name-${id}`}>
      <div class="card-head">
        <h3 class="sender-name">
          {name} <StateTag state={state} />
        </h3>
        {slot !== null && (
          <button
            type="button"
            class="link"
            aria-expanded={isOpen}
            aria-label={isOpen ? t('names.card.less_of', name) : t('names.card.details_of', name)}
            onClick={toggle}
          >
            {isOpen ? t('names.card.less') : t('names.card.details')}
          </button>
        )}
      </div>
      <p class="quiet">
        {t('settings.sender_names.since', formatInstant(since))}
        {used.length > 0 && ` · ${t('settings.sender_names.used_by', formatList(used))}`}
      </p>
      {state === 'submitted' && !isOpen && <p class="help">{t('settings.sender_names.usually')}</p>}
      {reason !== '' && <p class="note note-warn">{t('settings.sender_names.reason', reason)}</p>}
      {slot !== null && isOpen && <SenderNameDetails record={record} slot={slot} {...rest} />}
    </li>
  );
}

import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { SenderName, SlotState } from '../../shared/api/sender-names.ts';
import type { Failure } from '../bridge/failure.ts';
import { formatInstant, plural, t } from '../locales/texts.ts';
import { NameForm } from './sender-name-form.tsx';
import { SlotMoves } from './sender-name-select.tsx';
import { StateTag } from './sender-name-tag.tsx';
import { textOfMoment } from './sender-name-texts.ts';

/** The current name of one scope: what is sent under and from where (R7), and the ways to another one. */
export function SlotCard(props: {
  slot: SlotState;
  names: SenderName[];
  isClosed: boolean;
  changed: () => void;
  /** A name was stored; `failure` says why its statement did not go out. */
  added: (id: string, failure: Failure | null) => void;
  show: (id: string) => void;
}) {
  const { slot, names, isClosed, changed, added, show } = props;
  const id = useId();
  const form = useSignal<'add' | 'change' | null>(null);
  const close = (): void => {
    form.value = null;
  };
  const toggle = (intent: 'add' | 'change') => () => {
    form.value = form.value === intent ? null : intent;
  };
  const isLocked = slot.lockedUntil !== null;
  return (
    <section class="card slot" aria-labelledby={id}>
      <h2 id={id}>{slot.slot === 'program' ? t('names.slot.program') : t('names.slot.company')}</h2>
      <Effective slot={slot} />
      {slot.openChange !== null && (
        <p class="note note-warn">
          {t('names.slot.open_change', slot.openChange.name)}{' '}
          <button type="button" class="link" onClick={() => show(slot.openChange?.id ?? '')}>
            {t('names.card.details')}
          </button>
        </p>
      )}
      <div class="actions">
        <button
          type="button"
          disabled={isClosed}
          aria-expanded={form.value === 'add'}
          class={names.length === 0 ? 'primary' : ''}
          onClick={toggle('add')}
        >
          {t('names.slot.add')}
        </button>
        {slot.current !== null && (
          <button
            type="button"
            disabled={isClosed || isLocked || slot.openChange !== null}
            aria-expanded={form.value === 'change'}
            aria-describedby={isLocked ? `${id}-lock` : undefined}
            onClick={toggle('change')}
          >
            {t('names.slot.change')}
          </button>
        )}
        <SlotMoves slot={slot} names={names} isClosed={isClosed} moved={changed} />
      </div>
      {slot.lockedUntil !== null && (
        <p id={`${id}-lock`} class="help">
          {t('names.slot.locked', textOfMoment(slot.lockedUntil))}
        </p>
      )}
      {form.value !== null && !isClosed && (
        <section class="open-form" aria-labelledby={`${id}-form`}>
          <h3 id={`${id}-form`}>
            {form.value === 'add'
              ? t('names.slot.add')
              : t('names.form.change_title', slot.current?.name ?? '')}
          </h3>
          <NameForm
            key={form.value}
            slot={slot}
            intent={form.value}
            cancel={close}
            show={(name) => {
              close();
              show(name);
            }}
            done={(name, failure) => {
              close();
              added(name, failure);
            }}
          />
        </section>
      )}
    </section>
  );
}

function Effective({ slot }: { slot: SlotState }) {
  const { effective, companies } = slot;
  const isProgram = slot.slot === 'program';
  if (effective === null) return <p class="note note-warn">{t('block.sender_name_missing')}</p>;
  const isOwn = effective.source === 'individual';
  return (
    <>
      <p class="effective">
        <strong class="figure sender-name">{effective.name}</strong> <StateTag state={effective.state} />{' '}
        {!isProgram && <span class="tag">{isOwn ? t('sender.individual') : t('sender.from_program')}</span>}
      </p>
      <p class="quiet">
        {t('settings.sender_names.since', formatInstant(effective.since))}
        {isProgram && ` · ${plural('names.slot.companies', companies)}`}
      </p>
      {!slot.maySend && (
        <p class="note note-warn">
          {t('names.slot.may_not_send')} {!isProgram && isOwn && t('names.slot.use_program')}
        </p>
      )}
    </>
  );
}

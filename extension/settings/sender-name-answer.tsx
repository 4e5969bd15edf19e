import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { SenderNameState } from '../../shared/api/sender-names.ts';
import { api } from '../bridge/api.ts';
import { t } from '../locales/texts.ts';
import { Field, Form } from './form.tsx';
import type { NameDetailStore } from './sender-name-detail.store.ts';

type Answer = 'authorised' | 'rejected' | 'deactivated';

/** What an operator may answer to a name in a state. */
const answers: Partial<Record<SenderNameState, Answer[]>> = {
  submitted: ['authorised', 'rejected'],
  authorised: ['deactivated'],
  deactivated: ['authorised'],
};

const answerTexts = {
  authorised: 'names.answer.authorised',
  rejected: 'names.answer.rejected',
  deactivated: 'names.answer.deactivated',
} as const satisfies Record<Answer, string>;

/** The operator's answer, recorded by an administrator with the reply as the note (R11). */
export function AnswerForm({ store, state }: { store: NameDetailStore; state: SenderNameState }) {
  const possible = answers[state];
  const id = useId();
  const answer = useSignal<Answer | null>(possible?.length === 1 ? (possible[0] ?? null) : null);
  const note = useSignal('');
  const reason = useSignal('');
  const isMissing = useSignal(false);
  if (possible === undefined) return null;
  const asksReason = answer.value === 'rejected' || answer.value === 'deactivated';
  function record(): void {
    isMissing.value = note.value.trim() === '';
    if (isMissing.value || answer.value === null) return;
    const given = { answer: answer.value, note: note.value, reason: asksReason ? reason.value : '' };
    void store.act(() => api.senderNames.recordAnswer(store.id, given));
  }
  return (
    <details class="answer">
      <summary>{t('names.answer.title')}</summary>
      <p class="help">{t('names.answer.help')}</p>
      <Form onSubmit={record}>
        <fieldset class="choices">
          <legend>{t('names.answer.which')}</legend>
          {possible.map((one) => (
            <label key={one} class="check">
              <input
                type="radio"
                name={id}
                checked={answer.value === one}
                onChange={() => {
                  answer.value = one;
                }}
              />
              {t(answerTexts[one])}
            </label>
          ))}
        </fieldset>
        <div class="field wide">
          <label for={`${id}-note`}>{t('names.answer.note')}</label>
          <textarea
            id={`${id}-note`}
            value={note.value}
            maxLength={4000}
            required
            aria-invalid={isMissing.value}
            aria-describedby={`${id}-note-help`}
            onInput={(event) => {
              note.value = event.currentTarget.value;
              isMissing.value = false;
            }}
          />
          <small id={`${id}-note-help`} class={isMissing.value ? 'bad' : 'help'}>
            {isMissing.value ? t('names.answer.note_missing') : t('names.answer.note_help')}
          </small>
        </div>
        {asksReason && (
          <Field
            label={t('names.answer.reason')}
            help={t('names.answer.reason_help')}
            value={reason.value}
            maxLength={500}
            onInput={(value) => {
              reason.value = value;
            }}
          />
        )}
        <div class="actions">
          <button
            type="submit"
            disabled={answer.value === null || store.working.state.value.kind === 'saving'}
          >
            {t('names.answer.record')}
          </button>
        </div>
      </Form>
    </details>
  );
}

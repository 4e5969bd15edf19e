import { signal, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { SenderNameDetail, SlotState } from '../../shared/api/sender-names.ts';
import { api } from '../bridge/api.ts';
import type { Failure } from '../bridge/failure.ts';
import { textOfFailure } from '../locales/code-text.ts';
import { formatInstant, t } from '../locales/texts.ts';
import { createSaving } from './resource.ts';
import type { NameDetailStore } from './sender-name-detail.store.ts';
import { AcceptForm, sendStatement } from './sender-name-form.tsx';
import { MailYourself } from './sender-name-mail.tsx';
import { createStatement } from './sender-name-statement.store.ts';
import { textOfMailFailure } from './sender-name-texts.ts';

interface Props {
  store: NameDetailStore;
  detail: SenderNameDetail;
  slot: SlotState;
  isClosed: boolean;
  failure: Failure | null;
}

/** What the user does next, as the server says: one thing at a time. */
export function NextStep(props: Props) {
  const { detail, isClosed } = props;
  if (detail.next === 'none') return null;
  if (isClosed && detail.next !== 'wait') return null;
  switch (detail.next) {
    case 'accept-statement':
      return <Statement key={`${detail.name} ${detail.state}`} {...props} />;
    case 'submit':
      return <Submit {...props} />;
    case 'send-yourself':
      return <MailYourself {...props} isAgain={false} />;
    case 'sending':
      return (
        <p class="note" role="status">
          {t('names.next.sending')}
        </p>
      );
    case 'check-and-resend':
      return <CheckAndResend {...props} />;
    case 'wait':
      return <Wait {...props} />;
    case 'resend':
      return <Resend {...props} />;
  }
}

/** A key for each press that means a mail; a press that got no answer is repeated with the same one. */
function useSubmission({ store, detail }: Props) {
  const keys = useMemo(() => new Map<string, string>(), []);
  return (isAgain: boolean): void => {
    const turn = `${isAgain} ${detail.submission?.id ?? ''}`;
    const key = keys.get(turn) ?? crypto.randomUUID();
    keys.set(turn, key);
    void store.act(() => api.senderNames.submit(detail.id, isAgain, key));
  };
}

function Submit(props: Props) {
  const { store, detail, failure } = props;
  const submit = useSubmission(props);
  const { submission, mail } = detail;
  const isBusy = store.working.state.value.kind === 'saving';
  const early = failure !== null && submission === null && store.working.state.value.kind === 'idle';
  return (
    <div class="step">
      {submission?.failure != null && (
        <div class="note note-bad" role="alert">
          <p>
            {t('names.next.not_sent')} {textOfMailFailure(submission.failure)}{' '}
            {submission.detail !== '' && <q class="server-words">{submission.detail}</q>}
          </p>
          <a href="#mail-account">{t('names.next.mail_account')}</a>
        </div>
      )}
      {early && (
        <p class="note note-bad" role="alert">
          {textOfFailure(failure)}
        </p>
      )}
      <p>{t('names.next.submit', mail?.to ?? '', mail?.cc ?? '')}</p>
      <div class="actions">
        <button type="button" class="primary" disabled={isBusy} onClick={() => submit(false)}>
          {isBusy
            ? t('names.form.sending')
            : submission === null
              ? t('names.next.send')
              : t('names.next.send_again')}
        </button>
      </div>
    </div>
  );
}

/** The mail may have gone out: only its reader knows (the copy), and only a person may repeat it. */
function CheckAndResend(props: Props) {
  const { store, detail } = props;
  const submit = useSubmission(props);
  const { submission, mail } = detail;
  const isBusy = store.working.state.value.kind === 'saving';
  return (
    <div class="step">
      <div class="note note-warn" role="alert">
        <p>
          {t('names.next.unknown', mail?.cc ?? '')}{' '}
          {submission?.failure != null && textOfMailFailure(submission.failure)}
        </p>
      </div>
      <div class="actions">
        <button
          type="button"
          class="primary"
          disabled={isBusy}
          onClick={() => void store.act(() => api.senderNames.sent(detail.id))}
        >
          {t('names.next.copy_arrived')}
        </button>
        <button type="button" disabled={isBusy} onClick={() => submit(true)}>
          {t('names.next.send_again')}
        </button>
      </div>
    </div>
  );
}

/** R22: when it was sent, what is usual, and no promise. */
function Wait({ store, detail }: Props) {
  const { wait } = detail;
  if (wait === null) return null;
  return (
    <div class="step">
      <p class="note" role="status">
        <span>
          {t('names.next.sent_at', formatInstant(wait.since))}{' '}
          {t('names.next.usually', formatInstant(wait.usuallyUntil))}
        </span>
        <AskOperator store={store} />
      </p>
    </div>
  );
}

function Resend(props: Props) {
  const { store, detail, isClosed } = props;
  const submit = useSubmission(props);
  const isBusy = store.working.state.value.kind === 'saving';
  return (
    <div class="step">
      <p class="note note-warn" role="status">
        <span>
          {t('names.next.sent_at', formatInstant(detail.wait?.since ?? detail.since))}{' '}
          {t('names.next.longer', detail.mail?.to ?? '')}
        </span>
        <AskOperator store={store} />
      </p>
      {!isClosed &&
        (detail.mail?.mailto == null ? (
          <div class="actions">
            <button type="button" disabled={isBusy} onClick={() => submit(true)}>
              {isBusy ? t('names.form.sending') : t('names.next.send_again')}
            </button>
          </div>
        ) : (
          <MailYourself {...props} isAgain />
        ))}
    </div>
  );
}

function AskOperator({ store }: { store: NameDetailStore }) {
  return (
    <button
      type="button"
      class="link"
      disabled={store.working.state.value.kind === 'saving'}
      onClick={() => void store.act(() => api.senderNames.askOperator(store.id))}
    >
      {t('names.next.ask')}
    </button>
  );
}

/** After a no of the operator another try is the user's wish (R11), an edited draft needs its statement. */
function Statement(props: Props) {
  const isDraft = props.detail.state === 'draft';
  const isOpen = useSignal(isDraft);
  if (isOpen.value) return <AcceptAgain {...props} />;
  return (
    <div class="step">
      <p>{t('names.next.accept_again')}</p>
      <div class="actions">
        <button
          type="button"
          onClick={() => {
            isOpen.value = true;
          }}
        >
          {t('names.next.try_again')}
        </button>
      </div>
    </div>
  );
}

/** The statement for a name that has none: an edited draft, or another try. */
function AcceptAgain({ store, detail, slot }: Props) {
  const statement = useMemo(() => createStatement({ slot: slot.slot, name: signal(detail.name) }), []);
  const saving = useMemo(createSaving, []);
  useEffect(() => void statement.draft.load(), [statement]);
  async function accept(then: 'send' | 'wait'): Promise<void> {
    const accepted = await saving.save(() =>
      api.senderNames.accept(detail.id, { ...statement.acceptance(), slot: slot.slot }),
    );
    const state = saving.state.value;
    if (accepted === null) {
      const isOld =
        state.kind === 'failed' &&
        state.failure.kind === 'problem' &&
        state.failure.problem.code === 'statement-changed';
      if (isOld) await statement.readAgain();
      return;
    }
    if (then === 'send') await sendStatement(accepted.value);
    await store.act(() => api.senderNames.get(detail.id));
  }
  return (
    <div class="step">
      {detail.state === 'draft' && <p class="note">{t('names.next.accept')}</p>}
      <AcceptForm check={null} statement={statement} saving={saving} accept={accept} />
    </div>
  );
}

import { useSignal } from '@preact/signals';
import type { SenderNameDetail } from '../../shared/api/sender-names.ts';
import { api } from '../bridge/api.ts';
import { t } from '../locales/texts.ts';
import type { NameDetailStore } from './sender-name-detail.store.ts';
import { openMailProgram } from './sender-name-mailto.ts';

/**
 * Without the CRM module the statement goes out from the user's own mail program (R19, R20). We never learn whether it did: the
 * user says so.
 */
export function MailYourself(props: {
  store: NameDetailStore;
  detail: SenderNameDetail;
  /** It was sent before, and is sent once more. */
  isAgain: boolean;
}) {
  const { store, detail, isAgain } = props;
  const { mail } = detail;
  const copied = useSignal<'subject' | 'body' | 'failed' | null>(null);
  if (mail === null || mail.mailto === null) return null;
  const { url, shortened } = mail.mailto;
  const isBusy = store.working.state.value.kind === 'saving';
  async function copy(what: 'subject' | 'body', text: string): Promise<void> {
    copied.value = await navigator.clipboard.writeText(text).then(
      () => what,
      () => 'failed' as const,
    );
  }
  return (
    <div class="step">
      {!isAgain && <p class="note note-warn">{t('names.mail.waits')}</p>}
      {shortened && <p class="note note-warn">{t('names.mail.shortened')}</p>}
      <div class="actions">
        <button type="button" class={isAgain ? '' : 'primary'} onClick={() => openMailProgram(url)}>
          {t('names.mail.open')}
        </button>
        {!isAgain && (
          <button
            type="button"
            disabled={isBusy}
            onClick={() => void store.act(() => api.senderNames.sent(detail.id))}
          >
            {t('names.mail.sent')}
          </button>
        )}
      </div>
      <details class="mail-text" open={shortened}>
        <summary>{t('names.mail.no_program')}</summary>
        <dl class="facts">
          <div>
            <dt>{t('names.mail.to')}</dt>
            <dd>{mail.to}</dd>
          </div>
          <div>
            <dt>{t('names.mail.subject')}</dt>
            <dd>
              {mail.subject}{' '}
              <button type="button" class="link" onClick={() => void copy('subject', mail.subject)}>
                {t('names.mail.copy_subject')}
              </button>
            </dd>
          </div>
        </dl>
        <textarea class="mail-body" readOnly aria-label={t('names.mail.body')} value={mail.body} />
        <div class="actions">
          <button type="button" onClick={() => void copy('body', mail.body)}>
            {t('names.mail.copy')}
          </button>
          <span role="status" class={copied.value === 'failed' ? 'bad' : 'good'}>
            {copied.value === null
              ? ''
              : copied.value === 'failed'
                ? t('names.mail.copy_failed')
                : t('names.mail.copied')}
          </span>
        </div>
      </details>
    </div>
  );
}

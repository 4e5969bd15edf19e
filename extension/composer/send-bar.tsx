import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { plural, t } from '../locales/texts.ts';
import type { Composer } from './composer.store.ts';

/** Above so many recipients a slip of the hand is dear: the composer asks once more. */
export const confirmAbove = 20;

type Confirming = Signal<boolean>;

/** Ctrl+Enter (⌘+Enter) sends from anywhere in the composer. Returns whether the question is open. */
export function useSendKeys(composer: Composer): Confirming {
  const isConfirming = useSignal(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.repeat) return;
      event.preventDefault();
      if (!isConfirming.value) ask(composer, isConfirming);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [composer, isConfirming]);
  return isConfirming;
}

function ask(composer: Composer, isConfirming: Confirming): void {
  composer.settle();
  if (!composer.canSend.value) return;
  if (composer.toSend.value.length > confirmAbove) isConfirming.value = true;
  else void composer.send();
}

export function SendBar({ composer, confirm }: { composer: Composer; confirm: Confirming }) {
  const count = composer.toSend.value.length;
  const isSending = composer.sending.state.value.kind === 'sending';
  return (
    <>
      <button
        type="button"
        class="primary send"
        disabled={!composer.canSend.value}
        aria-describedby="blocks"
        aria-keyshortcuts="Control+Enter"
        onClick={() => ask(composer, confirm)}
      >
        {isSending ? t('send.sending') : count === 0 ? t('send.send') : plural('send.send_to', count)}
        <span class="keys" aria-hidden="true">
          {t('send.keys')}
        </span>
      </button>
      <Hint composer={composer} />
      {confirm.value && <Confirm composer={composer} confirm={confirm} />}
    </>
  );
}

/** What is still missing, when nothing is wrong. */
function Hint({ composer }: { composer: Composer }) {
  if (composer.blocks.value.length > 0) return null;
  const { session, company, text, toSend } = composer;
  const hint =
    session.state.value.kind === 'loading'
      ? t('loading')
      : company.value === null
        ? t('send.choose_company')
        : toSend.value.length === 0
          ? t('send.no_recipients')
          : text.value.text.trim() === ''
            ? t('send.no_text')
            : composer.body.value === null
              ? t('send.too_many')
              : '';
  return hint === '' ? null : <p class="hint">{hint}</p>;
}

function Confirm({ composer, confirm }: { composer: Composer; confirm: Confirming }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const close = (): void => {
    confirm.value = false;
  };
  return (
    <dialog ref={dialog} aria-labelledby="confirm-title" aria-describedby="confirm-text" onClose={close}>
      <h2 id="confirm-title">{plural('confirm.title', composer.toSend.value.length)}</h2>
      <p id="confirm-text">
        {t('confirm.text', composer.company.value?.effectiveName?.name ?? '')} ·{' '}
        {plural('parts.total', composer.cost.value.parts)}
        {composer.skipped.value.length > 0 && (
          <span class="warn"> · {plural('recipients.skipped', composer.skipped.value.length)}</span>
        )}
      </p>
      <div class="actions">
        <button type="button" onClick={close}>
          {t('confirm.back')}
        </button>
        <button
          type="button"
          class="primary"
          onClick={() => {
            close();
            void composer.send();
          }}
        >
          {t('confirm.send')}
        </button>
      </div>
    </dialog>
  );
}

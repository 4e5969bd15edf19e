import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { t } from '../locales/texts.ts';

/** Asks before something that is felt by others. Escape and "cancel" are a no. */
export function Confirm(props: {
  title: string;
  confirm: string;
  children: ComponentChildren;
  yes: () => void;
  no: () => void;
}) {
  const { title, confirm, children, yes, no } = props;
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby={`${id}-title`} onClose={no}>
      <h2 id={`${id}-title`}>{title}</h2>
      {children}
      <div class="actions">
        <button type="button" onClick={no}>
          {t('cancel')}
        </button>
        <button type="button" class="primary" onClick={yes}>
          {confirm}
        </button>
      </div>
    </dialog>
  );
}

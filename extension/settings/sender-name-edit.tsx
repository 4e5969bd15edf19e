import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { SenderNameDetail } from '../../shared/api/sender-names.ts';
import { api } from '../bridge/api.ts';
import { t } from '../locales/texts.ts';
import { Form } from './form.tsx';
import { createNameCheck } from './sender-name-check.ts';
import type { NameDetailStore } from './sender-name-detail.store.ts';
import { NameField } from './sender-name-field.tsx';

/** Another spelling of a name that is not with the operator yet. It voids the acceptance (R13), and says so before. */
export function EditName({ store, detail }: { store: NameDetailStore; detail: SenderNameDetail }) {
  const isOpen = useSignal(false);
  const { id, state } = detail;
  const check = useMemo(
    () =>
      createNameCheck(
        { slot: detail.statement?.changesSlot ?? 'program', intent: 'add', except: id },
        detail.name,
      ),
    [],
  );
  if (!isOpen.value) {
    return (
      <p>
        <button
          type="button"
          class="link"
          onClick={() => {
            isOpen.value = true;
          }}
        >
          {t('names.edit.edit')}
        </button>
      </p>
    );
  }
  const isSame = check.name.value === detail.name;
  const edit = { name: check.text.value, acceptedWarnings: check.accepted.value };
  return (
    <Form onSubmit={() => void store.act(() => api.senderNames.edit(id, edit))}>
      {state === 'statement-accepted' && <p class="note note-warn">{t('names.edit.voids')}</p>}
      <NameField check={check} />
      <div class="actions">
        <button
          type="submit"
          disabled={isSame || !check.isGood.value || store.working.state.value.kind === 'saving'}
        >
          {t('save')}
        </button>
        <button
          type="button"
          class="link"
          onClick={() => {
            isOpen.value = false;
          }}
        >
          {t('cancel')}
        </button>
      </div>
    </Form>
  );
}

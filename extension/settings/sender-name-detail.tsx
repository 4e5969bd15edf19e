import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { SenderName, SenderNameDetail, SlotState } from '../../shared/api/sender-names.ts';
import { api } from '../bridge/api.ts';
import type { Failure } from '../bridge/failure.ts';
import { textOfFailure } from '../locales/code-text.ts';
import { t } from '../locales/texts.ts';
import { Loaded } from './form.tsx';
import { AnswerForm } from './sender-name-answer.tsx';
import { Confirm } from './sender-name-confirm.tsx';
import { createNameDetail, type NameDetailStore } from './sender-name-detail.store.ts';
import { EditName } from './sender-name-edit.tsx';
import { NextStep } from './sender-name-next.tsx';
import { StatementPapers } from './sender-name-papers.tsx';
import { OperatorWord, Timeline } from './sender-name-timeline.tsx';

/** All of one name: what comes next, its statement, the operator's word and its history. */
export function SenderNameDetails(props: {
  record: SenderName;
  slot: SlotState;
  /** SMS cannot be configured (R3): only what is a fact can be done. */
  isClosed: boolean;
  failure: Failure | null;
  changed: () => void;
}) {
  const { record, slot, isClosed, failure, changed } = props;
  const store = useMemo(() => createNameDetail(record.id, changed), []);
  useEffect(() => {
    void store.resource.load();
    return store.watch();
  }, [store]);
  const trouble = store.working.state.value;
  return (
    <Loaded resource={store.resource}>
      {(detail) => (
        <div class="name-detail">
          <NextStep store={store} detail={detail} slot={slot} isClosed={isClosed} failure={failure} />
          {trouble.kind === 'failed' && !isMailTrouble(trouble.failure) && (
            <p class="note note-bad" role="alert">
              {textOfFailure(trouble.failure)}
            </p>
          )}
          <OperatorWord detail={detail} />
          {detail.statement !== null && (
            <StatementPapers store={store} statement={detail.statement} isClosed={isClosed} />
          )}
          <AnswerForm key={detail.state} store={store} state={detail.state} />
          <Timeline entries={detail.timeline} />
          {!isClosed && <Changes store={store} detail={detail} />}
        </div>
      )}
    </Loaded>
  );
}

/** The mail's own failure stands in the detail, in words of its own. */
const isMailTrouble = (failure: Failure): boolean =>
  failure.kind === 'problem' &&
  (failure.problem.code === 'mail-not-sent' || failure.problem.code === 'mail-outcome-unknown');

/** What else may be done to it: another spelling, or the end. */
function Changes({ store, detail }: { store: NameDetailStore; detail: SenderNameDetail }) {
  const { name, state } = detail;
  const isEditable = state === 'draft' || state === 'statement-accepted';
  return (
    <>
      {isEditable && <EditName key={`${name} ${state}`} store={store} detail={detail} />}
      {state !== 'withdrawn' && <Withdraw store={store} detail={detail} />}
    </>
  );
}

function Withdraw({ store, detail }: { store: NameDetailStore; detail: SenderNameDetail }) {
  const isAsking = useSignal(false);
  const ask = (is: boolean) => () => {
    isAsking.value = is;
  };
  return (
    <p>
      <button type="button" class="link bad" onClick={ask(true)}>
        {t('names.withdraw.withdraw')}
      </button>
      {isAsking.value && (
        <Confirm
          title={t('names.withdraw.title', detail.name)}
          confirm={t('names.withdraw.withdraw')}
          no={ask(false)}
          yes={() => {
            isAsking.value = false;
            void store.act(() => api.senderNames.withdraw(detail.id));
          }}
        >
          <p>{t('names.withdraw.text')}</p>
          {detail.usedBy.length > 0 && <p>{t('names.withdraw.used')}</p>}
        </Confirm>
      )}
    </p>
  );
}

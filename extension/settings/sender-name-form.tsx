import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { SenderNameDetail, SlotState } from '../../shared/api/sender-names.ts';
import { api } from '../bridge/api.ts';
import type { Failure } from '../bridge/failure.ts';
import { textOfFailure } from '../locales/code-text.ts';
import { formatList, t } from '../locales/texts.ts';
import { Form } from './form.tsx';
import { createSaving, type Saving } from './resource.ts';
import { createNameCheck, type NameCheck } from './sender-name-check.ts';
import { NameField } from './sender-name-field.tsx';
import { openMailProgram } from './sender-name-mailto.ts';
import { createStatement, type StatementStore } from './sender-name-statement.store.ts';
import { StatementForm, textOfGap } from './sender-name-statement.tsx';
import { textOfCompanies, textOfMoment } from './sender-name-texts.ts';

/** What comes right after the acceptance: the statement goes out, or it waits, for a signed scan say. */
type Then = 'send' | 'wait';

/** A new name with its owner's statement, or a change of the current one: one form, nothing stored before it is accepted. */
export function NameForm(props: {
  slot: SlotState;
  intent: 'add' | 'change';
  /** The name is stored; `failure` says why its statement did not go out with it. */
  done: (id: string, failure: Failure | null) => void;
  /** Shows a name that exists already. */
  show: (id: string) => void;
  cancel: () => void;
}) {
  const { slot, intent, done, show, cancel } = props;
  const check = useMemo(() => createNameCheck({ slot: slot.slot, intent }), []);
  const statement = useMemo(() => createStatement({ slot: slot.slot, name: check.name }), []);
  const saving = useMemo(createSaving, []);
  useEffect(() => void statement.draft.load(), [statement]);

  async function accept(then: Then): Promise<void> {
    const made = await saving.save(() =>
      api.senderNames.create({
        name: check.text.value,
        slot: slot.slot,
        intent,
        acceptedWarnings: check.accepted.value,
        statement: statement.acceptance(),
      }),
    );
    if (made === null) {
      await afterRefusal(saving.state.value.kind === 'failed' ? saving.state.value.failure : null, statement);
      return;
    }
    done(made.value.id, then === 'send' ? await sendStatement(made.value) : null);
  }

  return (
    <AcceptForm check={check} statement={statement} saving={saving} accept={accept} cancel={cancel}>
      <p class="help">{intent === 'add' ? t('names.form.add_help') : t('names.form.change_help')}</p>
      <NameField check={check} select={show} disabled={saving.state.value.kind === 'saving'} />
      {intent === 'change' && <Effect check={check} slot={slot} />}
    </AcceptForm>
  );
}

/** Sends what was just accepted: our server mails it, or the mail program opens. @returns why it did not go out */
export async function sendStatement(detail: SenderNameDetail): Promise<Failure | null> {
  if (detail.next === 'send-yourself') {
    const url = detail.mail?.mailto?.url;
    if (url !== undefined) openMailProgram(url);
    return null;
  }
  if (detail.next !== 'submit') return null;
  const sent = await api.senderNames.submit(detail.id, false, crypto.randomUUID());
  return sent.ok ? null : sent.failure;
}

async function afterRefusal(failure: Failure | null, statement: StatementStore): Promise<void> {
  if (failure?.kind === 'problem' && failure.problem.code === 'statement-changed')
    await statement.readAgain();
}

/** What the change will do, before it is made (R9, R27, R28). */
function Effect({ check, slot }: { check: NameCheck; slot: SlotState }) {
  const effect = check.effect.value;
  const companies = effect?.companies ?? slot.companies;
  return (
    <div class="note note-warn">
      <ul class="effect">
        {slot.slot === 'program' && <li>{textOfCompanies('names.form.touches', companies)}</li>}
        {slot.maySend && slot.current !== null && <li>{t('names.form.stops', slot.current.name)}</li>}
        <li>{t('names.form.once')}</li>
        {effect?.same === true && <li>{t('names.form.same')}</li>}
        {effect?.lockedUntil != null && <li>{t('names.slot.locked', textOfMoment(effect.lockedUntil))}</li>}
      </ul>
    </div>
  );
}

/** The statement under what the form asks before it, the buttons that accept, and what is still missing before they can. */
export function AcceptForm(props: {
  check: NameCheck | null;
  statement: StatementStore;
  saving: Saving;
  accept: (then: Then) => Promise<void>;
  cancel?: () => void;
  children?: ComponentChildren;
}) {
  const { check, statement, saving, accept, cancel, children } = props;
  const isBusy = useSignal(false);
  const known = statement.known.value;
  const gaps = [
    ...(check === null || check.isGood.value ? [] : [t('names.gap.name')]),
    ...(check?.effect.value?.same === true ? [t('names.gap.another_name')] : []),
    ...statement.gaps.value.map(textOfGap),
  ];
  const isBlocked = known === null || gaps.length > 0 || isBusy.value;
  const isMailed = known?.variant !== 'without-crm';
  async function press(then: Then): Promise<void> {
    if (isBusy.value) return;
    isBusy.value = true;
    await accept(then);
    isBusy.value = false;
  }
  return (
    <Form onSubmit={() => void press('send')}>
      {children}
      <StatementForm statement={statement} />
      {known !== null && (
        <p class="help">
          {isMailed ? t('names.form.mails', known.to, known.email) : t('names.form.mail_program', known.to)}
        </p>
      )}
      <div class="actions">
        <button type="submit" class="primary" disabled={isBlocked}>
          {isBusy.value
            ? t('names.form.sending')
            : isMailed
              ? t('names.form.accept_and_send')
              : t('names.form.accept_and_open')}
        </button>
        <button type="button" disabled={isBlocked} onClick={() => void press('wait')}>
          {t('names.form.accept_only')}
        </button>
        {cancel !== undefined && (
          <button type="button" class="link" onClick={cancel}>
            {t('cancel')}
          </button>
        )}
      </div>
      {known !== null && (
        <p class="help" role="status">
          {gaps.length > 0 && t('names.form.missing', formatList(gaps))}
        </p>
      )}
      <Refused saving={saving} />
    </Form>
  );
}

function Refused({ saving }: { saving: Saving }) {
  const state = saving.state.value;
  if (state.kind !== 'failed') return null;
  return (
    <p class="note note-bad" role="alert">
      {textOfFailure(state.failure)}
    </p>
  );
}

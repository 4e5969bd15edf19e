import { useSignal } from '@preact/signals';
import * as menu from '@zag-js/menu';
import { normalizeProps, useMachine } from '@zag-js/preact';
import { useId, useMemo } from 'preact/hooks';
import type { SenderName, SlotMove, SlotState } from '../../shared/api/sender-names.ts';
import { isSelectable } from '../../shared/sender-name/index.ts';
import { api } from '../bridge/api.ts';
import type { Answer } from '../bridge/failure.ts';
import { textOfFailure } from '../locales/code-text.ts';
import { t } from '../locales/texts.ts';
import { createSaving } from './resource.ts';
import { Confirm } from './sender-name-confirm.tsx';
import { StateTag } from './sender-name-tag.tsx';
import { textOfCompanies } from './sender-name-texts.ts';

/** A move of the slot that is shown before it is made (R9): to a name, or to null, back to the program's. */
interface Asked {
  id: string | null;
  move: SlotMove;
}

/**
 * Chooses another name for the slot, which takes no statement, no e-mail and no lock (R24, R25), or returns the company to the
 * program's name (R8). What it does is told before, by the server.
 */
export function SlotMoves(props: {
  slot: SlotState;
  names: SenderName[];
  isClosed: boolean;
  moved: () => void;
}) {
  const { slot, names, isClosed, moved } = props;
  const asked = useSignal<Asked | null>(null);
  const saving = useMemo(createSaving, []);
  const others = names.filter(({ id, state }) => id !== slot.current?.id && state !== 'withdrawn');
  const isBusy = isClosed || saving.state.value.kind === 'saving';

  async function ask(id: string | null): Promise<void> {
    const told = await saving.save(() => moveOf(slot.slot, id, null));
    saving.touch();
    if (told !== null) asked.value = { id, move: told.value };
  }
  async function move({ id, move: told }: Asked): Promise<void> {
    asked.value = null;
    await saving.save(() => moveOf(slot.slot, id, told.companies));
    moved();
  }

  const state = saving.state.value;
  return (
    <>
      {others.length > 0 && <NamesMenu names={others} disabled={isBusy} choose={(id) => void ask(id)} />}
      {slot.slot !== 'program' && slot.current !== null && (
        <button type="button" disabled={isBusy} onClick={() => void ask(null)}>
          {t('names.slot.clear')}
        </button>
      )}
      {state.kind === 'failed' && (
        <p class="bad" role="alert">
          {textOfFailure(state.failure)}
        </p>
      )}
      {asked.value !== null && (
        <ConfirmMove
          asked={asked.value}
          no={() => {
            asked.value = null;
          }}
          yes={() => asked.value !== null && void move(asked.value)}
        />
      )}
    </>
  );
}

/** @param companies how many the user was told of; null: only ask what it would do */
function moveOf(slot: string, id: string | null, companies: number | null): Promise<Answer<SlotMove>> {
  const dryRun = companies === null;
  if (id === null) return api.slots.clear(slot, dryRun);
  return api.slots.select(slot, { senderNameId: id, dryRun, ...(dryRun ? {} : { companies }) });
}

function ConfirmMove({ asked, yes, no }: { asked: Asked; yes: () => void; no: () => void }) {
  const { to, slot, companies, companyNames, stopsSending } = asked.move;
  return (
    <Confirm
      title={to === null ? t('names.move.clear_title') : t('names.move.title', to.name)}
      confirm={to === null ? t('names.slot.clear') : t('names.move.select')}
      yes={yes}
      no={no}
    >
      {slot === 'program' ? (
        <p>{textOfCompanies('names.move.companies', companies, companyNames)}</p>
      ) : (
        <p>{t('names.move.company', companyNames.join(', '))}</p>
      )}
      {stopsSending && <p class="note note-warn">{t('names.move.stops')}</p>}
      <p class="help">{t('names.move.free')}</p>
    </Confirm>
  );
}

/** The arrow and its list (R24), with each name's state; one that the operator refused cannot be chosen. */
function NamesMenu(props: { names: SenderName[]; disabled: boolean; choose: (id: string) => void }) {
  const { names, disabled, choose } = props;
  const service = useMachine(menu.machine, {
    id: useId(),
    onSelect: ({ value }) => choose(value),
    positioning: { placement: 'bottom-start' },
  });
  const api = menu.connect(service, normalizeProps);
  return (
    <div class="menu">
      <button type="button" {...api.getTriggerProps()} disabled={disabled}>
        {t('names.slot.select')} <span aria-hidden="true">▾</span>
      </button>
      <div {...api.getPositionerProps()}>
        <ul {...api.getContentProps()} class="menu-list">
          {names.map(({ id, name, state }) => (
            <li key={id} {...api.getItemProps({ value: id, disabled: !isSelectable(state) })}>
              <span class="sender-name">{name}</span> <StateTag state={state} />
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

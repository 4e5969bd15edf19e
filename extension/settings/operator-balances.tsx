import { useMemo } from 'preact/hooks';
import type { OperatorAccount } from '../../shared/api/operator-accounts.ts';
import { operatorAccounts } from '../bridge/administration-api.ts';
import { textOfFailure } from '../locales/code-text.ts';
import { formatInstant, formatNumber, t } from '../locales/texts.ts';
import { Loaded, useResource } from './form.tsx';
import { createSaving } from './resource.ts';

/** What the operators say is left with them, beside our own package. */
export function OperatorBalances() {
  const accounts = useResource(operatorAccounts.list);
  return (
    <section class="card" aria-labelledby="operator-balances-title">
      <h2 id="operator-balances-title">{t('settings.packages.at_operators')}</h2>
      <p class="help">
        {t('settings.packages.at_operators_help')} <a href="#operators">{t('settings.operators.title')}</a>
      </p>
      <Loaded resource={accounts}>
        {(list) =>
          list.length === 0 ? (
            <p class="empty">{t('settings.operators.none')}</p>
          ) : (
            <ul class="rows" aria-labelledby="operator-balances-title">
              {list.map((account) => (
                <li key={account.id}>
                  <span>{account.title}</span>
                  <Balance account={account} changed={() => void accounts.load()} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}

const units = {
  messages: () => t('settings.operators.unit.messages'),
  points: () => t('settings.operators.unit.points'),
};

/** What the operator told last, how long ago, and a way to ask it now. */
export function Balance({ account, changed }: { account: OperatorAccount; changed: () => void }) {
  const asking = useMemo(createSaving, []);
  const { balance } = account;
  if (balance === null) return <span class="quiet">{t('settings.operators.tells_no_balance')}</span>;
  const { amount, unit, readAt, trouble, low } = balance;
  async function ask(): Promise<void> {
    await asking.save(() => operatorAccounts.askBalance(account.id));
    changed();
  }
  const state = asking.state.value;
  return (
    <span class="operator-balance">
      {readAt !== null && (
        <>
          <strong>{amount === null ? t('settings.operators.unlimited') : formatNumber(amount)}</strong>{' '}
          {amount !== null && unit !== '' && units[unit]()}{' '}
          {low && <span class="tag tag-warn">{t('settings.operators.low')}</span>}{' '}
          <small class="quiet">{t('settings.operators.read_at', formatInstant(readAt))}</small>{' '}
        </>
      )}
      <button type="button" class="link" disabled={state.kind === 'saving'} onClick={() => void ask()}>
        {t('settings.operators.ask_now')}
      </button>
      {trouble !== '' && <small class="bad">{t('settings.operators.not_told', trouble)}</small>}
      {state.kind === 'failed' && (
        <small class="bad" role="alert">
          {textOfFailure(state.failure)}
        </small>
      )}
    </span>
  );
}

import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { z } from 'zod';
import type { LedgerEntry, LedgerKind } from '../../shared/api/packages.ts';
import { api } from '../bridge/api.ts';
import { knownSession, type SessionStore } from '../bridge/session.store.ts';
import { textOfFailure } from '../locales/code-text.ts';
import { formatInstant, formatNumber, plural, t } from '../locales/texts.ts';
import { BoughtPackages } from './bought-packages.tsx';
import { Loaded, useResource } from './form.tsx';
import { LowPackage } from './low-package.tsx';
import { OperatorBalances } from './operator-balances.tsx';
import { RecordPurchase } from './purchase.tsx';
import { Quotas } from './quotas.tsx';
import { createSaving } from './resource.ts';
import { isAdministrator } from './rights.ts';

/** What is left in the package, how it came to that, and a purchase to record. */
export function Packages({ session }: { session: SessionStore }) {
  const balance = useResource(api.packages.balance);
  const ledger = useResource(() => api.packages.ledger());
  const packages = useResource(api.packages.list);
  const isLow = knownSession(session.state.value)?.balanceLow === true;
  async function reload(): Promise<void> {
    await Promise.all([balance.load(), ledger.load(), packages.load(), session.refresh()]);
  }
  return (
    <>
      <p class="scope-note">{t('settings.scope.program_note')}</p>
      <Loaded resource={balance}>
        {({ parts }) => (
          <section class="card balance" aria-labelledby="balance-title">
            <h2 id="balance-title">{t('settings.packages.balance')}</h2>
            <p class={`figure ${parts > 0 ? '' : 'bad'}`}>
              {plural('parts.left', parts)}{' '}
              {isLow && <span class="tag tag-warn">{t('settings.packages.is_low')}</span>}
            </p>
            <p class="help">{t('settings.packages.what_is_a_part')}</p>
          </section>
        )}
      </Loaded>
      {isAdministrator(session) && (
        <>
          <RecordPurchase saved={reload} />
          <BoughtPackages packages={packages} />
          <LowPackage saved={() => void session.refresh()} />
          <OperatorBalances />
          <Quotas />
        </>
      )}
      <div class="card">
        <h2 id="ledger-title">{t('settings.packages.ledger')}</h2>
        <Loaded resource={ledger}>{(page) => <Ledger first={page} />}</Loaded>
      </div>
    </>
  );
}

type Entry = z.infer<typeof LedgerEntry>;

function Ledger({ first }: { first: { items: Entry[]; next: string | null } }) {
  const more = useSignal<Entry[]>([]);
  const next = useSignal(first.next);
  const reading = useMemo(createSaving, []);
  async function readOn(): Promise<void> {
    const page = await reading.save(() => api.packages.ledger(next.value ?? undefined));
    if (page === null) return;
    more.value = [...more.value, ...page.value.items];
    next.value = page.value.next;
  }
  const entries = [...first.items, ...more.value];
  if (entries.length === 0) return <p class="empty">{t('settings.packages.no_entries')}</p>;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than the window is scrolled by keyboard too */}
      <section class="scroll" tabIndex={0} aria-labelledby="ledger-title">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('settings.packages.when')}</th>
              <th scope="col">{t('settings.packages.what')}</th>
              <th scope="col" class="number">
                {t('settings.packages.change')}
              </th>
              <th scope="col" class="number">
                {t('settings.packages.after')}
              </th>
              <th scope="col">{t('settings.packages.note')}</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <tr key={entry.id}>
                <td>{formatInstant(entry.at)}</td>
                <td>{textOfKind(entry.kind)}</td>
                <td class="number">
                  {entry.parts > 0 ? '+' : ''}
                  {formatNumber(entry.parts)}
                </td>
                <td class="number">{formatNumber(entry.balance)}</td>
                <td>{textOfNote(entry)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {next.value !== null && (
        <button type="button" class="link more" onClick={() => void readOn()}>
          {t('settings.packages.older')}
        </button>
      )}
      {reading.state.value.kind === 'failed' && (
        <p class="bad" role="alert">
          {textOfFailure(reading.state.value.failure)}
        </p>
      )}
    </>
  );
}

/** What the server itself writes there; the rest is in people's words. */
function textOfNote({ kind, note }: Entry): string {
  const [, invoice] = kind === 'correct' ? (/^lapsed(?:: (.*))?$/.exec(note) ?? []) : [];
  if (kind !== 'correct' || !note.startsWith('lapsed')) return note;
  return invoice === undefined ? t('ledger.lapsed') : t('ledger.lapsed_of', invoice);
}

const textOfKind = (kind: z.infer<typeof LedgerKind>): string => t(`ledger.${kind}`);

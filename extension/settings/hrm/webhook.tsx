import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { HrmWebhook, HrmWebhookDelivery } from '../../../shared/api/hrm-results.ts';
import type { Answer } from '../../bridge/failure.ts';
import { hrm } from '../../bridge/hrm-api.ts';
import type { SessionStore } from '../../bridge/session.store.ts';
import { Paged } from '../../history/paged.tsx';
import { createPages } from '../../history/pages.store.ts';
import { textOfFailure } from '../../locales/code-text.ts';
import { formatInstant, plural, t } from '../../locales/texts.ts';
import { RemoveButton } from '../../look/remove-button.tsx';
import { Loaded, useResource } from '../form.tsx';
import { createSaving, type Resource } from '../resource.ts';
import { isAdministrator } from '../rights.ts';
import { ForHrm } from './access.tsx';
import { SetWebhook } from './webhook-address.tsx';

/** Where the HRM application is told what became of its notifications. */
export function HrmWebhookScreen({ session }: { session: SessionStore }) {
  if (!isAdministrator(session)) {
    return <p class="note note-warn">{t('settings.hrm.administrators_only')}</p>;
  }
  return <ForHrm session={session}>{({ id }) => <Webhook id={id} />}</ForHrm>;
}

/** A company without a webhook is nothing that went wrong. */
async function known(id: string): Promise<Answer<HrmWebhook | null>> {
  const answer = await hrm.webhook.get(id);
  const isNone =
    !answer.ok && answer.failure.kind === 'problem' && answer.failure.problem.code === 'not-found';
  return isNone ? { ok: true, value: null } : answer;
}

function Webhook({ id }: { id: string }) {
  const webhook = useResource(() => known(id));
  const pages = useMemo(
    () => createPages<HrmWebhookDelivery>((cursor) => hrm.webhook.deliveries(id, cursor)),
    [id],
  );
  const again = async (): Promise<void> => {
    await Promise.all([webhook.load(), pages.load()]);
  };
  return (
    <>
      <p class="help">{t('hrm.webhook.help')}</p>
      <Loaded resource={webhook}>
        {(now) => (
          <>
            <SetWebhook id={id} webhook={now} done={() => void again()} />
            {now !== null && <State id={id} now={now} webhook={webhook} again={again} />}
            {now !== null && <Deliveries pages={pages} />}
          </>
        )}
      </Loaded>
    </>
  );
}

/** How it fares, a test, and its end. */
function State(props: {
  id: string;
  now: HrmWebhook;
  webhook: Resource<HrmWebhook | null>;
  again: () => Promise<void>;
}) {
  const { id, now, again } = props;
  const testing = useMemo(createSaving, []);
  const removing = useMemo(createSaving, []);
  const tested = useSignal<HrmWebhookDelivery | null>(null);
  const failure = [testing, removing]
    .map(({ state }) => state.value)
    .find((state) => state.kind === 'failed');
  async function test(): Promise<void> {
    tested.value = null;
    const sent = await testing.save(() => hrm.webhook.test(id));
    if (sent !== null) tested.value = sent.value;
    await again();
  }
  async function remove(): Promise<void> {
    if ((await removing.save(() => hrm.webhook.remove(id))) !== null) await again();
  }
  return (
    <section class="card" aria-labelledby="webhook-state-title">
      <div class="card-head">
        <h2 id="webhook-state-title">{t('hrm.webhook.state')}</h2>
        <RemoveButton label={t('hrm.webhook.remove')} remove={() => void remove()} />
      </div>
      <p>{stateOf(now)}</p>
      {now.lastError !== '' && now.failingSince !== null && (
        <p class="quiet">{t('hrm.webhook.last_error', now.lastError)}</p>
      )}
      {now.waiting > 0 && <p class="quiet">{plural('hrm.webhook.waiting', now.waiting)}</p>}
      <div class="actions">
        <button type="button" disabled={testing.state.value.kind === 'saving'} onClick={() => void test()}>
          {t('hrm.webhook.test')}
        </button>
        <span role="status">{tested.value !== null && <Tested delivery={tested.value} />}</span>
      </div>
      {failure?.kind === 'failed' && (
        <p class="bad" role="alert">
          {textOfFailure(failure.failure)}
        </p>
      )}
    </section>
  );
}

function stateOf({ disabled, failingSince, deliveredAt }: HrmWebhook) {
  if (disabled) return <span class="bad">{t('hrm.webhook.disabled')}</span>;
  if (failingSince !== null) {
    return <span class="warn">{t('hrm.webhook.failing', formatInstant(failingSince))}</span>;
  }
  return deliveredAt === null
    ? t('hrm.webhook.never')
    : t('hrm.webhook.delivered', formatInstant(deliveredAt));
}

function Tested({ delivery }: { delivery: HrmWebhookDelivery }) {
  if (delivery.state === 'delivered') return <span class="good">{t('hrm.webhook.test_taken')}</span>;
  return <span class="bad">{t('hrm.webhook.test_failed', whyOf(delivery))}</span>;
}

/** In our words, with the machine's own where there was no answer to speak of. */
function whyOf({ status, error }: HrmWebhookDelivery): string {
  if (status !== null) return `HTTP ${status}`;
  if (error === 'not_https') return t('hrm.webhook.not_https');
  if (error === 'private_address') return t('hrm.webhook.private_address');
  return error === '' ? t('hrm.webhook.no_answer') : `${t('hrm.webhook.no_answer')} (${error})`;
}

function Deliveries({ pages }: { pages: ReturnType<typeof createPages<HrmWebhookDelivery>> }) {
  useEffect(() => void pages.load(), [pages]);
  return (
    <section class="card" aria-labelledby="deliveries-title">
      <h2 id="deliveries-title">{t('hrm.webhook.deliveries')}</h2>
      <Paged pages={pages} empty={t('hrm.webhook.no_deliveries')}>
        {(list) => (
          <ul class="rows" aria-labelledby="deliveries-title">
            {list.map((one) => (
              <li key={one.id}>
                <span class="person-about">
                  <strong>
                    {one.type === 'hrm.test'
                      ? t('hrm.webhook.a_test')
                      : plural('hrm.webhook.results', one.results)}
                  </strong>
                  <small class="quiet numbers">
                    <span>{formatInstant(one.createdAt)}</span>
                    {one.tries > 0 && <span>{plural('hrm.webhook.tries', one.tries)}</span>}
                    {one.state !== 'delivered' && (one.error !== '' || one.tries > 0) && (
                      <span>{whyOf(one)}</span>
                    )}
                    {one.state === 'waiting' && (
                      <span>{t('hrm.webhook.next_try', formatInstant(one.at))}</span>
                    )}
                  </small>
                </span>
                <span class={`tag ${one.state === 'delivered' ? 'tag-good' : 'tag-warn'}`}>
                  {t(deliveryTexts[one.state])}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Paged>
    </section>
  );
}

const deliveryTexts = {
  waiting: 'hrm.webhook.is_waiting',
  delivered: 'hrm.webhook.is_delivered',
  failed: 'hrm.webhook.is_failed',
} as const;

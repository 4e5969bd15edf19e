import type { HrmWebhookDelivery } from '../../../shared/api/hrm-results.ts';
import { ProblemException } from '../../../shared/api/problems.ts';
import { auditRecord } from '../../audit/record.ts';
import type { Row, Statement } from '../../database/database.ts';
import { retryAfterOf } from '../../operators/exchange.ts';
import { TransportError } from '../../operators/transport.ts';
import type { Platform } from '../../platform/platform.ts';
import { openingSecrets } from '../../secrets/opening.ts';
import { open } from '../../secrets/seal.ts';
import { webhookDelay, webhookPatience } from '../rules.ts';
import { checkedAddress } from './address.ts';
import { signedHeaders } from './signature.ts';
import { deliveryOf, sealedFor } from './store.ts';

type Parts = Pick<Platform, 'database' | 'clock' | 'newId' | 'log' | 'settings' | 'outward'>;

/** Milliseconds that an application has to answer. */
const answerTime = 15_000;
/** Milliseconds after which a try whose server is gone is made again. */
const lease = 60_000;
/** Companies whose webhooks are tried side by side. */
const sideBySide = 20;

/** How one try ended. `gone`: the application wants no more (410). */
interface Tried {
  taken: boolean;
  gone: boolean;
  status: number | null;
  error: string;
  /** Milliseconds to wait, as the application says. */
  retryAfter: number | null;
}

/**
 * Tries what is due: of each company one at a time, the oldest first, so that an application which does not answer holds up
 * itself alone.
 *
 * @returns how many were tried
 */
export async function deliverWebhooks(parts: Parts): Promise<number> {
  let tried = 0;
  for (;;) {
    const now = parts.clock.now();
    const [claimed] = await parts.database.batch([
      { sql: claimSql, args: [now + lease, now, sideBySide, now] },
    ]);
    const rows = claimed?.rows ?? [];
    if (rows.length === 0) return tried;
    await Promise.all(rows.map((row) => deliver(parts, row)));
    tried += rows.length;
  }
}

async function deliver(parts: Parts, row: Row): Promise<void> {
  const companyId = String(row.company_id);
  const [webhook] = await parts.database.query({
    sql: `SELECT w.*, c.organisation_id FROM hrm_webhooks w JOIN companies c ON c.id = w.company_id
      WHERE w.company_id = ?`,
    args: [companyId],
  });
  if (webhook === undefined) return;
  const tried = await attempt(parts, webhook, String(row.id), String(row.payload));
  const now = parts.clock.now();
  await parts.database.batch(tried.taken ? taken(row, tried, now) : failed(parts, row, webhook, tried, now));
}

/** A test: now and once, and it tells in the answer what became of it. */
export async function sendTest(parts: Parts, companyId: string): Promise<HrmWebhookDelivery> {
  const { database, clock } = parts;
  const [webhook] = await database.query({
    sql: 'SELECT * FROM hrm_webhooks WHERE company_id = ?',
    args: [companyId],
  });
  if (webhook === undefined) throw new ProblemException('not-found');
  const id = parts.newId('whd');
  const began = clock.now();
  const body = JSON.stringify({
    type: 'hrm.test',
    timestamp: new Date(began).toISOString(),
    data: { companyId },
  });
  const tried = await attempt(parts, webhook, id, body);
  const now = clock.now();
  const state = tried.taken ? 'delivered' : 'failed';
  const [stored] = await database.batch([
    {
      sql: `INSERT INTO hrm_webhook_deliveries
          (id, company_id, type, payload, created_at, state, due_at, tries, status, error)
        VALUES (?, ?, 'hrm.test', '', ?, ?, ?, 1, ?, ?) RETURNING *`,
      args: [id, companyId, began, state, now, tried.status, tried.error],
    },
    ...(tried.taken ? recovered(companyId, now) : [lastError(companyId, tried.error)]),
  ]);
  return deliveryOf(stored?.rows[0] ?? {});
}

async function attempt(
  { clock, settings, outward }: Parts,
  webhook: Row,
  id: string,
  body: string,
): Promise<Tried> {
  const companyId = String(webhook.company_id);
  const none = { taken: false, gone: false, status: null, retryAfter: null };
  try {
    // Once more: the server's owner may have changed what is permitted.
    const url = checkedAddress(String(webhook.url), outward.privateAddresses);
    const secret = await open(openingSecrets(settings), sealedFor(companyId), String(webhook.secret_sealed));
    const answer = await outward.transport({
      method: 'POST',
      url,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Nadpis-Webhooks/1',
        ...(await signedHeaders(secret, id, body, clock.now())),
      },
      body,
      signal: AbortSignal.timeout(answerTime),
    });
    const { status } = answer;
    const success = status >= 200 && status < 300;
    return {
      taken: success,
      gone: status === 410,
      status,
      // A redirection is not followed: it could lead anywhere.
      error: success ? '' : `HTTP ${status}`,
      retryAfter: retryAfterOf(answer.header('retry-after'), clock.now()),
    };
  } catch (error) {
    if (error instanceof TransportError) {
      const words = error.failure === 'ended' ? `no answer within ${answerTime / 1000} s` : error.message;
      return { ...none, error: words.slice(0, 300) };
    }
    if (error instanceof ProblemException) return { ...none, error: error.errors[0]?.code ?? error.code };
    return { ...none, error: error instanceof Error ? error.name : 'failed' };
  }
}

const taken = (row: Row, { status }: Tried, now: number): Statement[] => [
  {
    sql: `UPDATE hrm_webhook_deliveries SET state = 'delivered', payload = '', due_at = ?, status = ?, error = ''
      WHERE id = ? AND state = 'waiting'`,
    args: [now, status, String(row.id)],
  },
  ...recovered(String(row.company_id), now),
];

/** It answers: what waits for it is tried at once. */
const recovered = (companyId: string, now: number): Statement[] => [
  {
    sql: `UPDATE hrm_webhook_deliveries SET due_at = ? WHERE company_id = ? AND state = 'waiting' AND due_at > ?
      AND EXISTS (SELECT 1 FROM hrm_webhooks w WHERE w.company_id = ? AND w.failing_since IS NOT NULL)`,
    args: [now, companyId, now, companyId],
  },
  {
    sql: `UPDATE hrm_webhooks SET delivered_at = ?, failing_since = NULL, last_error = '' WHERE company_id = ?`,
    args: [now, companyId],
  },
];

const lastError = (companyId: string, error: string): Statement => ({
  sql: 'UPDATE hrm_webhooks SET last_error = ? WHERE company_id = ?',
  args: [error, companyId],
});

function failed(
  { log }: Parts,
  row: Row,
  webhook: Row,
  { status, error, retryAfter, gone }: Tried,
  now: number,
): Statement[] {
  const companyId = String(row.company_id);
  const next = now + Math.max(webhookDelay(Number(row.tries)), retryAfter ?? 0);
  const since = webhook.failing_since === null ? now : Number(webhook.failing_since);
  const ends = gone || now - since >= webhookPatience;
  if (ends) log.warn('a webhook was switched off', { company: companyId, error });
  return [
    {
      sql: `UPDATE hrm_webhook_deliveries SET due_at = ?, status = ?, error = ? WHERE id = ? AND state = 'waiting'`,
      args: [next, status, error, String(row.id)],
    },
    {
      // The others of the company would fare no better now.
      sql: `UPDATE hrm_webhook_deliveries SET due_at = max(due_at, ?) WHERE company_id = ? AND state = 'waiting'`,
      args: [next, companyId],
    },
    {
      sql: `UPDATE hrm_webhooks SET failing_since = ?, last_error = ?, disabled_at = iif(?, ?, disabled_at)
        WHERE company_id = ? AND set_at = ?`,
      args: [since, error, ends ? 1 : 0, now, companyId, Number(webhook.set_at)],
    },
    ...(ends
      ? [
          auditRecord(
            { id: 'server', organisationId: String(webhook.organisation_id) },
            'hrm.webhook-switched-off',
            companyId,
            { error, since },
            now,
          ),
        ]
      : []),
  ];
}

const claimSql = `
UPDATE hrm_webhook_deliveries SET due_at = ?, tries = tries + 1
WHERE id IN (
  SELECT min(d.id) FROM hrm_webhook_deliveries d
  JOIN hrm_webhooks w ON w.company_id = d.company_id AND w.disabled_at IS NULL
  WHERE d.state = 'waiting' AND d.due_at <= ? GROUP BY d.company_id LIMIT ?
) AND state = 'waiting' AND due_at <= ?
RETURNING *`;

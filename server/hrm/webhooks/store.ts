import type { HrmWebhook, HrmWebhookDelivery } from '../../../shared/api/hrm-results.ts';
import type { Actor } from '../../access/actor.ts';
import { auditRecord } from '../../audit/record.ts';
import type { Database, Row, Statement } from '../../database/database.ts';

/** What a secret is sealed for. */
export const sealedFor = (companyId: string): string => `hrm-webhook:${companyId}`;

export async function webhookOf(database: Database, companyId: string): Promise<HrmWebhook | undefined> {
  const [row] = await database.query({
    sql: `SELECT w.*, (SELECT coalesce(sum(d.results), 0) FROM hrm_webhook_deliveries d
        WHERE d.company_id = w.company_id AND d.state = 'waiting') AS waiting
      FROM hrm_webhooks w WHERE w.company_id = ?`,
    args: [companyId],
  });
  if (row === undefined) return undefined;
  return {
    url: String(row.url),
    deliveredAt: row.delivered_at === null ? null : Number(row.delivered_at),
    failingSince: row.failing_since === null ? null : Number(row.failing_since),
    lastError: String(row.last_error),
    waiting: Number(row.waiting),
    disabled: row.disabled_at !== null,
  };
}

/**
 * Sets where results go. The first time it is told what ends from then on; anew, it goes on where the one before has
 * stopped, and what waits is tried at once.
 */
export const webhookSet = (
  actor: Actor,
  companyId: string,
  { url, secretSealed }: { url: string; secretSealed: string },
  now: number,
): Statement[] => [
  auditRecord(actor, 'hrm.webhook-set', companyId, { url }, now),
  {
    sql: `INSERT INTO hrm_webhooks (company_id, url, secret_sealed, set_at, after_notification)
      SELECT ?, ?, ?, ?, coalesce((SELECT max(id) FROM hrm_notifications WHERE company_id = ?), 0) WHERE true
      ON CONFLICT (company_id) DO UPDATE SET url = excluded.url, secret_sealed = excluded.secret_sealed,
        set_at = excluded.set_at, failing_since = NULL, last_error = '', disabled_at = NULL`,
    args: [companyId, url, secretSealed, now, companyId],
  },
  {
    sql: `UPDATE hrm_webhook_deliveries SET due_at = ?, tries = 0 WHERE company_id = ? AND state = 'waiting'`,
    args: [now, companyId],
  },
];

/** The second result tells whether there was one. */
export const webhookRemoved = (actor: Actor, companyId: string, now: number): Statement[] => [
  auditRecord(actor, 'hrm.webhook-removed', companyId, {}, now, {
    sql: 'EXISTS (SELECT 1 FROM hrm_webhooks WHERE company_id = ?)',
    args: [companyId],
  }),
  { sql: 'DELETE FROM hrm_webhooks WHERE company_id = ?', args: [companyId] },
  {
    sql: `UPDATE hrm_webhook_deliveries SET state = 'failed', payload = '', error = 'removed', due_at = ?
      WHERE company_id = ? AND state = 'waiting'`,
    args: [now, companyId],
  },
];

/** Newest first, from one before on. */
export async function deliveriesBefore(
  database: Database,
  companyId: string,
  before: string | null,
  limit: number,
): Promise<HrmWebhookDelivery[]> {
  const rows = await database.query({
    sql: `SELECT * FROM hrm_webhook_deliveries WHERE company_id = ? AND (? IS NULL OR id < ?)
      ORDER BY id DESC LIMIT ?`,
    args: [companyId, before, before, limit],
  });
  return rows.map(deliveryOf);
}

export const deliveryOf = (row: Row): HrmWebhookDelivery => ({
  id: String(row.id),
  type: row.type === 'hrm.test' ? 'hrm.test' : 'hrm.notifications.settled',
  createdAt: Number(row.created_at),
  state: row.state as HrmWebhookDelivery['state'],
  tries: Number(row.tries),
  at: Number(row.due_at),
  status: row.status === null ? null : Number(row.status),
  error: String(row.error),
  results: Number(row.results),
});

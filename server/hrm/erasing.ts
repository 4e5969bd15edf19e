import type { Database, Statement } from '../database/database.ts';

/** Rows erased in one transaction; the rest follows in more. */
const atOnce = 5000;
const day = 24 * 60 * 60_000;
/** A call that was cut off is not repeated after so long: what was stored of it goes. */
const repeatable = day;

/**
 * Erases what the organisations' retention says (domain §7): names, numbers and values of notifications, what was told of
 * them to webhooks, and who was skipped. What was told of which event, when, and whether it came stays for the reports;
 * texts are erased with their messages.
 */
export async function eraseHrm(database: Database, now: number): Promise<void> {
  const companies = await database.query({
    sql: `SELECT c.id, o.retention_days AS days FROM companies c JOIN organisations o ON o.id = c.organisation_id
      WHERE EXISTS (SELECT 1 FROM hrm_calls h WHERE h.company_id = c.id)
        OR EXISTS (SELECT 1 FROM hrm_webhook_deliveries d WHERE d.company_id = c.id)`,
  });
  for (const company of companies) {
    const before = now - Number(company.days) * day;
    const companyId = String(company.id);
    while (await eraseSome(database, notificationsBefore(companyId, before, now)));
    await database.batch(othersBefore(companyId, before, now));
  }
  while (await eraseSome(database, begunBefore(now - repeatable)));
  await database.batch([endlessCalls(now - repeatable)]);
}

/** @returns whether there may be more */
async function eraseSome(database: Database, statement: Statement): Promise<boolean> {
  const [erased] = await database.batch([statement]);
  return erased?.changes === atOnce;
}

/** Whoever is known by a number alone goes with it; a number that is a reference of the register stays one. */
const unlessReference = (column: string): string => `
  iif(${column} = number OR ${column} GLOB '+[0-9]*' OR (
    length(${column}) >= 9 AND ${column} NOT GLOB '*[^0-9 ()./-]*' AND NOT EXISTS (
      SELECT 1 FROM hrm_employees e WHERE e.company_id = hrm_notifications.company_id AND e.reference = ${column}
    )), '', ${column})`;

/** What an erased notification loses: the same whether its time is over or a person has asked for it. */
export const erasedNotification = `
  employee = ${unlessReference('employee')}, person = ${unlessReference('person')}, name = '', number = '', fields = NULL`;

/** Of a number that is to be erased: what waits to be sent to it is stopped, and goes with what was never sent. */
export const erasedNotificationsTo = (
  organisationId: string,
  number: string,
  reason: string,
  now: number,
): Statement => ({
  sql: `UPDATE hrm_notifications SET ${erasedNotification}, erased_at = ?,
      reason = iif(state = 'waiting', ?, reason), state_at = iif(state = 'waiting', ?, state_at),
      state = iif(state = 'waiting', 'refused', state)
    WHERE company_id IN (SELECT id FROM companies WHERE organisation_id = ?) AND number = ?
      AND (state IN ('skipped', 'refused') OR (state = 'waiting' AND batch_key IS NULL))`,
  args: [now, reason, now, organisationId, number],
});

const notificationsBefore = (companyId: string, before: number, now: number): Statement => ({
  sql: `UPDATE hrm_notifications SET ${erasedNotification}, erased_at = ?
    WHERE id IN (SELECT id FROM hrm_notifications
      WHERE company_id = ? AND created_at < ? AND erased_at IS NULL AND state <> 'waiting' LIMIT ?)`,
  args: [now, companyId, before, atOnce],
});

const othersBefore = (companyId: string, before: number, now: number): Statement[] => [
  {
    sql: `UPDATE hrm_calls SET answer = json_set(answer, '$.skipped', json('[]'))
      WHERE company_id = ? AND created_at < ? AND taken_at IS NOT NULL AND answer ->> '$.skipped' <> '[]'`,
    args: [companyId, before],
  },
  {
    sql: `UPDATE hrm_webhook_deliveries SET state = 'failed', payload = '', error = 'erased', due_at = ?
      WHERE company_id = ? AND created_at < ? AND state = 'waiting'`,
    args: [now, companyId, before],
  },
  {
    sql: `DELETE FROM hrm_webhook_deliveries WHERE company_id = ? AND created_at < ? AND state <> 'waiting'`,
    args: [companyId, before - 30 * day],
  },
];

const begunBefore = (before: number): Statement => ({
  sql: `DELETE FROM hrm_notifications WHERE id IN (SELECT n.id FROM hrm_calls c JOIN hrm_notifications n ON n.call_id = c.id
    WHERE c.taken_at IS NULL AND c.created_at < ? LIMIT ?)`,
  args: [before, atOnce],
});

const endlessCalls = (before: number): Statement => ({
  sql: `DELETE FROM hrm_calls WHERE taken_at IS NULL AND created_at < ?
    AND NOT EXISTS (SELECT 1 FROM hrm_notifications n WHERE n.call_id = hrm_calls.id)`,
  args: [before],
});

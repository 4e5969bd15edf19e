import type { Message } from '../../shared/api/messages.ts';
import type { NumberErased, NumberRecord } from '../../shared/api/privacy.ts';
import type { Actor } from '../access/actor.ts';
import { auditRecord } from '../audit/record.ts';
import type { Database, Row, Statement } from '../database/database.ts';
import { erasedNotificationsTo } from '../hrm/erasing.ts';
import { inboundOf } from '../inbound/routes.ts';
import { finishBatches, moveMessages } from '../messages/moving.ts';
import { messageIdOf } from '../messages/our-id.ts';
import { erasedMessages } from './erasing.ts';
import { listedOf, listedStatement } from './lists.ts';

/** Numbers have no index, as every send would pay for it: rows are looked through, so many at a time. */
const slice = 50_000;
const mostShown = 5000;

/** Everything that the organisation keeps about a number. @param number E.164 */
export async function aboutNumber(
  database: Database,
  organisationId: string,
  number: string,
): Promise<NumberRecord> {
  const [optOuts = [], consents = [], inbound = [], employees = []] = await database.queries([
    listedStatement('opt-outs', organisationId, number),
    listedStatement('marketing-consents', organisationId, number),
    {
      sql: `SELECT id, number, to_number, text, keyword, received_at FROM inbound_messages
        WHERE organisation_id = ? AND number = ? ORDER BY id DESC LIMIT ?`,
      args: [organisationId, number, mostShown],
    },
    employeesStatement(organisationId, number),
  ]);
  const messages = await messagesTo(database, organisationId, number, shownColumns);
  const listed = (rows: readonly Row[]) => {
    const [row] = rows;
    if (row === undefined) return null;
    const { source, by, at } = listedOf(row);
    return { source, by, at };
  };
  return {
    number,
    optOut: listed(optOuts),
    marketingConsent: listed(consents),
    messages: messages
      .reverse()
      .slice(0, mostShown)
      .map((row) => ({
        id: messageIdOf(Number(row.id)),
        senderName: String(row.sender_name),
        recipientName: String(row.recipient_name),
        text: row.text === null ? null : String(row.text),
        state: row.state as Message['state'],
        stateAt: Number(row.state_at),
      })),
    inbound: inbound.map(inboundOf),
    employees: employees.map((row) => ({
      companyId: String(row.company_id),
      reference: String(row.employee),
      name: String(row.name),
    })),
  };
}

/**
 * Erases what is kept about a number: in messages its number, name, reference and text; texts from it; consents to
 * marketing; callbacks that name it. What waits for it is stopped and its parts come back. The opt-out stays, and so do
 * totals and the ledger.
 */
export async function eraseNumber(
  database: Database,
  actor: Actor,
  number: string,
  now: number,
): Promise<NumberErased> {
  const { organisationId } = actor;
  const waiting = (await messagesTo(database, organisationId, number, fateColumns)).filter(
    (row) => row.state === 'queued' && row.operator === null,
  );
  if (waiting.length > 0) await database.batch(stopStatements(waiting, now));
  const rows = await messagesTo(database, organisationId, number, fateColumns);
  const over = rows.filter((row) => row.over === 1);
  const [inbound, consents, ...others] = await database.batch([
    {
      sql: 'DELETE FROM inbound_messages WHERE organisation_id = ? AND number = ?',
      args: [organisationId, number],
    },
    {
      sql: 'DELETE FROM consents WHERE organisation_id = ? AND number = ?',
      args: [organisationId, number],
    },
    employeesStatement(organisationId, number),
    ...erasedMessages(over.map((row) => Number(row.id))),
    // The text of a sending to this one alone is theirs.
    {
      sql: `UPDATE batches SET text = '', page_url = NULL WHERE messages = 1 AND organisation_id = ?
        AND id IN (SELECT value FROM json_each(?))`,
      args: [organisationId, JSON.stringify(over.map((row) => row.batch_id))],
    },
    {
      sql: `DELETE FROM reports WHERE processed_at IS NOT NULL AND instr(raw, ?) > 0
        AND operator IN (SELECT id FROM operator_accounts WHERE organisation_id = ?)`,
      args: [number.slice(1), organisationId],
    },
    erasedNotificationsTo(organisationId, number, 'erased', now),
    auditRecord(actor, 'number.erased', organisationId, { messages: over.length }, now),
  ]);
  return {
    messages: over.length,
    inbound: inbound?.changes ?? 0,
    consents: consents?.changes ?? 0,
    stopped: waiting.length,
    underWay: rows.length - over.length,
    employees: others[0]?.rows.length ?? 0,
  };
}

const shownColumns = 'id, sender_name, recipient_name, text, state, state_at';
/** What an operator may still be asked about is not over: it is known there by number and text. */
const fateColumns = `id, batch_id, state, operator, state IN ('delivered', 'undelivered', 'expired', 'rejected', 'cancelled')
  OR (state = 'accepted' AND operator_message_id IS NOT NULL)
  OR (state = 'unknown' AND settled_parts IS NOT NULL) AS over`;

/** Oldest first. */
async function messagesTo(
  database: Database,
  organisationId: string,
  number: string,
  columns: string,
): Promise<Row[]> {
  const [ends] = await database.query({ sql: 'SELECT min(id) AS first, max(id) AS last FROM messages' });
  const last = Number(ends?.last ?? 0);
  const found: Row[] = [];
  for (let after = Number(ends?.first ?? 1) - 1; after < last; after += slice) {
    const rows = await database.query({
      sql: `SELECT ${columns} FROM messages
        WHERE id > ? AND id <= ? AND number = ? AND organisation_id = ? ORDER BY id`,
      args: [after, after + slice, number, organisationId],
    });
    found.push(...rows);
  }
  return found;
}

const employeesStatement = (organisationId: string, number: string): Statement => ({
  sql: `SELECT n.company_id, n.employee, coalesce(e.name, '') AS name FROM companies c
    JOIN hrm_numbers n ON n.company_id = c.id AND n.number = ?
    LEFT JOIN hrm_employees e ON e.company_id = n.company_id AND e.reference = n.employee
    WHERE c.organisation_id = ?`,
  args: [number, organisationId],
});

function stopStatements(rows: readonly Row[], now: number): Statement[] {
  return [
    ...moveMessages({
      messages: new Map(rows.map((row) => [Number(row.id), null])),
      from: ['queued'],
      to: 'cancelled',
      attempt: null,
      at: now,
      reason: 'erased',
      settle: 0,
    }),
    finishBatches(new Set(rows.map((row) => String(row.batch_id)))),
  ];
}

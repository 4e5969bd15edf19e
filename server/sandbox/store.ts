import PostalMime from 'postal-mime';
import { countParts } from '../../shared/sms-text/index.ts';
import type { Database, Value } from '../database/database.ts';

/** A text on a simulated phone. */
export interface PhoneText {
  id: number;
  operatorMessageId: string;
  senderName: string;
  /** E.164. */
  number: string;
  text: string;
  /** As the operator counts. */
  parts: number;
  encoding: string;
  acceptedAt: number;
  /** `waiting`: its report is still to come; `none`: none ever will. */
  state: 'waiting' | 'delivered' | 'undelivered' | 'expired' | 'rejected' | 'none';
  reportedAt: number | null;
  fault: string | null;
}

/** A caught mail, read: headers and the text part. HTML is never shown. */
export interface CaughtMail {
  id: number;
  from: string;
  to: string;
  cc: string;
  subject: string;
  at: number;
  text: string;
  attachments: { filename: string; contentType: string; bytes: number }[];
}

/** Newest first. `number`: digits that it contains, in whatever notation. */
export async function textsOf(
  database: Database,
  { number = '', limit, before }: { number?: string; limit: number; before?: number },
): Promise<PhoneText[]> {
  const filter = numberFilter(number);
  const rows = await database.query({
    sql: `SELECT * FROM sandbox_texts WHERE id < ? ${filter.sql} ORDER BY id DESC LIMIT ?`,
    args: [before ?? Number.MAX_SAFE_INTEGER, ...filter.args, limit],
  });
  return rows.map((row) => ({
    id: Number(row.id),
    operatorMessageId: String(row.operator_message_id),
    senderName: String(row.sender_name),
    number: String(row.number),
    text: String(row.text),
    parts: Number(row.parts),
    encoding: countParts(String(row.text)).encoding,
    acceptedAt: Number(row.accepted_at),
    state:
      row.report_due_at === null
        ? 'none'
        : row.reported_at === null
          ? 'waiting'
          : (String(row.report_state) as PhoneText['state']),
    reportedAt: row.reported_at === null ? null : Number(row.reported_at),
    fault: row.fault === null ? null : String(row.fault),
  }));
}

export async function countTexts(database: Database, number = ''): Promise<number> {
  const filter = numberFilter(number);
  const [row] = await database.query({
    sql: `SELECT count(*) AS n FROM sandbox_texts WHERE 1 ${filter.sql}`,
    args: filter.args,
  });
  return Number(row?.n);
}

function numberFilter(number: string): { sql: string; args: Value[] } {
  const digits = number.replace(/\D/g, '').slice(0, 15);
  return digits === '' ? { sql: '', args: [] } : { sql: 'AND number LIKE ?', args: [`%${digits}%`] };
}

/** Newest first. `to`: an address that it went to. */
export async function mailsOf(
  database: Database,
  { to = '', limit, before }: { to?: string; limit: number; before?: number },
): Promise<CaughtMail[]> {
  const address =
    to === '' ? { sql: '', args: [] } : { sql: 'AND instr(lower(mail_to), ?) > 0', args: [to.toLowerCase()] };
  const rows = await database.query({
    sql: `SELECT id, mail_from, mail_to, mail_cc, subject, raw, at FROM caught_mails
      WHERE id < ? ${address.sql} ORDER BY id DESC LIMIT ?`,
    args: [before ?? Number.MAX_SAFE_INTEGER, ...address.args, limit],
  });
  return Promise.all(
    rows.map(async (row) => {
      const mail = await PostalMime.parse(String(row.raw));
      return {
        id: Number(row.id),
        from: String(row.mail_from),
        to: String(row.mail_to),
        cc: String(row.mail_cc),
        subject: String(row.subject),
        at: Number(row.at),
        text: (mail.text ?? '').trim(),
        attachments: mail.attachments.map((attachment) => ({
          filename: attachment.filename ?? '',
          contentType: attachment.mimeType,
          bytes:
            typeof attachment.content === 'string'
              ? attachment.content.length
              : attachment.content.byteLength,
        })),
      };
    }),
  );
}

/** Something that differs when the page would. Costs the same however much there is. */
export async function sandboxMark(database: Database): Promise<string> {
  const [row] = await database.query({
    sql: `SELECT
      (SELECT coalesce(max(id), 0) FROM sandbox_texts) AS texts,
      (SELECT coalesce(max(id), 0) FROM caught_mails) AS mails,
      (SELECT coalesce(max(id), 0) FROM reports) AS reports`,
  });
  return `${row?.texts}-${row?.mails}-${row?.reports}`;
}

/**
 * Empties phones and mailbox, and forgets what faults on demand have stopped: what they held is due now. What was sent
 * stays in the history.
 */
export async function emptySandbox(database: Database, now: number): Promise<void> {
  await database.batch([
    { sql: 'DELETE FROM sandbox_texts' },
    { sql: 'DELETE FROM sandbox_refusals' },
    { sql: 'DELETE FROM caught_mails' },
    { sql: `DELETE FROM operator_pauses WHERE operator = 'sandbox'` },
    // A message that waits for its hour has no reason; one that was turned away has.
    {
      sql: `UPDATE messages SET due_at = ? WHERE state = 'queued' AND due_at > ? AND reason <> ''`,
      args: [now, now],
    },
  ]);
}

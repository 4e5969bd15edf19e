import type { BatchDraft } from '../../shared/api/batches.ts';
import { ProblemException } from '../../shared/api/problems.ts';
import { countParts } from '../../shared/sms-text/index.ts';
import type { Actor } from '../access/actor.ts';
import { mayUseCompany } from '../access/rules.ts';
import type { Database } from '../database/database.ts';
import type { CheckedRecipients, Outgoing } from './recipients.ts';

/** Failed messages of a batch that are to be sent anew. */
export interface Retry {
  ofBatchId: string;
  messageIds: readonly number[];
  /** The batch's: it must be found again, or it is refused. */
  origin: 'crm' | 'hrm';
  /** Their texts as they were. */
  recipients: CheckedRecipients;
}

/**
 * What is sent when the failed messages of a batch are: those that were rejected, undelivered or expired, each once,
 * under the name that the company has now. One of unknown fate is none of them, for it may have been delivered.
 * @throws {ProblemException} `not-found`
 */
export async function retryOf(
  database: Database,
  actor: Actor,
  batchId: string,
): Promise<{ draft: BatchDraft; retry: Retry }> {
  const [[batch] = [], rows = []] = await database.queries([
    {
      sql: `SELECT company_id, purpose, text, page_url, template_id, origin FROM batches
        WHERE id = ? AND organisation_id = ?`,
      args: [batchId, actor.organisationId],
    },
    {
      sql: `SELECT m.id, m.number, m.recipient_name, m.reference, m.text FROM messages m
        WHERE m.batch_id = ? AND m.organisation_id = ? AND m.state IN ('rejected', 'undelivered', 'expired')
          AND m.number <> '' AND m.text IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM retries r WHERE r.message_id = m.id)
        ORDER BY m.id`,
      args: [batchId, actor.organisationId],
    },
  ]);
  if (batch === undefined || !mayUseCompany(actor, String(batch.company_id))) {
    throw new ProblemException('not-found');
  }
  const outgoing = rows.map((row, index): Outgoing => {
    const text = String(row.text);
    return {
      index,
      reference: String(row.reference),
      name: String(row.recipient_name),
      number: String(row.number),
      text,
      parts: countParts(text).parts,
    };
  });
  return {
    draft: {
      companyId: String(batch.company_id),
      purpose: batch.purpose === 'marketing' ? 'marketing' : 'service',
      text: String(batch.text),
      foldPolishLetters: false,
      pageUrl: batch.page_url === null ? null : String(batch.page_url),
      templateId: batch.template_id === null ? null : String(batch.template_id),
      scheduledAt: null,
      recipients: outgoing.map(({ number, name, reference }) => ({ number, name, reference, fields: {} })),
    },
    retry: {
      ofBatchId: batchId,
      messageIds: rows.map((row) => Number(row.id)),
      origin: batch.origin === 'hrm' ? 'hrm' : 'crm',
      recipients: {
        outgoing,
        skipped: [],
        longest: outgoing.reduce((most, { parts }) => Math.max(most, parts), 0),
      },
    },
  };
}

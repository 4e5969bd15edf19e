import { sendThroughAccount } from '../mail-accounts/sending.ts';
import type { SmtpOptions, SmtpOutcome } from '../mail-accounts/smtp.ts';
import type { Platform } from '../platform/platform.ts';
import type { StatementRecord } from './name-store.ts';
import { readScan, scanName } from './scan-store.ts';

/**
 * Hands the accepted statement to the organisation's mail server, word for word as it was accepted, with its signed scan if
 * there is one: To the operator's address of the configuration, Cc the person who accepted it.
 */
export async function mailStatement(
  platform: Platform,
  statement: StatementRecord,
  messageId: string,
  smtp: SmtpOptions | undefined,
): Promise<SmtpOutcome> {
  const scan = await readScan(platform.database, statement.organisationId, statement.id);
  const { subject, body } = statement.mail;
  const content = {
    to: platform.settings.statementsAddress,
    cc: statement.email,
    subject,
    text: body,
    messageId,
  };
  if (scan === null) return sendThroughAccount(platform, statement.organisationId, content, smtp);
  const attachment = { filename: scanName(scan.kind), contentType: scan.kind, content: scan.bytes };
  return sendThroughAccount(
    platform,
    statement.organisationId,
    { ...content, attachments: [attachment] },
    smtp,
  );
}

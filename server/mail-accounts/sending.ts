import type { MailFailure } from '../../shared/api/mail-accounts.ts';
import { MailError, type MailTrouble, type Platform } from '../platform/platform.ts';
import { openingSecrets } from '../secrets/opening.ts';
import { SealError } from '../secrets/seal.ts';
import { composeLetter, type LetterContent } from './letter.ts';
import { type SmtpOptions, type SmtpOutcome, sendBySmtp } from './smtp.ts';
import { openAccount } from './store.ts';

const failures: Readonly<Record<MailTrouble, MailFailure>> = {
  unreachable: 'unreachable',
  authentication: 'login-refused',
  'refused-address': 'recipient-refused',
  refused: 'message-refused',
  insecure: 'tls',
};

/**
 * Sends a letter through the organisation's mail account. In the sandbox it is caught, whatever account is set up: a demo
 * mails nobody. Never throws for what a mail server, or a stored password, may do.
 */
export async function sendThroughAccount(
  platform: Platform,
  organisationId: string,
  content: Omit<LetterContent, 'from' | 'date'>,
  options: SmtpOptions = {},
): Promise<SmtpOutcome> {
  if (platform.sandbox) return caught(platform, content);
  const failed = (failure: MailFailure, detail: string): SmtpOutcome => ({
    outcome: 'failed',
    failure,
    detail,
  });
  let account: Awaited<ReturnType<typeof openAccount>>;
  try {
    account = await openAccount(platform.database, organisationId, openingSecrets(platform.settings));
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    return failed('login-refused', 'The stored password cannot be read: enter it again');
  }
  if (account === null) return failed('unreachable', 'No mail account is set up');
  const raw = await composeLetter({ ...content, from: account.address, date: platform.clock.now() });
  const copies = content.cc === undefined ? [] : [content.cc];
  return sendBySmtp(account, { from: account.address, recipients: [content.to, ...copies], raw }, options);
}

async function caught(
  platform: Platform,
  { messageId, attachments, ...mail }: Omit<LetterContent, 'from' | 'date'>,
): Promise<SmtpOutcome> {
  try {
    await platform.mailer.send({
      ...mail,
      ...(attachments === undefined ? {} : { attachments: [...attachments] }),
      idempotencyKey: messageId,
    });
    return { outcome: 'sent', detail: 'caught by the sandbox' };
  } catch (error) {
    const failure = error instanceof MailError ? failures[error.trouble] : 'unreachable';
    return { outcome: 'failed', failure, detail: error instanceof Error ? error.message : String(error) };
  }
}

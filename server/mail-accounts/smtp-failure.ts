import type { MailFailure } from '../../shared/api/mail-accounts.ts';
import { headerSafe } from '../../shared/sender-name/index.ts';

/** What a mail server's reply, or its silence, means. */
export interface Failure {
  failure: MailFailure;
  /** The server said no: it has not taken the letter. */
  refusal: boolean;
  /** The server's own words, one line. */
  detail: string;
}

interface SmtpError {
  message: string;
  /** nodemailer's kind of error. */
  code: string;
  /** The command that it belongs to. */
  command: string;
  /** The reply code, 4xx or 5xx; null: there was no reply. */
  reply: number | null;
}

const kinds: Readonly<Record<string, MailFailure>> = {
  EAUTH: 'login-refused',
  ENOAUTH: 'login-refused',
  ETLS: 'tls',
  EREQUIRETLS: 'tls',
  ETIMEDOUT: 'time-out',
  EDNS: 'unreachable',
  EMESSAGE: 'message-refused',
  EPROTOCOL: 'protocol',
};

export function failureOf(error: unknown): Failure {
  const known = read(error);
  const refusal = known.reply !== null && known.reply >= 400;
  const failure = kindOf(known);
  // What something that is no mail server says is nobody's business: an account must not be a way to look around in.
  const detail = failure === 'protocol' && !refusal ? 'No answer of a mail server' : wordsOf(known.message);
  return { failure, refusal, detail };
}

/** A server's words on one line, short enough for a form. */
export const wordsOf = (text: string): string => headerSafe(text).slice(0, 300);

function kindOf({ code, command, message, reply }: SmtpError): MailFailure {
  if (code === 'EENVELOPE') {
    if (command.startsWith('MAIL'))
      return reply === 530 || reply === 535 ? 'login-refused' : 'sender-refused';
    return command.startsWith('DATA') ? 'message-refused' : 'recipient-refused';
  }
  // TLS that cannot be agreed on ends as a socket's error.
  if (/certificate|self.signed|ssl|tls|wrong version number|altnames/i.test(message)) return 'tls';
  if (/timed? ?out|timeout|ETIMEDOUT/i.test(message)) return 'time-out';
  const kind = kinds[code];
  if (kind !== undefined) return kind;
  if (/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|getaddrinfo/.test(`${code} ${message}`)) {
    return 'unreachable';
  }
  return code === 'ECONNECTION' || code === 'ESOCKET' ? 'dropped' : 'protocol';
}

function read(error: unknown): SmtpError {
  const fields = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return {
    message: error instanceof Error ? error.message : String(error),
    code: text(fields.code),
    command: text(fields.command),
    reply: typeof fields.responseCode === 'number' ? fields.responseCode : null,
  };
}

import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectSecure } from 'node:tls';
import { createTransport } from 'nodemailer';
import { outgoingMail } from './mime.ts';
import { type Mail, MailError, type Mailer, type MailTrouble } from './platform.ts';

export interface SmtpAccount {
  host: string;
  /** 465 for `tls`, 587 for `starttls`; 25 is closed at the edge. */
  port: number;
  /** `none` only where the way is your own, e.g. to a relay on the same machine. */
  security: 'tls' | 'starttls' | 'none';
  user?: string;
  password?: string;
}

type SocketCallback = (error: Error | null, socket: false | { connection: Socket; secured: boolean }) => void;

/** Milliseconds for each of: connection, greeting, silence. */
const patience = 15_000;

/**
 * Sends through an SMTP server, on Node and in workerd. One connection a mail: there is no pool that an edge runtime
 * would freeze.
 */
export function createSmtpMailer(account: SmtpAccount, from: string): Mailer {
  return {
    async send(mail: Mail) {
      const implicit = account.security === 'tls';
      const transport = createTransport({
        host: account.host,
        port: account.port,
        secure: implicit,
        requireTLS: account.security === 'starttls',
        ignoreTLS: account.security === 'none',
        ...(account.user === undefined ? {} : { auth: { user: account.user, pass: account.password ?? '' } }),
        connectionTimeout: patience,
        greetingTimeout: patience,
        socketTimeout: patience,
        getSocket: (_options: unknown, callback: SocketCallback) => openSocket(account, implicit, callback),
      });
      try {
        const sent = await transport.sendMail(outgoingMail(mail, from));
        const refused = sent.rejected ?? [];
        if (refused.length > 0) {
          throw new MailError('refused-address', `The mail server refused ${refused.map(String).join(', ')}`);
        }
      } catch (error) {
        throw error instanceof MailError ? error : asMailError(error);
      } finally {
        transport.close();
      }
    },
  };
}

/**
 * Connects by name: nodemailer would resolve the name itself, and workerd would then hold the certificate to an
 * address. The callback is called once, whatever the socket does after.
 */
function openSocket(account: SmtpAccount, implicit: boolean, callback: SocketCallback): void {
  const { host, port } = account;
  let done = false;
  const finish = (error: Error | null): void => {
    if (done) return;
    done = true;
    clearTimeout(timer);
    socket.removeListener('error', finish);
    if (error !== null) socket.destroy();
    callback(error, error === null ? { connection: socket, secured: implicit } : false);
  };
  const ready = () => finish(null);
  const socket = implicit
    ? connectSecure({ host, port, servername: host }, ready)
    : connectPlain({ host, port }, ready);
  const timer = setTimeout(() => finish(new Error(`no connection to ${host}:${port} in time`)), patience);
  socket.once('error', finish);
}

const troubles: Record<string, MailTrouble> = {
  ECONNECTION: 'unreachable',
  ECONNREFUSED: 'unreachable',
  ETIMEDOUT: 'unreachable',
  ESOCKET: 'unreachable',
  EDNS: 'unreachable',
  ENOTFOUND: 'unreachable',
  EAUTH: 'authentication',
  ENOAUTH: 'authentication',
  EENVELOPE: 'refused-address',
  ETLS: 'insecure',
};

function asMailError(error: unknown): MailError {
  if (!(error instanceof Error)) return new MailError('refused', String(error));
  const code = 'code' in error ? String(error.code) : '';
  const said = 'response' in error && typeof error.response === 'string' ? error.response : error.message;
  return new MailError(troubles[code] ?? 'refused', said, error);
}

import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { MailFailure, MailSecurity } from '../../shared/api/mail-accounts.ts';
import { failureOf, wordsOf } from './smtp-failure.ts';

export interface SmtpServer {
  host: string;
  port: number;
  security: MailSecurity;
  /** Empty: no sign-in. */
  user: string;
  password: string;
}

export interface Letter {
  from: string;
  /** The first is the one that counts: without it nothing is sent in earnest. */
  recipients: readonly [string, ...string[]];
  /** The whole message (RFC 5322), ASCII with CR LF. */
  raw: string;
}

/**
 * What became of a letter. `failed`: the server certainly did not take it. `unknown`: its text was on its way when the
 * connection ended, so the server may have taken it.
 */
export type SmtpOutcome =
  | { outcome: 'sent'; detail: string }
  | { outcome: 'failed' | 'unknown'; failure: MailFailure; detail: string };

type ConnectionOptions = NonNullable<ConstructorParameters<typeof SMTPConnection>[0]>;

export interface SmtpOptions {
  /** Milliseconds without a sign of the server: 15,000 by default. */
  patience?: number;
  /** Milliseconds for the whole letter: 60,000 by default. */
  deadline?: number;
  /** A machine's own way of connecting, where a runtime verifies names by it (workerd): the socket, secured for `tls`. */
  connect?: (server: SmtpServer) => Promise<NonNullable<ConnectionOptions['connection']>>;
  /** More for TLS, e.g. an authority of one's own. */
  tls?: ConnectionOptions['tls'];
}

const refusedRecipient = { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550 };

/** The library tells of refused recipients only after the letter; it keeps them here meanwhile. */
const refusedSoFar = (connection: SMTPConnection): unknown[] =>
  (connection as unknown as { _envelope?: { rejected?: unknown[] } })._envelope?.rejected ?? [];

/**
 * Hands one letter to an SMTP server, step by step, so that it is known how far it came. Never throws for what a
 * server may do.
 */
export async function sendBySmtp(
  server: SmtpServer,
  letter: Letter,
  options: SmtpOptions = {},
): Promise<SmtpOutcome> {
  const patience = options.patience ?? 15_000;
  const implicit = server.security === 'tls';
  let written = false;
  let connection: SMTPConnection | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const unsent = (failure: MailFailure, detail: string): SmtpOutcome => ({
    outcome: written ? 'unknown' : 'failed',
    failure,
    detail,
  });
  try {
    const socket = await options.connect?.(server);
    const opened = new SMTPConnection({
      host: server.host,
      port: server.port,
      secure: implicit,
      requireTLS: server.security === 'starttls',
      ignoreTLS: server.security === 'none',
      connectionTimeout: patience,
      greetingTimeout: patience,
      socketTimeout: patience,
      dnsTimeout: patience,
      // The host's own name would be told to strangers.
      name: 'nadpis.invalid',
      ...(options.tls !== undefined && { tls: options.tls }),
      ...(socket !== undefined && { connection: socket, secured: implicit }),
    });
    connection = opened;
    let end: (error: Error) => void = () => {};
    const broken = new Promise<never>((_, reject) => {
      end = reject;
      opened.on('error', reject);
      timer = setTimeout(
        () => reject(Object.assign(new Error('No end in time'), { code: 'ETIMEDOUT' })),
        options.deadline ?? 60_000,
      );
    });
    // Whoever waits below sees it; after the end nobody does, and nobody needs to.
    broken.catch(() => {});
    const step = <T>(work: (done: (error: Error | null | undefined, value?: T) => void) => void) =>
      Promise.race([
        broken,
        new Promise<T | undefined>((resolve, reject) =>
          work((error, value) => (error ? reject(error) : resolve(value))),
        ),
      ]);

    await step<void>((done) => opened.connect((error) => done(error ?? null)));
    if (server.user !== '') {
      const credentials = { user: server.user, pass: server.password };
      await step<void>((done) =>
        opened.login({ ...credentials, credentials }, (error) => done(error ?? null)),
      );
    }
    const message = {
      pipe(stream: { end(text: string): void }) {
        // The server has said "go ahead". Without the first recipient the copies are not sent either: a letter whose
        // connection ends before its last line is none.
        if (refusedSoFar(opened).includes(letter.recipients[0])) {
          opened.close();
          return end(Object.assign(new Error(`Refused: ${letter.recipients[0]}`), refusedRecipient));
        }
        // From here on it may take the letter.
        written = true;
        stream.end(letter.raw);
      },
    } as unknown as Parameters<SMTPConnection['send']>[1];
    const envelope = { from: letter.from, to: [...letter.recipients] };
    const sent = await step<{ rejected?: unknown[]; response?: string }>((done) =>
      opened.send(envelope, message, (error, info) => done(error, info)),
    );
    const refused = (sent?.rejected ?? []).map(String);
    if (refused.includes(letter.recipients[0])) {
      return { outcome: 'failed', failure: 'recipient-refused', detail: `Refused: ${letter.recipients[0]}` };
    }
    const copies = refused.length > 0 ? ` The copy was refused: ${refused.join(', ')}` : '';
    return { outcome: 'sent', detail: `${wordsOf(sent?.response ?? '')}${copies}` };
  } catch (error) {
    const { failure, refusal, detail } = failureOf(error);
    // A reply that says no is a no, whenever it comes.
    return refusal ? { outcome: 'failed', failure, detail } : unsent(failure, detail);
  } finally {
    clearTimeout(timer);
    connection?.quit();
    // A server that does not answer to QUIT keeps no socket of ours.
    const ending = connection;
    if (ending !== undefined) setTimeout(() => ending.close(), 1000);
  }
}

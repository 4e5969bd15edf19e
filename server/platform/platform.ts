import type { Database } from '../database/database.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Transport } from '../operators/transport.ts';

/** A mail to be sent. Addresses are decided on the server; `idempotencyKey` keeps a retry from mailing twice. */
export interface Mail {
  from?: string;
  to: string;
  cc?: string;
  subject: string;
  text: string;
  attachments?: { filename: string; contentType: string; content: Uint8Array }[];
  idempotencyKey?: string;
}

/** Why a mail was not taken, for what the user is told and whether a retry has sense. */
export type MailTrouble = 'unreachable' | 'authentication' | 'refused-address' | 'refused' | 'insecure';

export class MailError extends Error {
  readonly trouble: MailTrouble;

  constructor(trouble: MailTrouble, reason: string, cause?: unknown) {
    super(reason, { cause });
    this.name = 'MailError';
    this.trouble = trouble;
  }
}

export interface Mailer {
  /** @throws {MailError} with a reason in words when the mail was not taken */
  send(mail: Mail): Promise<void>;
}

export interface Clock {
  /** Milliseconds since the epoch, UTC. */
  now(): number;
}

/**
 * A hint that there is work. The outbox in the database is the truth, so a lost hint costs a moment, never a message:
 * the sweeper looks by itself.
 */
export interface WakeUp {
  /** Messages may be due now. */
  hint(): void;
}

/** HTTP to addresses that customers name. */
export interface Outward {
  /** Without `privateAddresses` it reaches none, whatever a name resolves to, as far as the machine can tell. */
  transport: Transport;
  /** Addresses in one's own network, and http: in the sandbox, and where the server's owner permits it. */
  privateAddresses: boolean;
}

/** What the pure application needs of the machine it runs on. Everything else in `server/` is the same everywhere. */
export interface Platform {
  name: 'node' | 'workers';
  database: Database;
  mailer: Mailer;
  clock: Clock;
  wakeUp: WakeUp;
  outward: Outward;
  /** A new id that sorts by time, e.g. `bat_01J…`: the prefix names the kind. */
  newId(prefix: string): string;
  /** Lets work go on after the answer, e.g. a mail whose time would tell whether an address is known; logs its failure. */
  later(work: Promise<unknown>): void;
  log: Log;
  metrics: Metrics;
  /** The product runs with its built-in operator and mail catcher; `/sandbox` exists. */
  sandbox: boolean;
  settings: Settings;
}

/**
 * May what several requests ask for be done together and shared? In one process, yes. At the edge a connection, a timer
 * and a promise belong to one request and end with it: who shared them would wait for ever.
 */
export const sharesRequests = ({ name }: Pick<Platform, 'name'>): boolean => name === 'node';

export interface Log {
  info(event: string, facts?: Record<string, unknown>): void;
  warn(event: string, facts?: Record<string, unknown>): void;
  error(event: string, facts?: Record<string, unknown>): void;
}

export interface Settings {
  /** Where this server is reached from outside, without a slash at the end. */
  publicUrl: string;
  /** Where owner's statements go. */
  statementsAddress: string;
  /** From address of the server's own mails. */
  mailFrom: string;
  /** Key of HMACs and encryption at rest, 32 bytes or more. */
  secret: string;
  /** What is stored may be sealed under these too, while the secret is being changed. */
  otherSecrets?: readonly string[];
}

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../database/database.ts';
import { openRemote } from '../database/libsql-remote.ts';
import { createMetrics } from '../metrics/metrics.ts';
import type { Configuration } from './configuration.ts';
import { createNodeTransport } from './http.node.ts';
import { createIds } from './ids.ts';
import { createLog } from './log.ts';
import { createMailCatcher } from './mail-catcher.ts';
import { publicLookup } from './outward.node.ts';
import type { Clock, Mailer, Platform, WakeUp } from './platform.ts';
import { sandboxSecret } from './secret.ts';
import { createSmtpMailer } from './smtp-mailer.ts';
import { openFileWithWriter } from './writer.ts';

export interface NodePlatform extends Platform {
  /** Who is told when there may be work, in this process. */
  onHint(listener: () => void): void;
  /** Waits for the work that goes on after answers, then closes the database. */
  close(): Promise<void>;
}

/**
 * What the application gets of a machine with Node.
 *
 * @param url where the server is reached when the configuration does not say
 */
export function createNodePlatform(configuration: Configuration, url: string): NodePlatform {
  const clock: Clock = { now: () => Date.now() };
  const log = createLog(configuration.NADPIS_LOG, configuration.NADPIS_LOG_LEVEL);
  const database = openDatabase(configuration);
  const pending = new Set<Promise<unknown>>();
  const privateAddresses = configuration.NADPIS_SANDBOX || configuration.NADPIS_PRIVATE_WEBHOOKS;
  const outward = createNodeTransport(privateAddresses ? undefined : publicLookup);
  const listeners: (() => void)[] = [];
  const wakeUp: WakeUp = {
    hint: () => {
      for (const listener of listeners) listener();
    },
  };
  return {
    name: 'node',
    database,
    mailer: chooseMailer(configuration, database, clock),
    clock,
    wakeUp,
    outward: { transport: outward.transport, privateAddresses },
    newId: createIds(clock),
    later(work) {
      const watched = work
        .catch((error: unknown) =>
          log.error('work after an answer failed', { error: error instanceof Error ? error.stack : error }),
        )
        .finally(() => pending.delete(watched));
      pending.add(watched);
    },
    log,
    metrics: createMetrics(),
    sandbox: configuration.NADPIS_SANDBOX,
    settings: {
      publicUrl: configuration.NADPIS_PUBLIC_URL ?? url,
      statementsAddress: configuration.NADPIS_STATEMENTS_ADDRESS,
      mailFrom: configuration.NADPIS_MAIL_FROM,
      secret: configuration.NADPIS_SECRET ?? sandboxSecret(configuration.NADPIS_DATA),
      otherSecrets: configuration.NADPIS_OTHER_SECRETS,
    },
    onHint: (listener) => listeners.push(listener),
    close: async () => {
      await Promise.all(pending);
      await outward.close();
      await database.close();
    },
  };
}

/** The file under `data/`, or the server that the configuration names. */
export function openDatabase(configuration: Configuration): Database {
  mkdirSync(configuration.NADPIS_DATA, { recursive: true, mode: 0o700 });
  const url = configuration.NADPIS_DATABASE_URL;
  if (url === undefined) return openFileWithWriter(join(configuration.NADPIS_DATA, 'nadpis.db'));
  const authToken = configuration.NADPIS_DATABASE_TOKEN;
  return openRemote(authToken === undefined ? { url } : { url, authToken });
}

/** Mails are caught unless a server is named, and always in the sandbox: a demo never mails a real address. */
function chooseMailer(configuration: Configuration, database: Database, clock: Clock): Mailer {
  const host = configuration.NADPIS_SMTP_HOST;
  const from = configuration.NADPIS_MAIL_FROM;
  if (configuration.NADPIS_SANDBOX || host === undefined) return createMailCatcher(database, clock, from);
  const user = configuration.NADPIS_SMTP_USER;
  const password = configuration.NADPIS_SMTP_PASSWORD;
  return createSmtpMailer(
    {
      host,
      port: configuration.NADPIS_SMTP_PORT,
      security: configuration.NADPIS_SMTP_SECURITY,
      ...(user === undefined ? {} : { user }),
      ...(password === undefined ? {} : { password }),
    },
    from,
  );
}

import { openRemote } from '../database/libsql-remote.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { type Configuration, ConfigurationError, readConfiguration } from './configuration.ts';
import { edgeTransport } from './http.edge.ts';
import { createIds } from './ids.ts';
import { createLog } from './log.ts';
import { createMailCatcher } from './mail-catcher.ts';
import type { Clock, Mailer, Platform } from './platform.ts';
import { createSmtpMailer } from './smtp-mailer.ts';
import { type Invocation, invocation, invocationDatabase } from './worker-invocation.ts';
import type { ExecutionContext, WorkerEnv } from './worker-runtime.ts';

/** What a Worker must be told, as there is no disk to keep it on. */
export interface WorkerConfiguration extends Configuration {
  NADPIS_DATABASE_URL: string;
  NADPIS_SECRET: string;
  NADPIS_PUBLIC_URL: string;
}

/**
 * The variables and secrets among the bindings.
 * @throws {ConfigurationError} with every trouble on a line of its own
 */
export function readWorkerConfiguration(env: WorkerEnv): WorkerConfiguration {
  const texts = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[0].startsWith('NADPIS_') && typeof entry[1] === 'string',
  );
  const read = readConfiguration({ NADPIS_LOG: 'json', ...Object.fromEntries(texts) });
  const { NADPIS_DATABASE_URL, NADPIS_SECRET, NADPIS_PUBLIC_URL } = read;
  if (NADPIS_DATABASE_URL === undefined || NADPIS_SECRET === undefined || NADPIS_PUBLIC_URL === undefined) {
    throw new ConfigurationError(
      'A Worker needs NADPIS_DATABASE_URL, NADPIS_SECRET and NADPIS_PUBLIC_URL: ' +
        'it has no disk to keep a database or a secret on, and the cron is called by nobody’s address.',
    );
  }
  return { ...read, NADPIS_DATABASE_URL, NADPIS_SECRET, NADPIS_PUBLIC_URL };
}

/** Connections of one invocation; making them costs nothing until they are used. */
export function createInvocation(
  { NADPIS_DATABASE_URL: url, NADPIS_DATABASE_TOKEN: authToken }: WorkerConfiguration,
  context: ExecutionContext,
  clock: Clock = { now: () => Date.now() },
): Invocation {
  return {
    database: openRemote(authToken === undefined ? { url } : { url, authToken }),
    clock,
    waitUntil: (work) => context.waitUntil(work),
  };
}

/**
 * What the application gets of Cloudflare Workers. Made once in an isolate; everything that does input or output goes
 * to the invocation that asks.
 */
export function createWorkerPlatform(configuration: WorkerConfiguration, env: WorkerEnv): Platform {
  const clock: Clock = { now: () => invocation().clock.now() };
  const log = createLog(configuration.NADPIS_LOG, configuration.NADPIS_LOG_LEVEL);
  const later = (work: Promise<unknown>, failed: string): void =>
    invocation().waitUntil(
      work.catch((error: unknown) =>
        log.error(failed, { error: error instanceof Error ? error.stack : String(error) }),
      ),
    );
  return {
    name: 'workers',
    database: invocationDatabase,
    mailer: chooseMailer(configuration, clock),
    clock,
    // One that is lost is made good by the cron.
    wakeUp: {
      hint: () => {
        if (env.WAKE !== undefined) later(env.WAKE.send({ due: 'messages' }), 'a hint was not taken');
      },
    },
    // Of Cloudflare's network nothing private can be reached; addresses that say so by themselves are refused before.
    outward: {
      transport: edgeTransport,
      privateAddresses: configuration.NADPIS_SANDBOX || configuration.NADPIS_PRIVATE_WEBHOOKS,
    },
    newId: createIds(clock),
    later: (work) => later(work, 'work after an answer failed'),
    log,
    metrics: createMetrics(),
    sandbox: configuration.NADPIS_SANDBOX,
    settings: {
      publicUrl: configuration.NADPIS_PUBLIC_URL,
      statementsAddress: configuration.NADPIS_STATEMENTS_ADDRESS,
      mailFrom: configuration.NADPIS_MAIL_FROM,
      secret: configuration.NADPIS_SECRET,
      otherSecrets: configuration.NADPIS_OTHER_SECRETS,
    },
  };
}

/** As on Node: caught unless a server is named, and always in the sandbox. */
function chooseMailer(configuration: WorkerConfiguration, clock: Clock): Mailer {
  const { NADPIS_SMTP_HOST: host, NADPIS_MAIL_FROM: from } = configuration;
  if (configuration.NADPIS_SANDBOX || host === undefined) {
    return createMailCatcher(invocationDatabase, clock, from);
  }
  const { NADPIS_SMTP_USER: user, NADPIS_SMTP_PASSWORD: password } = configuration;
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

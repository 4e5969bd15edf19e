import { createApp } from '../app.ts';
import { migrate, migrationStatus } from '../database/migrate.ts';
import { seedDemo } from '../demo/seed.ts';
import { hrmChores } from '../hrm/work.ts';
import { createDelivery, sandboxOf } from '../messages/delivery.ts';
import { createOperatorAccounts } from '../operator-accounts/running.ts';
import { accountChores } from '../operator-accounts/work.ts';
import { operators } from '../operators/catalogue.node.ts';
import { operatorsOf } from '../senders/sender-operators.ts';
import { statementPdf } from '../senders/statement-pdf.node.ts';
import { createSenderNameWork } from '../senders/work.ts';
import { ConfigurationError, describeConfiguration, readConfiguration } from './configuration.ts';
import { createNodeTransport } from './http.node.ts';
import { clientAddress, listen, PortTaken, portTakenExit } from './listen.ts';
import { readMigrations } from './migrations.ts';
import { createNodePlatform } from './node.ts';

/** Milliseconds that answers under way may take after a signal to stop. */
const stopPatience = 10_000;

async function main(): Promise<void> {
  if (process.argv.includes('--help')) {
    console.log(describeConfiguration());
    return;
  }
  const configuration = readConfiguration(process.env);
  const { NADPIS_HOST: host } = configuration;
  // The port first: a second start must not touch the database of the first.
  const server = await listen(host, configuration.NADPIS_PORT);
  const reached = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const platform = createNodePlatform(configuration, `http://${reached}:${server.port}`);
  const migrations = readMigrations();
  const applied = await migrate(platform.database, migrations, platform.clock.now());
  if (applied.length > 0) platform.log.info('migrated', { applied });
  const { newer } = await migrationStatus(platform.database, migrations);
  if (newer.length > 0) platform.log.warn('the database belongs to a newer version', { newer });
  if (platform.sandbox && (await seedDemo(platform))) platform.log.info('made the demo organisation');

  const metricsToken = configuration.NADPIS_METRICS_TOKEN;
  const builtIn = platform.sandbox ? sandboxOf(platform) : null;
  const http = createNodeTransport();
  const accounts = await createOperatorAccounts({
    platform,
    kinds: operators,
    transport: http.transport,
    builtIn,
  });
  const { dispatch } = await createDelivery(platform, {
    router: accounts,
    chores: {
      'operator accounts': () => accountChores(platform, accounts),
      ...hrmChores(platform, accounts),
    },
  });
  const nameOperators = operatorsOf(accounts, accounts.kindOf);
  const names = createSenderNameWork(platform, nameOperators);
  const app = createApp(platform, {
    migrations,
    router: accounts,
    accounts,
    onReports: dispatch.reported,
    senderNames: { operators: nameOperators, statementPdf },
    clientAddress: clientAddress(configuration.NADPIS_TRUST_PROXY),
    ...(metricsToken === undefined ? {} : { metricsToken }),
  });
  server.serve((request, env) => app.fetch(request, env as object));
  platform.onHint(dispatch.hint);
  dispatch.start();
  names.start();
  platform.log.info('listening', { url: platform.settings.publicUrl, sandbox: platform.sandbox });

  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    platform.log.info('stopping', { signal });
    await server.stop(stopPatience);
    await dispatch.stop(stopPatience);
    await names.stop();
    await accounts.close();
    await http.close();
    await platform.close();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
}

main().catch((error: unknown) => {
  if (error instanceof PortTaken) {
    console.error(error.message);
    process.exit(portTakenExit);
  }
  const known =
    error instanceof ConfigurationError || (error instanceof Error && error.name === 'MigrationError');
  console.error(known ? (error as Error).message : error);
  process.exit(1);
});

import { ConfigurationError, describeConfiguration, readConfiguration } from './configuration.ts';
import { createLog } from './log.ts';
import { openWritersDoor } from './writers-door.ts';

/** `npm run door`: see `writers-door.ts`. The libSQL server is `NADPIS_DATABASE_URL`, the door `NADPIS_HOST` and `NADPIS_PORT`. */
async function main(): Promise<void> {
  const configuration = readConfiguration(process.env);
  const { NADPIS_DATABASE_URL: server, NADPIS_HOST: host, NADPIS_PORT: port } = configuration;
  if (server === undefined) {
    throw new ConfigurationError('NADPIS_DATABASE_URL names the libSQL server that the door stands before.');
  }
  const log = createLog(configuration.NADPIS_LOG, configuration.NADPIS_LOG_LEVEL);
  const door = await openWritersDoor({ server: server.replace(/^libsql:/, 'https:'), host, port });
  log.info('listening', { url: door.url });
  const stop = async () => {
    await door.close();
    process.exit(0);
  };
  process.once('SIGTERM', () => void stop());
  process.once('SIGINT', () => void stop());
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  if (error instanceof ConfigurationError) console.error(`\n${describeConfiguration()}`);
  process.exit(1);
});

import { sealAgain } from '../secrets/seal-again.ts';
import { readConfiguration } from './configuration.ts';
import { openDatabase } from './node.ts';
import { sandboxSecret } from './secret.ts';

/** `npm run seal-again`: every stored secret comes under NADPIS_SECRET, from any of NADPIS_OTHER_SECRETS. */
async function main(): Promise<number> {
  const configuration = readConfiguration(process.env);
  const secret = configuration.NADPIS_SECRET ?? sandboxSecret(configuration.NADPIS_DATA);
  const database = openDatabase(configuration);
  try {
    const done = await sealAgain(database, [secret, ...configuration.NADPIS_OTHER_SECRETS]);
    for (const { table, again, already, lost } of done) {
      console.log(`${table.padEnd(20)}${again} sealed again, ${already} were already`);
      for (const key of lost)
        console.error(`${table.padEnd(20)}${key} cannot be opened: its secrets have to be entered again`);
    }
    return done.some(({ lost }) => lost.length > 0) ? 1 : 0;
  } finally {
    await database.close();
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);

import { takeBackup } from './backup-copy.ts';
import { restoreBackup } from './backup-restore.ts';
import { describe } from './backup-summary.ts';
import { readConfiguration } from './configuration.ts';

const help = `npm run backup -- FOLDER     copies the database into a new file in FOLDER (by default: backups)
npm run restore -- FILE      gives a backup back into an empty database
Which database: NADPIS_DATA, or NADPIS_DATABASE_URL and NADPIS_DATABASE_TOKEN, as for the server.`;

async function main([command, given, ...more]: readonly string[]): Promise<number> {
  if (more.length > 0 || given === '--help' || (command === 'restore' && given === undefined)) {
    console.error(help);
    return 2;
  }
  const configuration = readConfiguration(process.env);
  if (command === 'backup') {
    const made = await takeBackup(configuration, given ?? 'backups', new Date());
    console.log(`${made.path}: ${describe(made)}`);
    return 0;
  }
  if (command === 'restore' && given !== undefined) {
    console.log(`restored: ${describe(await restoreBackup(configuration, given))}`);
    return 0;
  }
  console.error(help);
  return 2;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);

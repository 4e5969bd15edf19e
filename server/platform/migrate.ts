import { migrate, migrationStatus } from '../database/migrate.ts';
import { readConfiguration } from './configuration.ts';
import { readMigrations } from './migrations.ts';
import { openDatabase } from './node.ts';

/** `npm run migrate`: applies what is pending. `npm run migrate -- --status`: says what is and what is not applied. */
async function main(args: readonly string[]): Promise<number> {
  const unknown = args.filter((arg) => arg !== '--status');
  if (unknown.length > 0) {
    console.error(`${unknown.join(' ')} is not known. Usage: npm run migrate [-- --status]`);
    return 2;
  }
  const database = openDatabase(readConfiguration(process.env));
  try {
    const migrations = readMigrations();
    if (!args.includes('--status')) {
      const applied = await migrate(database, migrations, Date.now());
      console.log(
        applied.length === 0 ? 'Nothing to apply.' : applied.map((name) => `applied ${name}`).join('\n'),
      );
      return 0;
    }
    const { applied, pending } = await migrationStatus(database, migrations);
    for (const { name, at } of applied) console.log(`${new Date(at).toISOString()}  ${name}`);
    for (const name of pending) console.log(`pending                   ${name}`);
    return pending.length === 0 ? 0 : 1;
  } finally {
    await database.close();
  }
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

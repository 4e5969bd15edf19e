import type { Database } from '../../../server/database/database.ts';
import { openRemote, type RemoteOptions } from '../../../server/database/libsql-remote.ts';
import type { Temporary, TestRuntime } from '../../../server/database/temporary.node.ts';
import { start } from './calls.ts';

/** Stands in workerd for `server/database/temporary.node.ts`. */
export const migrated = (): Promise<Temporary> => open('database');
export const migratedFile = migrated;
export const unmigrated = (): Promise<Temporary> => open('empty-database');
export const testRuntime = (): TestRuntime => 'workerd';

async function open(kind: string): Promise<Temporary> {
  const { facts, end } = await start<{ url: string }>(kind, {});
  const opened: Database[] = [];
  const another = (more: Partial<RemoteOptions> = {}) => {
    const database = openRemote({ url: facts.url, ...more });
    opened.push(database);
    return database;
  };
  return {
    database: another(),
    another,
    end: async () => {
      for (const database of opened) await database.close();
      await end();
    },
  };
}

import { drizzle, type SqliteRemoteDatabase } from 'drizzle-orm/sqlite-proxy';
import type { Database, Statement, Value } from './database.ts';
import * as schema from './schema.ts';

export type Typed = SqliteRemoteDatabase<typeof schema>;

const made = new WeakMap<Database, Typed>();

/**
 * Drizzle over the port, for the paths that are not hot: reads are awaited as they are, writes are turned into
 * statements with `statementOf` and go into a `batch` together with their audit record.
 */
export function typed(database: Database): Typed {
  const known = made.get(database);
  if (known !== undefined) return known;
  const fresh = drizzle(
    async (sql, params, method) => {
      const statement: Statement = { sql, args: params as Value[] };
      if (method === 'run') {
        await database.batch([statement]);
        return { rows: [] };
      }
      const rows = await database.tuples(statement);
      // Drizzle reads one row as itself, and none as undefined.
      return { rows: method === 'get' ? (rows[0] as Value[]) : rows };
    },
    { schema },
  );
  made.set(database, fresh);
  return fresh;
}

/** A query built with Drizzle as a statement for `database.batch`. */
export function statementOf(query: { toSQL(): { sql: string; params: unknown[] } }): Statement {
  const { sql, params } = query.toSQL();
  return { sql, args: params as Value[] };
}

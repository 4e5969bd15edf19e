import { is } from 'drizzle-orm';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as schema from './schema.ts';
import { migratedFile, type Temporary } from './temporary.node.ts';

interface Column {
  name: string;
  type: string;
  required: boolean;
  key: number;
  default: string | null;
}

let temporary: Temporary;
beforeAll(async () => {
  temporary = await migratedFile();
});
afterAll(() => temporary.end());

function inSchema(table: SQLiteTable): Column[] {
  const config = getTableConfig(table);
  const together = config.primaryKeys[0]?.columns.map((column) => column.name) ?? [];
  return config.columns.map((column) => {
    const inKey = column.primary ? 1 : together.indexOf(column.name) + 1;
    const value = column.default;
    return {
      name: column.name,
      type: column.getSQLType().toUpperCase(),
      required: column.notNull,
      key: inKey,
      default: value === undefined ? null : typeof value === 'string' ? `'${value}'` : String(Number(value)),
    };
  });
}

describe('the schema that Drizzle sees', () => {
  it('is the one that the migrations make, column by column', async () => {
    const tables = Object.values(schema).filter((value) => is(value, SQLiteTable));
    const described = Object.fromEntries(
      tables.map((table) => [getTableConfig(table).name, inSchema(table)]),
    );
    const names = await temporary.database.query<{ name: string }>({
      sql: `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
    });
    const migrated: Record<string, Column[]> = {};
    for (const { name } of names) {
      const rows = await temporary.database.query<{
        name: string;
        type: string;
        notnull: number;
        pk: number;
        dflt_value: string | null;
      }>({ sql: 'SELECT * FROM pragma_table_info(?) ORDER BY cid', args: [name] });
      migrated[name] = rows.map((row) => ({
        name: row.name,
        type: row.type,
        // The parts of a key are never null.
        required: row.notnull === 1 || row.pk > 0,
        key: row.pk,
        default: row.dflt_value,
      }));
    }
    expect(described).toEqual(migrated);
  });
});

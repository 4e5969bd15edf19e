import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readMigrations } from '../platform/migrations.ts';
import { type Migration, migrate, migrationStatus } from './migrate.ts';
import { type Temporary, temporaryFile } from './temporary.node.ts';

const now = Date.UTC(2026, 0, 1);
const first: Migration = { name: '0001_foundation', sql: 'CREATE TABLE a (n INTEGER);' };
const second: Migration = {
  name: '0002_more',
  sql: `-- A trigger; with its own semicolons.
    CREATE TABLE b (n INTEGER, s TEXT DEFAULT ';');
    CREATE TRIGGER t AFTER INSERT ON a BEGIN
      INSERT INTO b (n) VALUES (CASE WHEN NEW.n > 1 THEN NEW.n END); DELETE FROM b WHERE n IS NULL;
    END;
    INSERT INTO a VALUES (7); /* the end; */`,
};

let temporary: Temporary;
beforeEach(() => {
  temporary = temporaryFile();
});
afterEach(() => temporary.end());

describe('migrations', () => {
  it('are applied in order, once, and recorded', async () => {
    const { database } = temporary;
    expect(await migrationStatus(database, [first])).toEqual({
      applied: [],
      pending: ['0001_foundation'],
      newer: [],
    });
    expect(await migrate(database, [first], now)).toEqual(['0001_foundation']);
    expect(await migrate(database, [second, first], now + 1)).toEqual(['0002_more']);
    expect(await migrate(database, [first, second], now + 2)).toEqual([]);
    expect(await migrationStatus(database, [first, second])).toEqual({
      applied: [
        { name: '0001_foundation', at: now },
        { name: '0002_more', at: now + 1 },
      ],
      pending: [],
      newer: [],
    });
    expect(await database.query({ sql: 'SELECT n, s FROM b' })).toEqual([{ n: 7, s: ';' }]);
  });

  it('are refused when one was edited or is missing', async () => {
    const { database } = temporary;
    await migrate(database, [first, second], now);
    const edited = { ...first, sql: `${first.sql} -- edited` };
    await expect(migrate(database, [edited, second], now)).rejects.toThrow(/0001_foundation was edited/);
    await expect(migrate(database, [first, { ...second, name: '0003_more' }], now)).rejects.toThrow(
      /0002 is missing/,
    );
    await expect(migrate(database, [{ ...first, name: 'first' }], now)).rejects.toThrow(/not the name/);
  });

  it('of a newer version are left alone: the one before it works on, and may start again', async () => {
    const { database } = temporary;
    await migrate(database, [first, second], now);
    expect(await migrate(database, [first], now)).toEqual([]);
    expect(await migrationStatus(database, [first])).toMatchObject({ pending: [], newer: ['0002_more'] });
  });

  it('are the same whatever the line ends of the checkout', async () => {
    await migrate(temporary.database, [{ ...first, sql: 'CREATE TABLE a (\n n INTEGER);\n' }], now);
    const windows = { ...first, sql: 'CREATE TABLE a (\r\n n INTEGER);\r\n' };
    expect(await migrate(temporary.database, [windows], now)).toEqual([]);
  });

  it('leave nothing of a step that fails half-way', async () => {
    const { database } = temporary;
    const broken = {
      name: '0002_broken',
      sql: 'CREATE TABLE c (n INTEGER); INSERT INTO nowhere VALUES (1);',
    };
    await expect(migrate(database, [first, broken], now)).rejects.toThrow(
      /0002_broken failed and was undone/,
    );
    expect((await migrationStatus(database, [first, broken])).pending).toEqual(['0002_broken']);
    expect(await migrate(database, [first, second], now)).toEqual(['0002_more']);
  });

  it('may be started by several processes at once', async () => {
    const others = [temporary.database, temporary.another(), temporary.another()];
    const done = await Promise.all(others.map((database) => migrate(database, [first, second], now)));
    expect(done.flat().sort()).toEqual(['0001_foundation', '0002_more']);
  });

  it('of the product apply to an empty database', async () => {
    const ours = readMigrations();
    expect(await migrate(temporary.database, ours, now)).toEqual(ours.map((migration) => migration.name));
  });
});

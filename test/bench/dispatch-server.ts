import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRoute, z } from '@hono/zod-openapi';
import { jsonAnswer, jsonBody, resource } from '../../server/api/routes.ts';
import { createApp } from '../../server/app.ts';
import { migrate } from '../../server/database/migrate.ts';
import { createDelivery } from '../../server/messages/delivery.ts';
import { createMetrics } from '../../server/metrics/metrics.ts';
import { callbackUrl } from '../../server/operator-accounts/callback.ts';
import { createHttpSandbox } from '../../server/operators/sandbox/http.ts';
import { createNodeTransport } from '../../server/platform/http.node.ts';
import { createIds } from '../../server/platform/ids.ts';
import { listen } from '../../server/platform/listen.ts';
import { readMigrations } from '../../server/platform/migrations.ts';
import type { Platform } from '../../server/platform/platform.ts';
import { openFileWithWriter } from '../../server/platform/writer.ts';
import { newToken, sha256 } from '../../server/session/secrets.ts';
import { BatchAccepted, BatchDraft } from '../../shared/api/batches.ts';

/**
 * The server that is measured, in a process of its own. `bare`: the route of a send with its validation and nothing
 * behind it. `accept`: the product, whole, with nothing dispatched. `deliver <simulator> <recipients>`: the product
 * with dispatch to the simulator. A fourth argument is the folder of a database that is there already, or is to stay.
 * Tells its parent `{port, token, report}`; asked `{state: true}`, how far it is.
 */
const [mode = 'bare', simulator = '', recipients = '1', given = ''] = process.argv.slice(2);

function bareApp() {
  const app = resource();
  const answer = JSON.stringify({
    id: 'bat_1',
    senderName: 'Firma Nowak',
    messages: 1,
    parts: 1,
    balance: 1,
    skipped: [],
  });
  return app.openapi(
    createRoute({
      method: 'post',
      path: '/v1/batches',
      request: {
        headers: z.object({ 'idempotency-key': z.string().min(1).max(200) }),
        body: jsonBody(BatchDraft),
      },
      responses: { 201: jsonAnswer(BatchAccepted, 'Accepted') },
    }),
    (c) => {
      c.req.valid('json');
      return c.body(answer, 201, { 'Content-Type': 'application/json' }) as never;
    },
  );
}

const server = await listen('127.0.0.1', 0);
if (mode === 'bare') {
  const app = bareApp();
  server.serve((request, env) => app.fetch(request, env as object));
  process.send?.({ port: server.port, token: '', report: null });
} else {
  await product();
}
process.on('disconnect', () => process.exit(0));

async function product(): Promise<void> {
  const folder = given === '' ? mkdtempSync(join(tmpdir(), 'nadpis-bench-')) : given;
  if (given === '') process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const database = openFileWithWriter(join(folder, 'nadpis.db'));
  const clock = { now: () => Date.now() };
  const fresh = (await migrate(database, readMigrations(), clock.now())).length > 0;
  let hint = () => {};
  const platform: Platform = {
    name: 'node',
    database,
    mailer: { send: async () => {} },
    clock,
    wakeUp: { hint: () => hint() },
    outward: { transport: createNodeTransport().transport, privateAddresses: true },
    newId: createIds(clock),
    later: (work) => void work,
    log: { info: () => {}, warn: console.warn, error: console.error },
    metrics: createMetrics(),
    sandbox: false,
    settings: {
      publicUrl: `http://127.0.0.1:${server.port}`,
      statementsAddress: 'zgody@operator.example',
      mailFrom: 'nadpis@nadpis.example',
      secret: 'a secret of benches, longer than 32 characters',
    },
  };
  const token = fresh ? await seed(platform) : '';
  const operators =
    mode === 'deliver'
      ? [
          createHttpSandbox(
            { url: simulator, token: 't', maximumRecipients: Number(recipients), deduplicates: true },
            { transport: createNodeTransport().transport, now: clock.now, reportsUrl: null },
          ),
        ]
      : [];
  const { router, dispatch } = await createDelivery(platform, { operators });
  const app = createApp(platform, {
    ...(mode === 'deliver' && { router }),
    onReports: dispatch.reported,
  });
  server.serve((request, env) => app.fetch(request, env as object));
  if (mode === 'deliver') {
    hint = dispatch.hint;
    dispatch.start();
  }
  process.on('message', async (told: { state?: boolean }) => {
    if (!told.state) return;
    const [row] = await database.query({
      sql: 'SELECT sum(delivered) AS delivered, sum(accepted) AS accepted FROM batch_progress',
    });
    process.send?.({
      delivered: Number(row?.delivered ?? 0),
      accepted: Number(row?.accepted ?? 0),
      memory: process.memoryUsage.rss(),
    });
  });
  const report = mode === 'deliver' ? await callbackUrl(platform, 'http-sandbox') : null;
  process.send?.({ port: server.port, token, report });
}

/** An organisation with an authorised name and parts for any bench. Returns a session's token. */
async function seed({ database, clock }: Platform): Promise<string> {
  const now = clock.now();
  const token = newToken();
  await database.batch([
    { sql: `INSERT INTO organisations (id, name, created_at) VALUES ('org_1', 'Nowak', ?)`, args: [now] },
    {
      sql: `INSERT INTO companies (id, organisation_id, name, created_at) VALUES ('com_1', 'org_1', 'Nowak', ?)`,
      args: [now],
    },
    {
      sql: `INSERT INTO people (id, organisation_id, email, name, roles, created_at)
        VALUES ('per_1', 'org_1', 'anna@nadpis.example', 'Anna', '["sender"]', ?)`,
      args: [now],
    },
    { sql: `INSERT INTO person_companies VALUES ('per_1', 'com_1')` },
    {
      sql: `INSERT INTO sender_names (id, organisation_id, name, name_key, state, state_since, created_by, created_at)
        VALUES ('snd_1', 'org_1', 'Firma Nowak', 'firma nowak', 'authorised', ?, 'per_1', ?)`,
      args: [now, now],
    },
    { sql: `UPDATE organisations SET program_sender_name_id = 'snd_1'` },
    {
      sql: `INSERT INTO ledger (organisation_id, kind, parts, by, at) VALUES ('org_1', 'purchase', 100000000, 'per_1', ?)`,
      args: [now],
    },
    {
      sql: `INSERT INTO sessions (token_hash, id, person_id, organisation_id, created_at, used_at, expires_at)
        VALUES (?, 'ses_1', 'per_1', 'org_1', ?, ?, ?)`,
      args: [await sha256(token), now, now, now + 86_400_000],
    },
  ]);
  return token;
}

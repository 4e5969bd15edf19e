import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createClient, type Result, readWebhook } from '../../docs/hrm/client.ts';
import { type ServerProcess, startServer } from '../../scripts/server-process.ts';
import { openFile } from '../../server/database/libsql-file.ts';
import { demo } from '../../server/demo/seed.ts';
import { newToken, sha256 } from '../../server/session/secrets.ts';
import { fieldsOf, hrmEventIds, hrmEventOf } from '../../shared/hrm/events.ts';

const company = demo.companies.nowak;
const patience = { timeout: 120_000, interval: 200 };
let data: string;
let server: ServerProcess;
let token: string;

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'nadpis-hrm-'));
  server = await startServer({ data });
  token = newToken();
  const database = openFile(join(data, 'nadpis.db'));
  const now = Date.now();
  await database.batch([
    {
      sql: `INSERT INTO sessions (token_hash, id, person_id, organisation_id, created_at, used_at, expires_at)
        VALUES (?, 'ses_client', ?, ?, ?, ?, ?)`,
      args: [
        await sha256(token),
        demo.people.administrator.id,
        demo.organisation,
        now,
        now,
        now + 86_400_000,
      ],
    },
  ]);
  await database.close();
});
afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

/** What an administrator does in the settings. */
async function administer(method: string, path: string, body: object): Promise<Record<string, string>> {
  const answer = await fetch(`${server.url}${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.ok, `${method} ${path}`).toBe(true);
  return (await answer.json()) as Record<string, string>;
}

describe('the example of an HRM application', () => {
  it('tells an employee over a real server, and is told by a genuine webhook that the text has come', async () => {
    const results: Result[] = [];
    const genuine: unknown[] = [];
    let secret = '';
    const application = createServer(async (request, response) => {
      let body = '';
      for await (const piece of request.setEncoding('utf8')) body += piece;
      genuine.push(new Webhook(secret).verify(body, request.headers as Record<string, string>));
      expect(() => readWebhook(secret, request.headers, `${body} `)).toThrow('signature');
      expect(() => readWebhook(secret, { ...request.headers, 'webhook-timestamp': '1' }, body)).toThrow(
        'old',
      );
      results.push(...readWebhook(secret, request.headers, body));
      response.writeHead(204).end();
    });
    await new Promise<void>((resolve) => application.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(application.address() as AddressInfo).port}/nadpis`;

    const key = await administer('POST', '/v1/api-keys', {
      name: 'HRM',
      scopes: ['hrm:notify'],
      companies: [company],
    });
    const nadpis = createClient(server.url, key.secret ?? '', company);
    await nadpis.putEmployees([
      { reference: '001/E/2026', name: 'Anna Nowak', businessPhone: '600 100 211' },
      { reference: '002/E/2026', name: 'Piotr Lis' },
    ]);
    const everyone = ['001/E/2026', '002/E/2026'].map((reference) => ({
      reference,
      fields: { month: '11/2026' },
    }));

    await expect(nadpis.tell('payslip-ready', everyone)).rejects.toMatchObject({
      status: 403,
      code: 'hrm-not-permitted',
    });
    await administer('PATCH', `/v1/companies/${company}`, { hrmPermission: true });
    // At whatever hour this runs.
    await administer('PATCH', `/v1/companies/${company}/sending`, { quietHours: { from: 0, until: 24 } });
    secret = (await administer('PUT', `/v1/companies/${company}/hrm/webhook`, { url })).secret ?? '';

    const told = await nadpis.tell('payslip-ready', everyone, 'payslips-2026-11');
    expect(told).toMatchObject({ notified: 1, skipped: [{ reference: '002/E/2026', reason: 'no-number' }] });
    expect(await nadpis.tell('payslip-ready', everyone, 'payslips-2026-11')).toEqual(told);
    await vi.waitFor(() => expect(results).toHaveLength(2), patience);
    expect(results.sort((a, b) => a.index - b.index)).toMatchObject([
      { callId: told.id, event: 'payslip-ready', employee: '001/E/2026', state: 'delivered' },
      {
        callId: told.id,
        event: 'payslip-ready',
        employee: '002/E/2026',
        state: 'skipped',
        reason: 'no-number',
      },
    ]);
    expect(genuine.length).toBeGreaterThan(0);
    expect(await nadpis.counts(told.id)).toEqual({ delivered: 1, skipped: 1 });
    application.closeAllConnections();
    await new Promise((resolve) => application.close(resolve));
  });

  it('has a page whose table of events is the catalogue', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/hrm/README.md'), 'utf8');
    const rows = [...page.matchAll(/^\| `([\w-]+)` +\| (\w+) +\| (.*?) +\|$/gm)].map((hit) => [
      hit[1],
      hit[2],
      (hit[3] ?? '').replaceAll('`', '').trim(),
    ]);
    expect(rows).toEqual(
      hrmEventIds.map((event) => [
        event,
        hrmEventOf(event).direction,
        fieldsOf(event)
          .slice(1)
          .map((field) => field.id)
          .join(', '),
      ]),
    );
  });

  it('stands in the reference, every route of HRM with it', async () => {
    const document = (await (await fetch(`${server.url}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { tags: string[] }>>;
      components: { schemas: Record<string, { properties: Record<string, unknown> }> };
    };
    const { HrmNotificationCall: call, NotifiedEmployee: person } = document.components.schemas;
    expect(call?.properties.employees).toMatchObject({
      type: 'array',
      maxItems: 50_000,
      items: { $ref: '#/components/schemas/NotifiedEmployee' },
    });
    expect(Object.keys(person?.properties ?? {})).toContain('fields');
    const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, { tags }]) => tags.includes('HRM'))
        .map(([method]) => `${method.toUpperCase()} ${path}`),
    );
    expect(routes.sort()).toEqual([
      'DELETE /v1/companies/{id}/hrm/employees',
      'DELETE /v1/companies/{id}/hrm/webhook',
      'GET /v1/companies/{id}/hrm',
      'GET /v1/companies/{id}/hrm/consents',
      'GET /v1/companies/{id}/hrm/employees',
      'GET /v1/companies/{id}/hrm/events',
      'GET /v1/companies/{id}/hrm/report',
      'GET /v1/companies/{id}/hrm/report.csv',
      'GET /v1/companies/{id}/hrm/webhook',
      'GET /v1/companies/{id}/hrm/webhook/deliveries',
      'GET /v1/hrm/notifications/{id}',
      'PATCH /v1/companies/{id}/hrm',
      'PATCH /v1/companies/{id}/hrm/events/{event}',
      'POST /v1/companies/{id}/hrm/consents',
      'POST /v1/companies/{id}/hrm/consents/import',
      'POST /v1/companies/{id}/hrm/consents/withdraw',
      'POST /v1/companies/{id}/hrm/employees/import',
      'POST /v1/companies/{id}/hrm/events/{event}/preview',
      'POST /v1/companies/{id}/hrm/webhook/test',
      'POST /v1/hrm/notifications',
      'PUT /v1/companies/{id}/hrm/employees',
      'PUT /v1/companies/{id}/hrm/webhook',
    ]);
    const page = await (await fetch(`${server.url}/docs`)).text();
    expect(page).toContain('/v1/hrm/notifications');
  });
});

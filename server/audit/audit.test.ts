import { afterEach, describe, expect, it, vi } from 'vitest';
import { type AuditEntry, AuditQuery } from '../../shared/api/audit.ts';
import { addOrganisation, type TestApp, testApp } from '../fixture.node.ts';
import { auditBefore } from './reading.ts';

// A loaded machine must not decide a test.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let t: TestApp;
afterEach(() => t.end());

async function open() {
  t = await testApp();
  for (const n of [1, 2]) await addOrganisation(t.platform, n);
  const token = await t.signIn('per_1_administrator');
  const change = (method: string, path: string, body?: unknown) => t.call(method, path, { token, body });
  const read = async (query: Record<string, string> = {}, as = token) => {
    const answer = await t.call('GET', `/v1/audit?${new URLSearchParams(query)}`, { token: as });
    return {
      status: answer.status,
      ...((await answer.json()) as { items: AuditEntry[]; next: string | null }),
    };
  };
  const acts = async (query: Record<string, string> = {}) => (await read(query)).items.map(({ act }) => act);
  return { token, change, read, acts };
}

describe('the audit, as administrators read it', () => {
  it('tells who did what to what, newest first, with names', async () => {
    const { change, read } = await open();
    await change('PATCH', '/v1/companies/com_1a', { name: 'Nowa nazwa' });
    t.platform.clock.forward(60_000);
    await change('POST', '/v1/api-keys', { name: 'ERP', scopes: ['send'], companies: ['com_1a'] });
    const { items } = await read();
    expect(items).toMatchObject([
      {
        act: 'api-key.made',
        at: t.platform.clock.now(),
        by: { id: 'per_1_administrator', kind: 'person' },
        subjectName: 'ERP',
      },
      {
        act: 'company.changed',
        subject: 'com_1a',
        subjectName: 'Nowa nazwa',
        at: t.platform.clock.now() - 60_000,
      },
    ]);
    expect(items[0]?.by.name).not.toBe('');
    // The key's secret is in no record.
    expect(JSON.stringify(items)).not.toContain('nadpis_');
  });

  it('knows API keys, operators and the server itself as authors', async () => {
    const { read, change } = await open();
    const made = await change('POST', '/v1/api-keys', {
      name: 'ERP',
      scopes: ['send'],
      companies: ['com_1a'],
    });
    const { id } = (await made.json()) as { id: string };
    await t.platform.database.batch(
      [id, 'operator:serwersms', 'system', 'per_gone'].map((by, at) => ({
        sql: `INSERT INTO audit (organisation_id, by, act, subject, at) VALUES ('org_1', ?, 'x.y', 'snd_1', ?)`,
        args: [by, at],
      })),
    );
    const { items } = await read({ subject: 'snd_1' });
    expect(items.map(({ by }) => [by.kind, by.name])).toEqual([
      ['person', ''],
      ['system', ''],
      ['operator', 'serwersms'],
      ['api-key', 'ERP'],
    ]);
  });

  it('leaves out what comes with every sending, unless it is asked for', async () => {
    const { token, acts, change } = await open();
    await change('PATCH', '/v1/companies/com_1a', { name: 'Inna' });
    const sent = await t.call('POST', '/v1/batches', {
      token,
      body: { companyId: 'com_1a', text: 'Dzień dobry', recipients: [{ number: '600100200' }] },
      headers: { 'Idempotency-Key': 'a' },
    });
    expect(sent.status).toBe(201);
    expect(await acts()).toEqual(['company.changed']);
    expect(await acts({ sendings: 'true' })).toEqual(['batch.accepted', 'company.changed']);
    expect(await acts({ area: 'sending' })).toEqual(['batch.accepted']);
    expect(await acts({ area: 'companies', sendings: 'true' })).toEqual(['company.changed']);
    expect(await acts({ area: 'people' })).toEqual([]);
  });

  it('is looked through by person, subject and time', async () => {
    const { change, acts } = await open();
    await change('PATCH', '/v1/companies/com_1a', { name: 'A' });
    const between = t.platform.clock.now() + 1;
    t.platform.clock.forward(1000);
    await change('PATCH', '/v1/companies/com_1b', { name: 'B' });
    expect(await acts({ subject: 'com_1b' })).toEqual(['company.changed']);
    expect(await acts({ by: 'per_1_sender' })).toEqual([]);
    expect(await acts({ by: 'per_1_administrator' })).toHaveLength(2);
    expect(await acts({ from: String(between) })).toHaveLength(1);
    expect(await acts({ until: String(between) })).toHaveLength(1);
    expect(await acts({ from: '0', until: '1' })).toEqual([]);
  });

  it('comes in pages, each record once, whatever is added meanwhile', async () => {
    const { change, read } = await open();
    for (let n = 0; n < 5; n++) await change('PATCH', '/v1/companies/com_1a', { name: `N${n}` });
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await read({ limit: '2', ...(cursor === null ? {} : { cursor }) });
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.next;
      await change('PATCH', '/v1/companies/com_1b', { name: `M${ids.length}` });
    } while (cursor !== null);
    expect(ids).toHaveLength(5);
    expect(new Set(ids).size).toBe(5);
    expect((await read({ cursor: 'x' })).status).toBe(400);
    expect((await read({ area: 'nothing' })).status).toBe(400);
  });

  it('is each organisation’s own', async () => {
    const { change, read } = await open();
    await change('PATCH', '/v1/companies/com_1a', { name: 'Tajna' });
    const stranger = await t.signIn('per_2_administrator');
    expect((await read({}, stranger)).items).toEqual([]);
    expect((await read({ subject: 'com_1a', sendings: 'true' }, stranger)).items).toEqual([]);
  });

  it('is added to and never changed, by the database itself', async () => {
    const { change } = await open();
    await change('PATCH', '/v1/companies/com_1a', { name: 'A' });
    for (const sql of [`UPDATE audit SET by = 'nobody'`, 'DELETE FROM audit']) {
      await expect(t.platform.database.batch([{ sql }])).rejects.toThrow(/append-only/);
    }
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      expect((await change(method, '/v1/audit')).status).toBe(405);
    }
  });

  it('millions of sendings are not read through for one change', async () => {
    await open();
    for (const query of [{}, { area: 'names' }, { by: 'per_1_administrator' }]) {
      const statement = auditBefore('org_1', null, AuditQuery.parse(query));
      const plan = await t.platform.database.query({
        ...statement,
        sql: `EXPLAIN QUERY PLAN ${statement.sql}`,
      });
      expect(JSON.stringify(plan)).toContain('USING INDEX audit_of_changes (organisation_id=? AND');
    }
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import type { BatchAccepted } from '../../shared/api/batches.ts';
import type { SenderName, SenderNameState } from '../../shared/api/sender-names.ts';
import { createSerwerSms } from '../operators/serwersms/adapter.ts';
import { serwerSmsSettings } from '../operators/serwersms/settings.ts';
import { startSerwerSmsSimulator } from '../operators/serwersms/simulator.ts';
import { createNodeTransport } from '../platform/http.node.ts';
import { type Office, type OfficeOptions, office } from './fixture.node.ts';
import { round } from './operator-rounds.ts';
import { oneOperator, type SenderOperator } from './sender-operators.ts';

// A loaded machine must not decide a test.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** An organisation with everything for sending but a name: parts, HRM with its permission, and keys of programs. */
async function open(options: OfficeOptions & { parts?: number } = {}) {
  const at = await office(options);
  ends.push(async () => {
    await at.settled();
    await at.end();
  });
  await at.database.batch([
    {
      sql: `INSERT INTO ledger (organisation_id, kind, parts, by, at) VALUES ('org_1', 'purchase', ?, 'per_anna', 1)`,
      args: [options.parts ?? 300],
    },
    { sql: 'UPDATE companies SET hrm_permission = 1' },
    {
      sql: `INSERT INTO sites (id, organisation_id, host_pattern, kind, changed_at)
            VALUES ('sit_hrm', 'org_1', 'hrm.example', 'hrm', 1), ('sit_crm', 'org_1', 'crm.example', 'crm', 1)`,
    },
    { sql: `INSERT INTO person_companies (person_id, company_id) VALUES ('per_piotr', 'com_1')` },
  ]);
  const key = async (scope: 'send' | 'hrm:notify') => {
    const made = await at.call<{ secret: string }>('POST', '/v1/api-keys', {
      name: scope,
      scopes: [scope],
      companies: ['com_1'],
    });
    return made.body.secret;
  };
  return { at, keys: { send: await key('send'), hrm: await key('hrm:notify') } };
}

interface Caller {
  as?: string;
  bearer?: string;
  pageUrl: string | null;
}

const callersOf = (keys: { send: string; hrm: string }): Record<string, Caller> => ({
  'an administrator': { as: 'anna', pageUrl: 'https://crm.example/list' },
  'a sender': { as: 'piotr', pageUrl: 'https://crm.example/list' },
  'an API key': { bearer: keys.send, pageUrl: null },
  'an administrator from HRM': { as: 'anna', pageUrl: 'https://hrm.example/list' },
  'hr from HRM': { as: 'ewa', pageUrl: 'https://hrm.example/list' },
  'an API key of an HRM application': { bearer: keys.hrm, pageUrl: 'https://hrm.example/list' },
});

let sent = 0;
/** Everything that sends, or says what sending would do. */
const waysOf = (at: Office, { as = 'anna', bearer, pageUrl }: Caller, companyId = 'com_1') => {
  const call = (path: string, more: object = {}) =>
    at.call<BatchAccepted & { code?: string; facts?: Record<string, unknown> }>(
      'POST',
      path,
      { companyId, pageUrl, text: 'Dzień dobry', recipients: [{ number: '600100200' }], ...more },
      {
        as,
        headers: {
          'Idempotency-Key': `gate-${++sent}`,
          ...(bearer === undefined ? {} : { Authorization: `Bearer ${bearer}` }),
        },
      },
    );
  return {
    now: () => call('/v1/batches'),
    scheduled: () => call('/v1/batches', { scheduledAt: at.clock.now() + 3_600_000 }),
    marketing: () => call('/v1/batches', { purpose: 'marketing' }),
    preview: () => call('/v1/batches/preview'),
  };
};

const setState = (at: Office, state: SenderNameState) =>
  at.rows('UPDATE sender_names SET state = ? WHERE name = ?', state, 'Nowak');

describe('the gate, over the API', () => {
  it('R21: nobody sends under a name that is not authorised: every state, caller and way', async () => {
    const { at, keys } = await open();
    await at.authorised('Nowak');
    const callers = Object.entries(callersOf(keys));
    const states = [
      'draft',
      'statement-accepted',
      'submitted',
      'rejected',
      'deactivated',
      'withdrawn',
    ] as const;
    for (const state of states) {
      await setState(at, state);
      for (const [who, caller] of callers) {
        for (const [way, act] of Object.entries(waysOf(at, caller))) {
          expect(await act(), `${state}, ${who}, ${way}`).toMatchObject({
            status: 403,
            body: { code: 'sender-name-not-authorised', facts: { name: 'Nowak', state } },
          });
        }
      }
    }
    expect(await at.rows('SELECT id FROM batches')).toEqual([]);
    expect(await at.rows(`SELECT kind FROM ledger WHERE kind <> 'purchase'`)).toEqual([]);

    // It is the name alone that stopped them.
    await setState(at, 'authorised');
    for (const [who, caller] of callers) {
      expect((await waysOf(at, caller).now()).status, who).toBe(201);
      expect((await waysOf(at, caller).scheduled()).status, who).toBe(201);
    }
  });

  it('R21, R9: a company whose own name waits does not send under the program’s authorised one', async () => {
    const { at, keys } = await open();
    await at.authorised('Nowak');
    await at.add('NowakSerwis', { slot: 'com_1' });
    for (const [who, caller] of Object.entries(callersOf(keys))) {
      const answer = await waysOf(at, caller).now();
      expect(answer.body, who).toMatchObject({
        code: 'sender-name-not-authorised',
        facts: { name: 'NowakSerwis' },
      });
    }
    const { as, pageUrl } = { as: 'anna', pageUrl: null };
    expect((await waysOf(at, { as, pageUrl }, 'com_2').now()).body.senderName).toBe('Nowak');
  });

  it('R2: without a name and without a package each is refused for its own reason', async () => {
    const { at } = await open({ parts: 1 });
    const { now } = waysOf(at, { as: 'anna', pageUrl: null });
    expect(await now()).toMatchObject({ status: 403, body: { code: 'sender-name-missing' } });
    await at.authorised('Nowak');
    expect((await now()).status).toBe(201);
    expect(await now()).toMatchObject({
      status: 402,
      body: { code: 'insufficient-parts', facts: { needed: 1, balance: 0, shortfall: 1 } },
    });
  });

  it('R4: what is accepted and what is queued carry the effective name', async () => {
    const { at } = await open();
    await at.authorised('Nowak');
    const { preview, now } = waysOf(at, { as: 'piotr', pageUrl: 'https://crm.example/' });
    expect((await preview()).body.senderName).toBe('Nowak');
    expect((await now()).body.senderName).toBe('Nowak');
    expect(await at.rows('SELECT sender_name FROM messages')).toEqual([{ sender_name: 'Nowak' }]);
  });

  it('R5: a name that is only in the operator’s panel is none of ours, and nothing is sent under it', async () => {
    const { transport, close } = createNodeTransport();
    const simulator = await startSerwerSmsSimulator();
    ends.push(close, simulator.close);
    simulator.addName('ZPanelu', 'authorized');
    const settings = serwerSmsSettings.parse({ token: 'token', baseUrl: simulator.url });
    const operators = oneOperator(
      createSerwerSms(settings, { transport, now: () => Date.now(), reportsUrl: null }),
    );
    const { at } = await open({ operators });
    await round(at.platform, (await operators.of('org_1')) as SenderOperator, ['org_1']);
    const { body } = await at.call<{ items: SenderName[] }>('GET', '/v1/sender-names');
    expect(body.items).toEqual([]);
    expect((await waysOf(at, { as: 'anna', pageUrl: null }).now()).body.code).toBe('sender-name-missing');
  });
});

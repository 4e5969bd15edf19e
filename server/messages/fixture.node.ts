import { BatchAccepted, type BatchDraft } from '../../shared/api/batches.ts';
import type { Actor } from '../access/actor.ts';
import type { Database, Row, Value } from '../database/database.ts';
import { migrated, type Temporary } from '../database/temporary.node.ts';
import type { Operator } from '../operators/operator.ts';
import { deliverReports } from '../operators/sandbox/reporting.ts';
import { createSandbox } from '../operators/sandbox/sandbox.ts';
import type { Log } from '../platform/platform.ts';
import { type Acceptance, createAcceptance } from './accept.ts';
import { fixedRouter } from './dispatch/routing.ts';
import { createDispatch, type Dispatch } from './dispatch/running.ts';
import { ourIds } from './our-id.ts';

/** A clock that goes only when told. Starts at a moment of an ordinary working day. */
export class HandClock {
  private at = Date.UTC(2026, 2, 4, 10, 0, 0);
  now(): number {
    return this.at;
  }
  forward(milliseconds: number): void {
    this.at += milliseconds;
  }
}

export interface Fixture extends Temporary {
  clock: HandClock;
  newId(prefix: string): string;
  organisation(id: string, options?: { balance?: number; state?: string }): Promise<void>;
  sum(table: string, column: string, where?: string): Promise<number>;
}

/** May send for the company of `org_1`. */
export const anna: Actor = {
  kind: 'person',
  id: 'per_anna',
  organisationId: 'org_1',
  roles: ['sender'],
  scopes: [],
  companies: new Set(['com_org_1']),
  session: null,
};

/** A migrated file with one organisation `org_1`, its company `com_org_1` and the authorised name "Firma Nowak". */
export async function fixture(options: { balance?: number; state?: string } = {}): Promise<Fixture> {
  const temporary = await migrated();
  const clock = new HandClock();
  let ids = 0;
  const made: Fixture = {
    ...temporary,
    clock,
    newId: (prefix) => `${prefix}_${String(++ids).padStart(8, '0')}`,
    organisation: (id, more = {}) => addOrganisation(temporary.database, clock, id, more),
    sum: async (table, column, where = '1') => {
      const rows = await temporary.database.query({
        sql: `SELECT coalesce(sum(${column}), 0) AS n FROM ${table} WHERE ${where}`,
      });
      return Number(rows[0]?.n);
    },
  };
  await made.organisation('org_1', options);
  return made;
}

async function addOrganisation(
  database: Database,
  clock: HandClock,
  id: string,
  { balance = 300, state = 'authorised' }: { balance?: number; state?: string },
): Promise<void> {
  const now = clock.now();
  const name = id === 'org_1' ? 'Firma Nowak' : `N${id}`.slice(0, 11);
  await database.batch([
    { sql: 'INSERT INTO organisations (id, name, created_at) VALUES (?, ?, ?)', args: [id, id, now] },
    {
      sql: 'INSERT INTO companies (id, organisation_id, name, created_at) VALUES (?, ?, ?, ?)',
      args: [`com_${id}`, id, 'Nowak', now],
    },
    {
      sql: `INSERT INTO sender_names (id, organisation_id, name, name_key, state, state_since, created_by, created_at)
        VALUES (?, ?, ?, ?, ?, ?, 'per_anna', ?)`,
      args: [`snd_${id}`, id, name, name.toLowerCase(), state, now - 7_200_000, now],
    },
    { sql: 'UPDATE organisations SET program_sender_name_id = ? WHERE id = ?', args: [`snd_${id}`, id] },
    {
      sql: `INSERT INTO ledger (organisation_id, kind, parts, by, at) VALUES (?, 'purchase', ?, 'per_anna', ?)`,
      args: [id, balance, now],
    },
  ]);
}

/** A draft to the given numbers; the rest as a composer would send it. */
export function draftTo(numbers: readonly string[], more: Partial<BatchDraft> = {}): BatchDraft {
  return {
    companyId: 'com_org_1',
    purpose: 'service',
    text: 'Zamowienie jest gotowe do odbioru.',
    foldPolishLetters: false,
    pageUrl: null,
    templateId: null,
    scheduledAt: null,
    recipients: numbers.map((number, at) => ({
      number,
      name: `Osoba ${at}`,
      fields: {},
      reference: `row-${at}`,
    })),
    ...more,
  };
}

/** The n-th of many Polish mobiles, ending in no digits that the sandbox takes for a fault. */
export function mobile(n: number): string {
  return `+4860${String(1000 + Math.floor(n / 800)).padStart(4, '0')}${String(200 + (n % 800)).padStart(3, '0')}`;
}

/** No log: what a test expects to go wrong need not be read by people. */
export const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };

export interface Office extends Fixture {
  acceptance: Acceptance;
  dispatch: Dispatch;
  /** Sends to the numbers under a new key. */
  send(numbers: readonly string[], more?: Partial<BatchDraft>): Promise<BatchAccepted>;
  /** One round, the clock moved on before it. */
  after(milliseconds: number): Promise<void>;
  /** State of each message in the order of acceptance. */
  states(): Promise<string[]>;
  rows(sql: string, ...args: Value[]): Promise<Row[]>;
}

/** Everything a message passes on its way, over the sandbox operator or the one given. */
export async function office(
  options: {
    balance?: number;
    state?: string;
    operator?: (made: Fixture) => Operator;
    settings?: object;
  } = {},
): Promise<Office> {
  const made = await fixture(options);
  const { database, clock, newId } = made;
  const operator = options.operator?.(made) ?? createSandbox({ database, clock, slow: 5 });
  const acceptance = createAcceptance({
    database,
    clock,
    newId,
    wakeUp: { hint: () => {} },
    maximumParts: () => 6,
  });
  const dispatch = createDispatch({
    database,
    clock,
    newId,
    log: silent,
    ourIds: await ourIds(database),
    router: fixedRouter([operator]),
    random: () => 0.5,
    also: (now) => deliverReports(database, now),
    ...(options.settings === undefined ? {} : { settings: options.settings }),
  });
  let keys = 0;
  const rows = (sql: string, ...args: Value[]) => database.query({ sql, args });
  return {
    ...made,
    acceptance,
    dispatch,
    rows,
    send: async (numbers, more) => {
      const key = `key-${++keys}`;
      const draft = draftTo(numbers, more);
      const { answer } = await acceptance.send({ actor: anna, draft, idempotencyKey: key, fingerprint: key });
      return BatchAccepted.parse(JSON.parse(answer));
    },
    after: async (milliseconds) => {
      clock.forward(milliseconds);
      await dispatch.turn();
      // Reports that the sandbox has just put into the inbox.
      await dispatch.turn();
    },
    states: async () =>
      (await rows('SELECT state FROM messages ORDER BY id')).map((row) => String(row.state)),
    end: async () => {
      await dispatch.stop(0);
      await made.end();
    },
  };
}

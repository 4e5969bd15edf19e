import type { SenderNameDetail, SenderNameDraft } from '../../shared/api/sender-names.ts';
import { statementVersion } from '../../shared/sender-name/index.ts';
import type { Actor } from '../access/actor.ts';
import { createApp } from '../app.ts';
import type { Database } from '../database/database.ts';
import { migrated, type Temporary } from '../database/temporary.node.ts';
import { HandClock } from '../messages/fixture.node.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { createNodeTransport } from '../platform/http.node.ts';
import { createIds } from '../platform/ids.ts';
import type { Mail, Platform } from '../platform/platform.ts';
import { sha256 } from '../session/secrets.ts';
import type { SenderNameOptions } from './operation.ts';

export interface Answer<Body = Record<string, unknown>> {
  status: number;
  body: Body;
  headers: Headers;
}

export interface Office extends Temporary {
  platform: Platform;
  clock: HandClock;
  /** The server's own mails, to administrators. */
  mails: Mail[];
  /** Calls the API as a person; `anna` is the administrator of org_1. */
  call<Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    more?: { as?: string; headers?: Record<string, string>; raw?: Uint8Array<ArrayBuffer> },
  ): Promise<Answer<Body>>;
  /** Ends when all that goes on after answers has ended. */
  settled(): Promise<void>;
  organisation(id: string, more?: { hasCrm?: boolean; companies?: number }): Promise<void>;
  rows(sql: string, ...args: (string | number | null)[]): Promise<Record<string, unknown>[]>;
  /** Adds a name and gives its detail; throws what the API refused. */
  add(name: string, more?: Partial<SenderNameDraft>): Promise<SenderNameDetail>;
  /** Adds, says "I have sent it", and records the operator's yes. */
  authorised(name: string, more?: Partial<SenderNameDraft>): Promise<SenderNameDetail>;
}

export interface OfficeOptions extends SenderNameOptions {
  hasCrm?: boolean;
  companies?: number;
  sandbox?: boolean;
}

export const operatorAddress = 'zgody@operator.test';

/**
 * The whole application over a file, as it answers over HTTP: org_1 with companies com_1, com_2, … whose stamps are filled,
 * the administrator anna, the sender piotr, and the administrator ewa; org_2 with its administrator olga and com_9.
 */
export async function office(options: OfficeOptions = {}): Promise<Office> {
  const temporary = await migrated();
  const { database } = temporary;
  const clock = new HandClock();
  const mails: Mail[] = [];
  const pending: Promise<unknown>[] = [];
  const platform = officePlatform(database, clock, {
    mails,
    pending,
    sandbox: options.sandbox ?? false,
  });
  const app = createApp(platform, { senderNames: options });

  const made: Office = {
    ...temporary,
    platform,
    clock,
    mails,
    settled: async () => {
      while (pending.length > 0) await Promise.all(pending.splice(0));
    },
    rows: (sql, ...args) => database.query({ sql, args }),
    organisation: (id, more = {}) => addOrganisation(made, id, more),
    async call<Body>(
      method: string,
      path: string,
      body?: unknown,
      more: { as?: string; headers?: Record<string, string>; raw?: Uint8Array<ArrayBuffer> } = {},
    ) {
      const answer = await app.request(path, {
        method,
        headers: {
          Authorization: `Bearer ${tokenOf(more.as ?? 'anna')}`,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...more.headers,
        },
        ...(more.raw !== undefined
          ? { body: more.raw }
          : body === undefined
            ? {}
            : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      const json = /json/.test(answer.headers.get('content-type') ?? '') && text !== '';
      return {
        status: answer.status,
        headers: answer.headers,
        body: (json ? JSON.parse(text) : { text }) as Body,
      };
    },
    add: async (name, more = {}) => {
      const answer = await made.call<SenderNameDetail>('POST', '/v1/sender-names', draft(name, more));
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
      return answer.body;
    },
    authorised: async (name, more = {}) => {
      const { id } = await made.add(name, more);
      await submitted(made, id);
      const answer = await made.call<SenderNameDetail>('POST', `/v1/sender-names/${id}/answer`, {
        answer: 'authorised',
        note: 'Potwierdzamy autoryzację',
      });
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
      return answer.body;
    },
  };
  await addOrganisation(made, 'org_1', options);
  await addPerson(made, 'anna', 'org_1', 'Anna Nowak', ['administrator']);
  await addPerson(made, 'ewa', 'org_1', 'Ewa Lis', ['administrator', 'hr']);
  await addPerson(made, 'piotr', 'org_1', 'Piotr Wilk', ['sender']);
  await addOrganisation(made, 'org_2', { companies: 0 });
  await database.batch([
    {
      sql: `INSERT INTO companies (id, organisation_id, name, created_at) VALUES ('com_9', 'org_2', 'Obca', ?)`,
      args: [clock.now()],
    },
  ]);
  await addPerson(made, 'olga', 'org_2', 'Olga Obca', ['administrator']);
  return made;
}

/** What the office runs on; another process over its database has the same. */
export const officePlatform = (
  database: Database,
  clock: Platform['clock'],
  {
    mails = [],
    pending = [],
    sandbox = false,
  }: { mails?: Mail[]; pending?: Promise<unknown>[]; sandbox?: boolean } = {},
): Platform => ({
  name: 'node',
  database,
  mailer: {
    send: async (mail) => {
      mails.push(mail);
    },
  },
  clock,
  wakeUp: { hint: () => {} },
  outward: { transport: createNodeTransport().transport, privateAddresses: true },
  newId: createIds(clock),
  later: (work) => {
    pending.push(work.catch(() => {}));
  },
  log: { info: () => {}, warn: () => {}, error: (event, facts) => console.error(event, facts) },
  metrics: createMetrics(),
  sandbox,
  settings: {
    publicUrl: 'http://127.0.0.1',
    statementsAddress: operatorAddress,
    mailFrom: 'Nadpis <nadpis@localhost>',
    secret: 'a-secret-of-a-test-that-is-long-enough',
  },
});

/** A name with its accepted statement, as the form would send it. */
export function draft(name: string, more: Partial<SenderNameDraft> = {}): SenderNameDraft {
  return {
    name,
    slot: 'program',
    intent: 'add',
    acceptedWarnings: ['contains-space', 'first-name', 'looks-like-blocked'],
    ...more,
    statement: statement(more.statement),
  };
}

type Statement = NonNullable<SenderNameDraft['statement']>;

export const statement = (more: Partial<Statement> = {}): Statement => ({
  companyId: 'com_1',
  company: 'Nowak sp. z o.o.',
  address: 'ul. Długa 5, 31-147 Kraków',
  nip: '856-734-62-15',
  signatory: 'Anna Nowak',
  language: 'pl',
  version: statementVersion,
  accepted: true,
  representation: true,
  saveStamp: false,
  ...more,
});

/** "I have sent it"; with the CRM module the caller has set up a mail server. */
export async function submitted(office: Office, id: string): Promise<void> {
  const detail = await office.call<SenderNameDetail>('GET', `/v1/sender-names/${id}`);
  const answer =
    detail.body.next === 'send-yourself'
      ? await office.call('POST', `/v1/sender-names/${id}/sent`)
      : await submit(office, id);
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
}

let keys = 0;
export const submit = (
  office: Office,
  id: string,
  more: { key?: string; resend?: boolean; as?: string } = {},
) =>
  office.call<SenderNameDetail & { code?: string; facts?: Record<string, unknown> }>(
    'POST',
    `/v1/sender-names/${id}/submission`,
    { resend: more.resend ?? false },
    {
      headers: { 'Idempotency-Key': more.key ?? `key-${++keys}` },
      ...(more.as === undefined ? {} : { as: more.as }),
    },
  );

/** anna, as the routes know her. */
export const annaActor: Actor = {
  kind: 'person',
  id: 'per_anna',
  organisationId: 'org_1',
  roles: ['administrator'],
  scopes: [],
  companies: null,
  session: null,
};

const tokenOf = (who: string) => `token-of-${who}-that-is-long-enough`;

async function addOrganisation(
  office: Office,
  id: string,
  { hasCrm = false, companies = 3 }: { hasCrm?: boolean; companies?: number },
): Promise<void> {
  const now = office.clock.now();
  await office.database.batch([
    {
      sql: 'INSERT INTO organisations (id, name, has_crm, created_at) VALUES (?, ?, ?, ?)',
      args: [id, `Organizacja ${id}`, hasCrm ? 1 : 0, now],
    },
    ...Array.from({ length: companies }, (_, at) => ({
      sql: `INSERT INTO companies (id, organisation_id, name, stamp_name, stamp_address, stamp_nip, created_at)
            VALUES (?, ?, ?, 'Nowak sp. z o.o.', 'ul. Długa 5, 31-147 Kraków', '8567346215', ?)`,
      args: [`com_${at + 1}`, id, `Firma ${'ABCDEFGH'.charAt(at)}`, now],
    })),
  ]);
}

async function addPerson(office: Office, who: string, organisationId: string, name: string, roles: string[]) {
  const now = office.clock.now();
  await office.database.batch([
    {
      sql: 'INSERT INTO people (id, organisation_id, email, name, roles, created_at) VALUES (?, ?, ?, ?, ?, ?)',
      args: [
        `per_${who}`,
        organisationId,
        `${who}@${organisationId.replace('_', '')}.test`,
        name,
        JSON.stringify(roles),
        now,
      ],
    },
    {
      sql: `INSERT INTO sessions (token_hash, id, person_id, organisation_id, created_at, used_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)`,
      args: [await sha256(tokenOf(who)), `ses_${who}`, `per_${who}`, organisationId, now, now, now + 1e11],
    },
  ]);
}

import type { BatchDraftInput } from '../../../shared/api/batches.ts';
import type { Problem } from '../../../shared/api/problems.ts';
import { addOrganisation, type TestApp, testApp } from '../../fixture.node.ts';
import { hrmChores } from '../../hrm/work.ts';
import { createDelivery } from '../delivery.ts';
import type { Dispatch } from '../dispatch/running.ts';

/** The application with two organisations, their people signed in, and dispatch that goes when told. */
export interface SendingApp extends TestApp {
  administrator: string;
  sender: string;
  hr: string;
  /** Of the other organisation. */
  stranger: string;
  dispatch: Pick<Dispatch, 'turn' | 'stop'>;
  /** `POST /v1/batches` by the sender to the first company, under a new key. */
  send(
    draft: Partial<BatchDraftInput>,
    more?: { token?: string; key?: string; path?: string },
  ): Promise<Response>;
  /** So many parts are left. */
  balance(): Promise<number>;
  sql(sql: string): Promise<Record<string, unknown>[]>;
  /** One round of dispatch and reports, the clock moved on before it. */
  after(milliseconds: number): Promise<void>;
}

export async function sendingApp(parts = 100): Promise<SendingApp> {
  const app = await testApp();
  const { platform, call } = app;
  for (const n of [1, 2]) await addOrganisation(platform, n);
  const sql = (statement: string) => platform.database.query({ sql: statement });
  if (parts !== 100) {
    await sql(
      `INSERT INTO ledger (organisation_id, kind, parts, by, at) VALUES ('org_1', 'correct', ${parts - 100}, 'test', 1)`,
    );
  }
  const { turn } = app;
  const dispatch: Pick<Dispatch, 'turn' | 'stop'> =
    turn === undefined
      ? (await createDelivery(platform, { chores: hrmChores(platform, undefined) })).dispatch
      : { turn, stop: async () => {} };
  const sender = await app.signIn('per_1_sender');
  let keys = 0;
  return {
    ...app,
    sender,
    administrator: await app.signIn('per_1_administrator'),
    hr: await app.signIn('per_1_hr'),
    stranger: await app.signIn('per_2_administrator'),
    dispatch,
    sql,
    send: (draft, { token = sender, key = `key-${++keys}`, path = '/v1/batches' } = {}) =>
      call('POST', path, {
        token,
        body: { companyId: 'com_1a', text: 'Wizyta jutro o 10.', recipients: people(1), ...draft },
        headers: { 'Idempotency-Key': key },
      }),
    balance: async () =>
      Number((await sql(`SELECT parts FROM balances WHERE organisation_id = 'org_1'`))[0]?.parts),
    after: async (milliseconds) => {
      platform.clock.forward(milliseconds);
      await dispatch.turn();
      await dispatch.turn();
    },
    end: async () => {
      await dispatch.stop(0);
      await app.end();
    },
  };
}

/** So many people with valid mobiles. */
export const people = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    number: `600 100 ${200 + at}`,
    name: `Osoba ${at}`,
    reference: `row-${at}`,
  }));

export const problemOf = async (answer: Response): Promise<Problem> => (await answer.json()) as Problem;

import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '../../server/database/database.ts';
import { openFile } from '../../server/database/libsql-file.ts';
import { freePort } from '../../server/database/temporary.node.ts';
import { demo } from '../../server/demo/seed.ts';
import { newToken } from '../../server/session/secrets.ts';
import { type Books, readBooks } from './books.ts';
import { furnish } from './furnishing.ts';
import {
  type OperatorKindName,
  type OperatorOrder,
  type Operators,
  operatorKinds,
  startOperators,
} from './operator-process.ts';
import { type FaultyServer, type HeldServer, holdServer, type ServerOptions } from './server-process.ts';

/** Milliseconds that anything may take, on however slow a machine. */
const patience = 300_000;

/** Three operators, and an organisation with an account at each: what every scenario begins with. */
export interface Town {
  /** A fresh copy of the organisation, and the operators as new. */
  scenario(): Promise<Scenario>;
  end(): Promise<void>;
}

export interface Scenario {
  database: Database;
  /** Folder of the server's database. */
  data: string;
  start(options?: Partial<ServerOptions>): Promise<FaultyServer>;
  /** A server that only has to be begun. */
  hold(options?: Partial<ServerOptions>): HeldServer;
  /** To all operators, or to one. */
  tell(order: Omit<OperatorOrder, 'id'>, kind?: OperatorKindName): Promise<void>;
  /**
   * Sends so many texts to be taken by each operator, alone and in batches of 20, until the servers have accepted all
   * of it, whatever becomes of them meanwhile.
   */
  send(each: number): Promise<void>;
  /** Lets the clocks run until operators have all of it; false: they do not get it. */
  handedOver(): Promise<boolean>;
  /** Lets the clocks run until nothing moves any more, then reads the books. */
  finish(): Promise<Books>;
  end(): Promise<void>;
}

/** The n-th number whose texts go to an operator: routes are by country. */
const numberOf: Record<OperatorKindName, (n: number) => string> = {
  smsapi: (n) => `+4860${1_000_000 + n}`,
  twilio: (n) => `+491512${1_000_000 + n}`,
  serwersms: (n) => `+420601${100_000 + n}`,
};

export async function buildTown(): Promise<Town> {
  const operators = await startOperators();
  const publicUrl = `http://127.0.0.1:${await freePort()}`;
  const first = mkdtempSync(join(tmpdir(), 'nadpis-faults-'));
  const token = newToken();
  await furnish(first, publicUrl, token, operators);
  return {
    scenario: () => begin(first, publicUrl, token, operators),
    end: async () => {
      await Promise.all(operatorKinds.map((kind) => operators[kind].end()));
      rmSync(first, { recursive: true, force: true });
    },
  };
}

async function begin(
  first: string,
  publicUrl: string,
  token: string,
  operators: Operators,
): Promise<Scenario> {
  const tell: Scenario['tell'] = async (order, kind) => {
    const told = kind === undefined ? operatorKinds : [kind];
    await Promise.all(told.map((it) => operators[it].tell(order)));
  };
  await tell({ reset: true, open: true });
  const data = mkdtempSync(join(tmpdir(), 'nadpis-faults-'));
  cpSync(first, data, { recursive: true });
  const database = openFile(join(data, 'nadpis.db'));
  const held: HeldServer[] = [];
  const servers: FaultyServer[] = [];
  let keys = 0;
  let numbers = 0;

  async function post(recipients: readonly string[]): Promise<void> {
    const place = ++keys;
    const body = {
      companyId: demo.companies.nowak,
      text: 'Tekst',
      recipients: recipients.map((number) => ({ number })),
    };
    for (const until = Date.now() + patience; Date.now() < until; await wait(50)) {
      const running = servers.filter((server) => server.running);
      const url = running[place % Math.max(1, running.length)]?.url ?? publicUrl;
      const status = await tryToSend(url, token, `key-${place}`, body);
      if (status === 201) return;
      // Not there, or not ready: the client tries again, under the same key.
      if (status !== 0 && status < 500) throw new Error(`a send was answered with ${status}`);
    }
    throw new Error(`a send was not accepted in time:\n${servers.at(-1)?.said()}`);
  }

  function hold(options: Partial<ServerOptions> = {}): HeldServer {
    const one = holdServer({ data, port: Number(new URL(publicUrl).port), publicUrl, ...options });
    held.push(one);
    return {
      ...one,
      go: async () => {
        const started = await one.go();
        servers.push(started);
        return started;
      },
    };
  }

  return {
    database,
    data,
    tell,
    hold,
    start: (options) => hold(options).go(),
    send: async (each) => {
      const work: string[][] = [];
      for (const kind of operatorKinds) {
        let left = each;
        // A third alone, the rest in batches.
        for (; left > each * (2 / 3); left--) work.push([numberOf[kind](numbers++)]);
        for (; left > 0; left -= 20) {
          work.push(Array.from({ length: Math.min(left, 20) }, () => numberOf[kind](numbers++)));
        }
      }
      const waiting = work.sort(() => Math.random() - 0.5).values();
      const client = async (): Promise<void> => {
        for (const recipients of waiting) await post(recipients);
      };
      await Promise.all(Array.from({ length: 16 }, client));
    },
    handedOver: async () => {
      for (const until = Date.now() + patience; Date.now() < until; await wait(200)) {
        const waiting = await database.query({
          sql: `SELECT 1 FROM messages WHERE state IN ('queued', 'sending') LIMIT 1`,
        });
        if (waiting.length === 0) return true;
        for (const server of servers) server.advance(5000);
      }
      return false;
    },
    finish: async () => {
      let still = 0;
      let seen = '';
      for (const until = Date.now() + patience; Date.now() < until && still < 5; await wait(200)) {
        const rows = await database.query({
          sql: 'SELECT state, count(*) AS n FROM messages GROUP BY state',
        });
        if (rows.every((row) => row.state === 'delivered')) break;
        const now = JSON.stringify(rows);
        const moving = rows.some((row) => ['queued', 'sending', 'accepted'].includes(String(row.state)));
        // What stays unknown is asked about again and again: some looks without news are enough.
        still = now === seen && !moving ? still + 1 : 0;
        seen = now;
        for (const server of servers) server.advance(30_000);
      }
      const states = await Promise.all(operatorKinds.map((kind) => operators[kind].tell({})));
      return readBooks(database, states);
    },
    end: async () => {
      await Promise.all(held.map((server) => server.kill()));
      await database.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** The status; 0: nobody answered. */
async function tryToSend(url: string, token: string, key: string, body: unknown): Promise<number> {
  try {
    const answer = await fetch(`${url}/v1/batches`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Authorization: `Bearer ${token}`,
        'Idempotency-Key': key,
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}

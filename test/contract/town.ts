import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type ServerProcess, startServer } from '../../scripts/server-process.ts';
import type { Database } from '../../server/database/database.ts';
import { openFile } from '../../server/database/libsql-file.ts';
import { openRemote } from '../../server/database/libsql-remote.ts';
import { freePort, startLibsqlServer } from '../../server/database/temporary.node.ts';
import { demo } from '../../server/demo/seed.ts';
import { newToken } from '../../server/session/secrets.ts';
import { furnish } from '../faults/furnishing.ts';
import { type OperatorKindName, type Operators, startOperators } from '../faults/operator-process.ts';

export type Machine = 'node' | 'workers';

/** Numbers whose texts go to an operator: its country's. */
export const numberOf: Record<OperatorKindName, (n: number) => string> = {
  smsapi: (n) => `+4860${1_000_000 + n}`,
  twilio: (n) => `+491512${1_000_000 + n}`,
  serwersms: (n) => `+420601${100_000 + n}`,
};

const secret = 'a secret of tests, longer than 32 characters';

/** One database with an organisation and three operators, and any number of servers of either kind over it. */
export interface ServerTown {
  operators: Operators;
  database: Database;
  /** Where operators call back: the first server's place. */
  ports: number[];
  start(place: number, machine: Machine): Promise<ServerProcess>;
  /** The status; 0: nobody answered. */
  send(url: string, key: string, numbers: readonly string[], scheduledAt?: number): Promise<number>;
  end(): Promise<void>;
}

export async function buildServerTown(overServer: boolean, places: number): Promise<ServerTown> {
  const operators = await startOperators();
  const data = mkdtempSync(join(tmpdir(), 'nadpis-town-'));
  const libsql = overServer ? await startDoor(data) : null;
  const ports: number[] = [];
  for (let place = 0; place < places; place++) ports.push(await freePort());
  const publicUrl = `http://127.0.0.1:${ports[0]}`;
  const token = newToken();
  await furnish(data, publicUrl, token, operators, libsql === null ? null : { url: libsql.url, secret });
  const database = libsql === null ? openFile(join(data, 'nadpis.db')) : openRemote({ url: libsql.url });
  const running: ServerProcess[] = [];
  return {
    operators,
    database,
    ports,
    start: async (place, machine) => {
      const server = await startServer({
        data,
        port: ports[place] ?? 0,
        ...(machine === 'node' ? {} : { program: ['scripts/edge/serve.ts'] }),
        env: {
          NADPIS_PUBLIC_URL: publicUrl,
          ...(libsql === null ? {} : { NADPIS_DATABASE_URL: libsql.url, NADPIS_SECRET: secret }),
        },
      });
      running.push(server);
      return server;
    },
    send: async (url, key, numbers, scheduledAt) => {
      const body = {
        companyId: demo.companies.nowak,
        text: 'Tekst',
        recipients: numbers.map((number) => ({ number })),
        ...(scheduledAt === undefined ? {} : { scheduledAt }),
      };
      try {
        const answer = await fetch(`${url}/v1/batches`, {
          method: 'POST',
          headers: {
            'Content-Type': 'application/json',
            Authorization: `Bearer ${token}`,
            'Idempotency-Key': key,
          },
          body: JSON.stringify(body),
          signal: AbortSignal.timeout(20_000),
        });
        await answer.arrayBuffer();
        return answer.status;
      } catch {
        return 0;
      }
    },
    end: async () => {
      await Promise.all(running.map((server) => server.kill()));
      await Promise.all(Object.values(operators).map((operator) => operator.end()));
      await database.close();
      await libsql?.end();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** A libSQL server with the door before it, which several servers over one of one's own need. */
async function startDoor(data: string): Promise<{ url: string; end(): Promise<void> }> {
  const libsql = await startLibsqlServer();
  const door = await startServer({
    data,
    program: ['server/platform/door.ts'],
    env: { NADPIS_DATABASE_URL: libsql.url },
  });
  return {
    url: door.url,
    end: async () => {
      await door.kill();
      await libsql.end();
    },
  };
}

/** Looks until it is so. @throws {Error} with the words, when it does not become so */
export async function until(words: string, patience: number, look: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + patience; Date.now() < end; await wait(100)) if (await look()) return;
  throw new Error(`not within ${patience / 1000} s: ${words}`);
}

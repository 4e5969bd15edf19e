/**
 * What tests in workerd cannot have, for them on this machine: libSQL servers, and servers that listen. `POST /KIND`
 * starts one, `GET /ID` waits for the next thing that it asks its test, `POST /ID/N` answers that, `DELETE /ID` ends it.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  endSharedServer,
  migratedServer,
  startLibsqlServer,
} from '../../../server/database/temporary.node.ts';
import {
  type Behaviour,
  type MailServerOptions,
  mailServer,
} from '../../../server/mail-accounts/smtp-fixture.node.ts';
import { type Reply, startSimulatorServer } from '../../../server/operators/simulator-server.ts';

/** One that runs. */
interface Thing {
  /** What is not asked yet. */
  waiting: { n: number; question: unknown }[];
  open: Map<number, (answer: never) => void>;
  /** Whoever waits for the next one. */
  waker: (() => void) | null;
  ended: boolean;
  end(): Promise<void>;
}

const things = new Map<string, Thing>();
let last = 0;

function add(): { id: string; thing: Thing; ask: <Answer>(question: unknown) => Promise<Answer> } {
  const id = String(++last);
  const thing: Thing = { waiting: [], open: new Map(), waker: null, ended: false, end: async () => {} };
  things.set(id, thing);
  const ask = <Answer>(question: unknown) =>
    new Promise<Answer>((resolve) => {
      const n = ++last;
      thing.open.set(n, resolve);
      thing.waiting.push({ n, question });
      thing.waker?.();
    });
  return { id, thing, ask };
}

/** By kind; gives what its test has to know of it. */
const starts: Record<string, (options: never) => Promise<object>> = {
  database: async () => {
    const { id, thing } = add();
    const { url, end } = await migratedServer();
    thing.end = end;
    return { id, url };
  },
  'empty-database': async () => {
    const { id, thing } = add();
    const { url, end } = await startLibsqlServer();
    thing.end = end;
    return { id, url };
  },
  simulator: async () => {
    const { id, thing, ask } = add();
    const { url, close } = await startSimulatorServer(async ({ query, ...asked }) => {
      const reply = await ask<Reply & { base64?: string }>({ ...asked, query: query.toString() });
      if (reply.kind !== 'answer' || reply.base64 === undefined) return reply;
      return { ...reply, body: Buffer.from(reply.base64, 'base64') };
    });
    thing.end = close;
    return { id, url };
  },
  mail: async (options: MailServerOptions) => {
    const { id, thing, ask } = add();
    const server = await mailServer({ ...options, behaviour: (seen) => ask<Behaviour>(seen) });
    thing.end = server.end;
    return { id, port: server.port };
  },
};

async function next(thing: Thing): Promise<object> {
  while (thing.waiting.length === 0 && !thing.ended) {
    await new Promise<void>((resolve) => {
      thing.waker = resolve;
    });
  }
  return thing.waiting.shift() ?? { n: 0 };
}

async function handle(request: IncomingMessage, body: string): Promise<object> {
  const [, first = '', second] = (request.url ?? '').split('/');
  const start = starts[first];
  if (start !== undefined) return start((body === '' ? {} : JSON.parse(body)) as never);
  const thing = things.get(first);
  if (thing === undefined) throw new Error(`there is no ${first}`);
  if (request.method === 'GET') return next(thing);
  if (request.method === 'DELETE') {
    things.delete(first);
    thing.ended = true;
    thing.waker?.();
    await thing.end();
    return {};
  }
  thing.open.get(Number(second))?.(JSON.parse(body) as never);
  return {};
}

const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  try {
    response.end(JSON.stringify(await handle(request, body)));
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
});
// One that is ended while a call is on its way there takes the call with it.
server.keepAliveTimeout = 0;
server.requestTimeout = 0;
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

// When whoever started it has ended, however that was.
process.stdin.resume().once('end', async () => {
  server.close();
  await Promise.allSettled([...things.values()].map((thing) => thing.end()));
  await endSharedServer();
  process.exit(0);
});

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Pool } from 'undici';

/**
 * A door before a libSQL server of one's own that lets one writer in at a time.
 *
 * sqld 0.24 has one writer and a queue of its own for the others, and with five or more writes at once that queue stops
 * within seconds: what waits spins, no write is ever answered again, and only a restart helps (reads still answer, and so
 * does `/health`). One server's writes can be counted, those of several servers and of Workers cannot: so they queue here.
 * Reads go in at once. A writer that has gone away while it waited is let go; one that is in is never cut short.
 */
export interface WritersDoor {
  /** Where servers are to look for their database. */
  url: string;
  close(): Promise<void>;
}

export interface DoorOptions {
  /** The libSQL server: `http://host:port`. */
  server: string;
  host?: string;
  /** 0: the system chooses. */
  port?: number;
  /** Milliseconds that the server may take for an answer; 60,000 by default, longer than any client waits. */
  patience?: number;
}

/** How every write of ours begins: `Database.batch` knows no other. */
const beginning = '"BEGIN IMMEDIATE"';

/** Of one connection to the next; the rest of the headers goes through as it is (RFC 9110 §7.6.1). */
const ofTheHop = [
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'host',
  'content-length',
  'expect',
];

export async function openWritersDoor(options: DoorOptions): Promise<WritersDoor> {
  const { server, host = '127.0.0.1', port = 0, patience = 60_000 } = options;
  const pool = new Pool(server, { connections: 64, headersTimeout: patience, bodyTimeout: patience });
  let last: Promise<unknown> = Promise.resolve();

  /** After all writers that came before. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  }

  async function pass(request: IncomingMessage, body: Buffer, answer: ServerResponse): Promise<void> {
    if (answer.destroyed) return;
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(([name]) => !ofTheHop.includes(name)),
    );
    const answered = await pool.request({
      path: request.url ?? '/',
      method: (request.method ?? 'GET') as 'GET',
      headers,
      body: body.length === 0 ? null : body,
    });
    // Read to its end, whether or not anybody waits for it: then the writer is out.
    const given = Buffer.from(await answered.body.arrayBuffer());
    if (answer.destroyed) return;
    for (const [name, value] of Object.entries(answered.headers)) {
      if (value !== undefined && !ofTheHop.includes(name)) answer.setHeader(name, value);
    }
    answer.writeHead(answered.statusCode).end(given);
  }

  const door = createServer(async (request, answer) => {
    try {
      const pieces: Buffer[] = [];
      for await (const piece of request) pieces.push(piece as Buffer);
      const body = Buffer.concat(pieces);
      const work = () => pass(request, body, answer);
      await (body.includes(beginning) ? inTurn(work) : work());
    } catch (error) {
      if (answer.destroyed || answer.headersSent) answer.destroy();
      else answer.writeHead(502).end(JSON.stringify({ error: `the libSQL server: ${String(error)}` }));
    }
  });
  door.keepAliveTimeout = 75_000;
  const listening = await new Promise<number>((resolve, reject) => {
    door.once('error', reject);
    door.listen(port, host, () => {
      const address = door.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
  return {
    url: `http://${host}:${listening}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => door.close(() => resolve()));
      door.closeIdleConnections();
      await last;
      door.closeAllConnections();
      await closed;
      await pool.close();
    },
  };
}

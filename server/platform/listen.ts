import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Context } from 'hono';
import type { AppEnv } from '../access/actor.ts';

/** What a process ends with when its port is taken, so that a script can tell. */
export const portTakenExit = 98;

export class PortTaken extends Error {
  constructor(host: string, port: number, free: number | null) {
    const next = free === null ? '' : ` ${free} is free: NADPIS_PORT=${free}`;
    super(`Port ${port} on ${host} is taken by another program.${next}`);
    this.name = 'PortTaken';
  }
}

export interface Listening {
  port: number;
  /** Takes no new connections, waits for the answers under way, and then for at most `patience` milliseconds. */
  stop(patience: number): Promise<void>;
}

type Fetch = (request: Request, env: unknown) => Response | Promise<Response>;

/** A server on the port. The application may be given later: until then calls are answered with 503. */
export async function listen(host: string, port: number): Promise<Listening & { serve(fetch: Fetch): void }> {
  let answer: Fetch = () => new Response('starting', { status: 503, headers: { 'Retry-After': '1' } });
  const server = createServer(
    getRequestListener((request, env) => answer(request, env), {
      // The error handler of the application answers; this is for what never reached it.
      errorHandler: () => new Response('', { status: 400 }),
    }),
  );
  server.requestTimeout = 60_000;
  server.headersTimeout = 15_000;
  // Longer than that of proxies, so that it is they who end an idle connection.
  server.keepAliveTimeout = 75_000;
  const taken = await bind(server, host, port);
  return {
    port: taken,
    serve: (fetch) => {
      answer = fetch;
    },
    stop: (patience) =>
      new Promise((resolve) => {
        const force = setTimeout(() => server.closeAllConnections(), patience);
        server.close(() => {
          clearTimeout(force);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

async function bind(server: Server, host: string, port: number): Promise<number> {
  try {
    await tryPort(server, host, port);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new PortTaken(host, port, await nextFree(host, port));
  }
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

function tryPort(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}

async function nextFree(host: string, port: number): Promise<number | null> {
  for (let next = port + 1; next <= Math.min(port + 50, 65_535); next++) {
    const probe = createServer();
    const free = await tryPort(probe, host, next).then(
      () => true,
      () => false,
    );
    if (free) {
      await new Promise<void>((resolve) => probe.close(() => resolve()));
      return next;
    }
  }
  return null;
}

/**
 * The address that a call comes from. Behind a proxy it is what the proxy added last to `X-Forwarded-For`: what stands
 * before that is the caller's own word.
 */
export function clientAddress(trustProxy: boolean): (c: Context<AppEnv>) => string {
  return (c) => {
    if (trustProxy) {
      const last = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
      if (last) return last;
    }
    const env = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined;
    return env?.incoming?.socket?.remoteAddress ?? 'unknown';
  };
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fault } from './simulator-faults.ts';

export interface Asked {
  method: string;
  /** Without the query. */
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: string;
}

/** What goes back over the wire; `drop` ends the connection, `hold` never answers, `half` breaks off in the middle. */
export type Reply =
  | { kind: 'answer'; status: number; headers: Record<string, string>; body: string | Uint8Array }
  | { kind: 'half'; body: string }
  | { kind: 'drop' }
  | { kind: 'hold' };

export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Reply {
  const body = JSON.stringify(value);
  return { kind: 'answer', status, headers: { 'content-type': 'application/json', ...headers }, body };
}

export interface SimulatorServer {
  /** `http://127.0.0.1:port` */
  url: string;
  close(): Promise<void>;
}

/** An HTTP server on loopback, on a port of the system's choice. */
export async function startSimulatorServer(
  handle: (asked: Asked) => Reply | Promise<Reply>,
): Promise<SimulatorServer> {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', async () => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const asked = {
        method: request.method ?? 'GET',
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        body,
      };
      try {
        reply(response, await handle(asked));
      } catch (error) {
        reply(response, json({ simulator: String(error) }, 500));
      }
    });
  });
  server.keepAliveTimeout = 30_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function reply(response: ServerResponse, it: Reply): void {
  if (it.kind === 'hold') return;
  if (it.kind === 'drop') {
    response.socket?.destroy();
  } else if (it.kind === 'half') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': it.body.length + 100 });
    response.write(it.body, () => response.socket?.destroy());
  } else {
    const length = typeof it.body === 'string' ? Buffer.byteLength(it.body) : it.body.length;
    response.writeHead(it.status, { ...it.headers, 'content-length': length }).end(it.body);
  }
}

/** Faults that are the same over any HTTP operator, done to its honest answer; null: not one of them. */
export function spoiled(fault: Fault | null, honest: Reply): Reply | null {
  const body = honest.kind === 'answer' && typeof honest.body === 'string' ? honest.body : '';
  const answer = (status: number, type: string, text: string | Uint8Array): Reply => ({
    kind: 'answer',
    status,
    headers: { 'content-type': type },
    body: text,
  });
  const page = '<!doctype html><title>Przerwa techniczna</title><p>Zapraszamy później.';
  switch (fault) {
    case 'accept-then-drop':
      return { kind: 'drop' };
    case 'never-answers':
      return { kind: 'hold' };
    case 'half-answer':
      return { kind: 'half', body: body.slice(0, body.length / 2) };
    case 'half-json':
      return answer(200, 'application/json', body.slice(0, body.length / 2));
    case 'server-error':
      return answer(500, 'text/html', page);
    case 'html':
      return answer(200, 'text/html', page);
    case 'empty':
      return answer(200, 'application/json', '');
    case 'huge':
      return answer(200, 'application/json', Buffer.alloc(10 * 1024 * 1024, '['));
    case 'nonsense':
      return answer(200, 'application/json', '[{"success":["true"]},null,7]');
    case 'wrong-content-type':
      return honest.kind === 'answer' ? answer(honest.status, 'text/html', body) : null;
    default:
      return null;
  }
}

/** Faults that are played before anything is taken; null: not one of them. */
export function refusedByServer(fault: Fault | null): Reply | null {
  switch (fault) {
    case 'drop-before-taking':
      return { kind: 'drop' };
    case 'server-error-before-taking':
      return json({ message: 'Service Unavailable' }, 503, { 'retry-after': '5' });
    case 'rate-limited':
      return json({ message: 'Too Many Requests' }, 429, { 'retry-after': '7' });
    case 'moved':
      return { kind: 'answer', status: 302, headers: { location: 'http://127.0.0.1:9/' }, body: '' };
    default:
      return null;
  }
}

/** Calls back, to this machine only: a simulator never reaches for a real address. */
export async function callBack(
  url: string,
  request: { method: string; body?: string; headers?: Record<string, string> },
): Promise<{ status: number; text: string }> {
  const { hostname } = new URL(url);
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) {
    throw new Error(`a simulator calls back to this machine only, not to ${hostname}`);
  }
  const answer = await fetch(url, request);
  return { status: answer.status, text: await answer.text() };
}

import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * An operator over bare node:http in a process of its own: takes texts in the wire format of the HTTP sandbox, counts
 * them, and pushes delivery reports back in lists, as SMSAPI does. Told by its parent over IPC:
 * `{report: url | null}` where to push, `{count: true}` to say what it took.
 */
const together = 200;
const soon = 20;

let pushTo: URL | null = null;
let taken = 0;
let twice = 0;
let pushed = 0;
let sequence = 0;
const known = new Set<string>();
let due: object[] = [];
let timer: NodeJS.Timeout | null = null;
const agent = new Agent({ keepAlive: true, maxSockets: 2 });

interface Asked {
  messages: { ourId: string; parts: number }[];
}

function take(asked: Asked): string {
  const messages = asked.messages.map(({ ourId, parts }) => {
    if (known.has(ourId)) twice++;
    else known.add(ourId);
    taken++;
    const id = `op${(++sequence).toString(36)}`;
    if (pushTo !== null) report({ id, ourId, state: 'delivered', parts, at: Date.now() });
    return { ourId, status: 'taken', id, parts };
  });
  return JSON.stringify({ messages });
}

function report(one: object): void {
  due.push(one);
  if (due.length >= together) push();
  else timer ??= setTimeout(push, soon);
}

function push(): void {
  if (timer !== null) clearTimeout(timer);
  timer = null;
  if (due.length === 0 || pushTo === null) return;
  const reports = due;
  due = [];
  const body = JSON.stringify(reports);
  const { hostname, port, pathname } = pushTo;
  const call = request({
    hostname,
    port,
    path: pathname,
    method: 'POST',
    agent,
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
  });
  // As operators do: what was not taken is pushed again.
  const again = () => setTimeout(() => due.push(...reports), 100);
  call.on('response', (answer) => {
    answer.resume();
    if (answer.statusCode === 200) pushed += reports.length;
    else again();
  });
  call.on('error', again);
  call.end(body);
}

function answer(asked: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = [];
  asked.on('data', (chunk: Buffer) => chunks.push(chunk));
  asked.on('end', () => {
    const body = take(JSON.parse(Buffer.concat(chunks).toString()) as Asked);
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
  });
}

const server = createServer(answer);
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));

process.on('message', (told: { report?: string | null; count?: boolean }) => {
  if (told.report !== undefined) pushTo = told.report === null ? null : new URL(told.report);
  if (told.count) process.send?.({ taken, twice, pushed });
});
process.on('disconnect', () => process.exit(0));

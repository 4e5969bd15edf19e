import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Transport, TransportError, type TransportRequest } from '../operators/transport.ts';
import { edgeTransport } from './http.edge.ts';
import { createNodeTransport } from './http.node.ts';

const node = createNodeTransport();
let server: Server;
let base = '';
let requests = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    requests += 1;
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await node.close();
});

function answer(request: IncomingMessage, response: ServerResponse): void {
  if (request.url === '/drop') {
    request.resume().on('end', () => request.socket.destroy());
  } else if (request.url === '/half') {
    response.writeHead(200, { 'content-length': '100' });
    response.write('{"success":', () => request.socket.destroy());
  } else if (request.url === '/huge') {
    response.writeHead(200);
    response.end(Buffer.alloc(10 * 1024 * 1024, 'x'));
  } else if (request.url === '/never') {
    request.resume();
  } else if (request.url === '/moved') {
    response.writeHead(302, { location: `${base}/` }).end();
  } else {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      response.writeHead(request.url === '/teapot' ? 418 : 200, { 'retry-after': '7' });
      response.end(`${request.method} ${body}`);
    });
  }
}

const post = (url: string, signal = AbortSignal.timeout(20_000)): TransportRequest => ({
  method: 'POST',
  url,
  headers: { 'content-type': 'text/plain' },
  body: 'zażółć',
  signal,
});

async function failureOf(transport: Transport, request: TransportRequest): Promise<TransportError> {
  const error = await transport(request).then(
    (got) => new Error(`answered ${got.status}`),
    (reason: unknown) => reason,
  );
  if (error instanceof TransportError) return error;
  throw error;
}

describe.each([
  ['node', node.transport],
  ['edge', edgeTransport],
] as const)('transport on %s', (name, transport) => {
  test('a whole answer is an answer, whatever its status', async () => {
    const got = await transport(post(`${base}/teapot`));
    expect([got.status, got.header('retry-after'), got.header('x-none'), got.text]).toEqual([
      418,
      '7',
      null,
      'POST zażółć',
    ]);
    expect((await transport(post(`${base}/moved`))).status).toBe(302);
  });

  test.each(['/drop', '/half'])('an answer cut off (%s) may have been acted upon', async (path) => {
    expect(await failureOf(transport, post(base + path))).toMatchObject({
      failure: 'dropped',
      written: true,
    });
  });

  test('an endless answer is not read to its end', async () => {
    expect(await failureOf(transport, post(`${base}/huge`))).toMatchObject({
      failure: 'too-large',
      written: true,
    });
  });

  test('a call ended before it began wrote nothing', async () => {
    const before = requests;
    const error = await failureOf(transport, post(`${base}/`, AbortSignal.abort()));
    expect(error).toMatchObject({ failure: 'ended', written: false });
    expect(requests).toBe(before);
  });

  test('a call ended while the operator was silent may have been acted upon', async () => {
    const controller = new AbortController();
    const failing = failureOf(transport, post(`${base}/never`, controller.signal));
    const before = requests;
    while (requests === before) await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    expect(await failing).toMatchObject({ failure: 'ended', written: true });
  });

  test('a refused connection: Node knows that nothing was written, the edge does not', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const error = await failureOf(transport, post(`http://127.0.0.1:${port}/`));
    expect(error.written).toBe(name === 'edge');
  });
});

test('Node: a call that waits for a free connection has written nothing', async () => {
  const crowded = createNodeTransport();
  const controller = new AbortController();
  const before = requests;
  const held = Array.from({ length: 64 }, () =>
    failureOf(crowded.transport, post(`${base}/never`, controller.signal)),
  );
  while (requests < before + 64) await new Promise((resolve) => setImmediate(resolve));
  const waiting = new AbortController();
  const failing = failureOf(crowded.transport, post(`${base}/`, waiting.signal));
  waiting.abort();
  expect(await failing).toMatchObject({ failure: 'ended', written: false });
  controller.abort();
  expect((await Promise.all(held)).every((error) => error.written)).toBe(true);
  expect(requests).toBe(before + 64);
  await crowded.close();
});

test('Node: a port that speaks no TLS is unreachable', async () => {
  expect(await failureOf(node.transport, post(base.replace('http:', 'https:')))).toMatchObject({
    failure: 'unreachable',
    written: false,
  });
});

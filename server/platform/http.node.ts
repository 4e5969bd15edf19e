import type { LookupFunction } from 'node:net';
import { type Dispatcher, Pool } from 'undici';
import { answerLimit, type Transport, type TransportAnswer, TransportError } from '../operators/transport.ts';

/** Connections to one operator; more calls than that wait their turn. */
const connections = 64;

export interface NodeTransport {
  transport: Transport;
  /** Waits for calls under way, then ends the connections. */
  close(): Promise<void>;
}

/**
 * HTTP over kept-alive undici pools, one an origin. HTTP/1.1 only: with it "the request has started" is one moment
 * on one socket, and whoever fails before that moment has written nothing.
 *
 * @param lookup resolves names instead of the system's own way, e.g. to refuse some
 */
export function createNodeTransport(lookup?: LookupFunction): NodeTransport {
  const pools = new Map<string, Pool>();
  const poolOf = (origin: string): Pool => {
    let pool = pools.get(origin);
    if (pool === undefined) {
      // The caller's signal is the only clock of a call, so undici's own are off, save for connecting.
      pool = new Pool(origin, {
        connections,
        pipelining: 1,
        allowH2: false,
        headersTimeout: 0,
        bodyTimeout: 0,
        connectTimeout: 10_000,
        ...(lookup === undefined ? {} : { connect: { lookup, timeout: 10_000 } }),
        keepAliveTimeout: 10_000,
      });
      pools.set(origin, pool);
    }
    return pool;
  };
  return {
    transport: (request) => {
      const url = new URL(request.url);
      return new Promise((resolve, reject) => {
        const call = new Call(request.signal, resolve, reject);
        if (call.settled) return;
        const options = {
          path: url.pathname + url.search,
          method: request.method,
          headers: request.headers,
          body: request.body ?? null,
        };
        poolOf(url.origin).dispatch(options, call);
      });
    },
    close: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.close()));
      pools.clear();
    },
  };
}

/** One call on the wire. Settles as soon as its signal ends it, whether or not it ever got a connection. */
class Call implements Dispatcher.DispatchHandler {
  settled = false;
  private started: Dispatcher.DispatchController | null = null;
  private status = 0;
  private headers: Record<string, string | string[] | undefined> = {};
  private readonly chunks: Buffer[] = [];
  private size = 0;
  private readonly signal: AbortSignal;
  private readonly resolve: (answer: TransportAnswer) => void;
  private readonly reject: (error: TransportError) => void;

  constructor(
    signal: AbortSignal,
    resolve: (answer: TransportAnswer) => void,
    reject: (error: TransportError) => void,
  ) {
    this.signal = signal;
    this.resolve = resolve;
    this.reject = reject;
    if (signal.aborted) this.onAbort();
    else signal.addEventListener('abort', this.onAbort);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Ended while it waited for a connection: aborted here, nothing is written.
    if (this.settled) controller.abort(new Error('ended before it started'));
    else this.started = controller;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    // 1xx come before the real answer.
    if (status < 200) return;
    this.status = status;
    this.headers = headers;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.size += chunk.length;
    if (this.size <= answerLimit) {
      this.chunks.push(chunk);
      return;
    }
    this.fail('too-large', `answer of more than ${answerLimit} bytes (HTTP ${this.status})`);
    controller.abort(new Error('answer too large'));
  }

  onResponseEnd(): void {
    if (!this.settle()) return;
    const { status, headers } = this;
    this.resolve({
      status,
      header: (name) => {
        const value = headers[name];
        return (Array.isArray(value) ? value[0] : value) ?? null;
      },
      text: Buffer.concat(this.chunks).toString('utf8'),
    });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error & { code?: unknown }): void {
    const code = typeof error.code === 'string' ? `${error.code}: ` : '';
    this.fail(this.started === null ? 'unreachable' : 'dropped', code + error.message);
  }

  private readonly onAbort = (): void => {
    this.fail('ended', 'the call was ended before an answer came');
    this.started?.abort(new Error('ended'));
  };

  private fail(failure: TransportError['failure'], message: string): void {
    if (this.settle()) this.reject(new TransportError(failure, this.started !== null, message));
  }

  private settle(): boolean {
    if (this.settled) return false;
    this.settled = true;
    this.signal.removeEventListener('abort', this.onAbort);
    return true;
  }
}

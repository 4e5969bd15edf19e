/**
 * How an adapter reaches its operator. The transport is handed in, so that adapters run on any machine, and it tells
 * the one thing that decides between `retryable` and `unknown`: was anything of the request written?
 */
export interface TransportRequest {
  method: 'GET' | 'POST' | 'DELETE';
  /** Absolute, http or https. */
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
  signal: AbortSignal;
}

/** An answer read to its end. Redirections are not followed: an operator's API has none. */
export interface TransportAnswer {
  status: number;
  /** Value of a header, its name in lower case; null when absent. */
  header(name: string): string | null;
  text: string;
}

/**
 * Keeps the promise only with a whole answer, of whatever status.
 *
 * @throws {TransportError}
 */
export type Transport = (request: TransportRequest) => Promise<TransportAnswer>;

export type TransportFailure =
  /** No connection: refused, name not found, TLS not agreed. */
  | 'unreachable'
  /** The connection ended before the answer did. */
  | 'dropped'
  /** The signal ended the call. */
  | 'ended'
  /** More answer than `answerLimit`. */
  | 'too-large';

export class TransportError extends Error {
  readonly failure: TransportFailure;
  /** False only where it is certain that no byte of the request left; where a runtime cannot tell, true. */
  readonly written: boolean;

  constructor(failure: TransportFailure, written: boolean, message: string) {
    super(message);
    this.name = 'TransportError';
    this.failure = failure;
    this.written = written;
  }
}

/** Bytes of an answer that are read at most. The longest honest one, 500 texts echoed back, stays under 2 MB. */
export const answerLimit = 4 * 1024 * 1024;

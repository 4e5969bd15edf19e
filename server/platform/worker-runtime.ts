/** What Cloudflare Workers hand to a Worker, as far as it is used here: https://developers.cloudflare.com/workers/ */

export interface ExecutionContext {
  waitUntil(work: Promise<unknown>): void;
}

/** The producer's side of a queue: at least once, 128 KB a message. */
export interface Queue<Body> {
  send(body: Body, options?: { delaySeconds?: number }): Promise<unknown>;
}

export interface QueueMessage<Body> {
  readonly id: string;
  readonly attempts: number;
  readonly body: Body;
}

export interface MessageBatch<Body> {
  readonly queue: string;
  readonly messages: readonly QueueMessage<Body>[];
  ackAll(): void;
  /** All of them once more; after `max_retries` they go to the dead-letter queue. */
  retryAll(options?: { delaySeconds?: number }): void;
}

/**
 * What the queue carries: a hint and nothing else. The outbox in the database is the truth, so a hint that is lost,
 * late or twice costs a moment and never a message.
 */
export interface Hint {
  due: 'messages' | 'reports';
}

/** Bindings and variables. Secrets are variables that `wrangler secret put` has stored. */
export interface WorkerEnv {
  WAKE?: Queue<Hint>;
  [name: string]: unknown;
}

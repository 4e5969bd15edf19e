import { join } from 'node:path';
import { unstable_readConfig as readConfig } from 'wrangler';

export interface EdgeSettings {
  compatibilityDate: string;
  compatibilityFlags: string[];
  producers: Record<string, { queueName: string }>;
  consumers: Record<
    string,
    { maxBatchSize: number; maxBatchTimeout: number; maxRetries: number; deadLetterQueue?: string }
  >;
}

/** The part of wrangler's own type that is read here. */
interface Read {
  compatibility_date?: string;
  compatibility_flags: string[];
  queues: {
    producers?: { binding: string; queue?: string }[];
    consumers?: {
      queue: string;
      max_batch_size?: number;
      max_batch_timeout?: number;
      max_retries?: number;
      dead_letter_queue?: string;
    }[];
  };
}

/** What wrangler.toml says about the Worker, for an emulation to be the same. */
export function readEdgeSettings(): EdgeSettings {
  const path = join(import.meta.dirname, '..', '..', 'wrangler.toml');
  const config = readConfig({ config: path }) as Read;
  const producers = config.queues.producers ?? [];
  const consumers = config.queues.consumers ?? [];
  return {
    compatibilityDate: config.compatibility_date ?? '',
    compatibilityFlags: config.compatibility_flags,
    producers: Object.fromEntries(
      producers.map(({ binding, queue }) => [binding, { queueName: String(queue) }]),
    ),
    consumers: Object.fromEntries(
      consumers.map((it) => [
        it.queue,
        {
          maxBatchSize: it.max_batch_size ?? 10,
          maxBatchTimeout: it.max_batch_timeout ?? 5,
          maxRetries: it.max_retries ?? 3,
          ...(it.dead_letter_queue === undefined ? {} : { deadLetterQueue: it.dead_letter_queue }),
        },
      ]),
    ),
  };
}

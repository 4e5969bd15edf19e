import { parentPort, workerData } from 'node:worker_threads';
import { CheckViolation, UniqueViolation } from '../database/database.ts';
import { openFile } from '../database/libsql-file.ts';
import type { Done, Job } from './writer.ts';

/** The other side of writer.ts: one transaction after the other, in the order in which they were asked for. */
const database = openFile(String(workerData));
const texts: string[] = [];
let last: Promise<void> = Promise.resolve();

async function work(job: Job): Promise<void> {
  parentPort?.postMessage(await attempt(job));
}

async function attempt({ id, afresh, texts: more, statements }: Job): Promise<Done> {
  if (afresh) texts.length = 0;
  texts.push(...more);
  try {
    const results = await database.batch(
      statements.map(([place, args]) => ({ sql: texts[place] ?? '', args })),
    );
    return { id, results };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    const about =
      error instanceof UniqueViolation
        ? error.columns
        : error instanceof CheckViolation
          ? error.constraint
          : '';
    return { id, error: { name, message, about } };
  }
}

parentPort?.on('message', (told: Job | 'close') => {
  if (told === 'close') {
    void last.then(() => database.close()).then(() => process.exit());
    return;
  }
  last = last.then(() => work(told));
});

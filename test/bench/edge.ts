import { distantApplication, mobileOf } from '../contract/distant.ts';
import { type BenchRow, median, milliseconds } from './rows.ts';

/** Milliseconds that are added to each round trip: a database in a region nearby. */
const delay = 10;
const tries = 60;

/** What a person waits for a send whose database is not on the same machine. */
export async function rows(): Promise<BenchRow[]> {
  const far = await distantApplication({ delay });
  try {
    const took: number[] = [];
    for (let n = 0; n < tries; n++) {
      const body = { companyId: 'com_1a', text: 'Tekst', recipients: [{ number: mobileOf(n) }] };
      const began = performance.now();
      const answer = await far.call('POST', '/v1/batches', body, `key-${n}`);
      took.push(performance.now() - began);
      if (answer.status !== 201) throw new Error(await answer.text());
    }
    // The first ones prepare statements.
    const p50 = median(took.slice(10));
    return [
      {
        name: `accept, one recipient, ${delay} ms added to each database round trip, p50`,
        measured: milliseconds(p50),
        bound: '45 ms',
        ratio: null,
        budget: '≤ 45 ms',
        holds: p50 <= 45,
      },
    ];
  } finally {
    await far.end();
  }
}

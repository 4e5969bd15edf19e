import type { Database } from '../../database/database.ts';
import type { Clock } from '../../platform/platform.ts';
import { Group } from '../group.ts';

/** Where pushed delivery reports go first, raw, so that an operator's answer never waits for what they mean. */
export interface Inbox {
  /** Resolves once the report is durable; many at once share a commit. */
  store(operator: string, raw: string): Promise<void>;
}

/**
 * @param onStored a hint that there is something to match
 * @param together see `Group`
 */
export function createInbox(database: Database, clock: Clock, onStored: () => void, together = true): Inbox {
  const group = new Group<[string, string], void>(2000, store, together);
  async function store(reports: readonly [string, string][]) {
    await database.batch([{ sql: storeSql, args: [clock.now(), JSON.stringify(reports)] }]);
    onStored();
    return reports.map(() => ({ result: undefined }));
  }
  return { store: (operator, raw) => group.add([operator, raw], 1) };
}

const storeSql = `
INSERT INTO reports (operator, raw, received_at, try_at)
SELECT r.value ->> 0, r.value ->> 1, p.now, p.now FROM (SELECT ? AS now) p, json_each(?) r`;

import { senderNameKey } from '../../../shared/sender-name/index.ts';
import type { Database } from '../../database/database.ts';
import type { Operator, OperatorAnswer, OperatorSender } from '../operator.ts';

/** Milliseconds that the built-in operator takes to decide on a name. */
export const decisionTime = 10_000;

/** Milliseconds from the authorisation of a name beginning with Wylacz to its deactivation. */
export const useTime = 60_000;

type Decided = Exclude<OperatorSender['state'], 'unknown'>;

export interface SandboxSenders extends Required<Pick<Operator, 'senders' | 'addSender'>> {
  /** Somebody plays the operator's clerk: this is the answer for the name now, whatever it is called. */
  decide(name: string, state: Decided, note: string): Promise<boolean>;
}

/**
 * The sender API of the built-in operator: it takes its time, and the name says how it decides.
 *
 * | name begins with | answer |
 * |---|---|
 * | Odrzuc | rejected |
 * | Czeka | none: it stays pending |
 * | Wylacz | authorised, and deactivated a minute later |
 * | anything else | authorised |
 */
export function createSandboxSenders(parts: {
  database: Database;
  clock: { now(): number };
  /** `decisionTime` by default. */
  delay?: number;
}): SandboxSenders {
  const { database, clock, delay = decisionTime } = parts;

  async function senders(): Promise<OperatorAnswer<OperatorSender[]>> {
    const rows = await database.query({
      sql: 'SELECT name, added_at, decided, note FROM sandbox_senders ORDER BY name',
    });
    const now = clock.now();
    return {
      ok: true,
      value: rows.map((row) => {
        const name = String(row.name);
        const played = row.decided === null ? answerTo(name, now - Number(row.added_at), delay) : null;
        return {
          name,
          state: played?.state ?? (row.decided as Decided),
          statement: 'received',
          note: played?.note ?? String(row.note),
        };
      }),
    };
  }

  async function addSender(name: string): Promise<OperatorAnswer<OperatorSender>> {
    const key = senderNameKey(name);
    if (key === '' || name.length > 11)
      return { ok: false, blame: 'sender-name', detail: `not a sender name: ${name}` };
    await database.batch([
      {
        // Asking again after a rejection is a new request.
        sql: `INSERT INTO sandbox_senders (name, added_at) VALUES (?, ?)
              ON CONFLICT (name) DO UPDATE SET added_at = excluded.added_at, decided = NULL, note = ''
              WHERE decided = 'rejected' OR (name LIKE 'odrzuc%' AND added_at <= excluded.added_at - ?)`,
        args: [name, clock.now(), delay],
      },
    ]);
    return { ok: true, value: { name, state: 'pending', statement: 'received', note: '' } };
  }

  return {
    senders,
    addSender,
    decide: async (name, state, note) => {
      const [decided] = await database.batch([
        { sql: 'UPDATE sandbox_senders SET decided = ?, note = ? WHERE name = ?', args: [state, note, name] },
      ]);
      return decided?.changes === 1;
    },
  };
}

function answerTo(name: string, age: number, delay: number): { state: Decided; note: string } {
  const key = senderNameKey(name);
  if (age < delay || key.startsWith('czeka')) return { state: 'pending', note: '' };
  if (key.startsWith('odrzuc')) {
    return { state: 'rejected', note: 'Nazwa nie kojarzy się z firmą z oświadczenia' };
  }
  if (key.startsWith('wylacz') && age >= delay + useTime) {
    return { state: 'deactivated', note: 'Skarga właściciela znaku towarowego' };
  }
  return { state: 'authorised', note: '' };
}

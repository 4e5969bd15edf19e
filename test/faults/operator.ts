/**
 * An operator in a process of its own: a simulator that speaks the operator's wire format, behind a door that can be
 * shut or slowed. It counts what it took, delivers each text after a moment and pushes the report until it is taken.
 */

import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import { startSerwerSmsSimulator } from '../../server/operators/serwersms/simulator.ts';
import type { Fault } from '../../server/operators/simulator-faults.ts';
import type { Taken } from '../../server/operators/simulator-taken.ts';
import { startSmsApiSimulator } from '../../server/operators/smsapi/simulator.ts';
import { startTwilioSimulator } from '../../server/operators/twilio/simulator.ts';
import type { OperatorKindName, OperatorOrder, OperatorState } from './operator-process.ts';

const kind = process.argv[2] as OperatorKindName;
const simulators = {
  smsapi: startSmsApiSimulator,
  serwersms: startSerwerSmsSimulator,
  twilio: startTwilioSimulator,
};
const simulator = await simulators[kind]();
simulator.addName('Firma Nowak');

let delay = 0;
let pushes = true;
const open = new Set<Socket>();
const door = createServer((from) => {
  open.add(from);
  const { hostname, port } = new URL(simulator.url);
  const to = connect(Number(port), hostname);
  from.on('error', () => to.destroy());
  to.on('error', () => from.destroy());
  from.on('data', (chunk) => setTimeout(() => to.destroyed || to.write(chunk), delay));
  from.on('close', () => {
    open.delete(from);
    to.destroy();
  });
  to.pipe(from);
});
await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
const { port } = door.address() as AddressInfo;

const delivered = kind === 'smsapi' ? 'DELIVERED' : 'delivered';
/** Reports that one callback carries, and callbacks under way. */
const together = kind === 'smsapi' ? 5 : 1;
const pushesAtOnce = 64;
let seen = 0;
/** Delivered, and not yet told so. */
let untold: Taken[] = [];
let delivering = false;

/** @throws when nobody took them */
async function push(some: readonly Taken[]): Promise<void> {
  const ids = some.map((it) => it.operatorMessageId);
  if (kind !== 'smsapi') {
    const { report } = simulator as Awaited<ReturnType<typeof startTwilioSimulator>>;
    await Promise.all(ids.map((id) => report(id, delivered)));
    return;
  }
  const smsapi = simulator as Awaited<ReturnType<typeof startSmsApiSimulator>>;
  const { repeats } = smsapi.state;
  const calls: string[][] = [];
  for (let at = 0; at < ids.length; at += together) calls.push(ids.slice(at, at + together));
  await Promise.all(calls.map((call) => smsapi.report(call, delivered)));
  // It repeats what is not answered `OK` three times.
  if (smsapi.state.repeats >= repeats + 3) throw new Error('not taken');
}

/** Texts reach their phones; reports that are not taken are pushed again. */
async function deliver(): Promise<void> {
  if (delivering) return;
  delivering = true;
  const { all } = simulator.taken;
  for (; seen < all.length; seen++) {
    const it = all[seen];
    if (it === undefined) continue;
    it.status = delivered;
    untold.push(it);
  }
  try {
    while (pushes && untold.length > 0) {
      const some = untold.slice(0, pushesAtOnce * together);
      await push(some);
      untold = untold.slice(some.length);
    }
  } catch {
    // The server is down: again in a moment.
  }
  delivering = false;
}
setInterval(deliver, 20);

function state(): OperatorState {
  const taken: Record<string, number> = {};
  for (const { ourId, number } of simulator.taken.all) {
    const key = ourId ?? number;
    taken[key] = (taken[key] ?? 0) + 1;
  }
  return { kind, taken, requests: simulator.state.requests };
}

process.on('message', async (order: OperatorOrder) => {
  if (order.fault !== undefined) simulator.faults.always(order.fault as Fault | null);
  if (order.next !== undefined) simulator.faults.next(order.next.fault as Fault, order.next.calls);
  if (order.delay !== undefined) delay = order.delay;
  if (order.pushes !== undefined) pushes = order.pushes;
  if (order.open === false) {
    door.close();
    for (const socket of open) socket.destroy();
  } else if (order.open === true && !door.listening) {
    await new Promise<void>((resolve) => door.listen(port, '127.0.0.1', resolve));
  }
  if (order.reset === true) {
    simulator.faults.clear();
    simulator.taken.clear();
    seen = 0;
    untold = [];
    delay = 0;
    pushes = true;
  }
  process.send?.({ id: order.id, state: state() });
});
process.on('disconnect', () => process.exit(0));
process.send?.({ url: `http://127.0.0.1:${port}` });

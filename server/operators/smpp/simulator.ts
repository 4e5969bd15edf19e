import type { AddressInfo } from 'node:net';
import type { Pdu, Session } from 'smpp';
import { countParts } from '../../../shared/sms-text/index.ts';
import { type Fault, Faults, type ReportFault } from '../simulator-faults.ts';
import { type Taken, TakenMessages } from '../simulator-taken.ts';
import { smpp } from './library.node.ts';
import { decodeText } from './text.ts';

export interface SimulatorOptions {
  password?: string;
  /** How the ids of answers and receipts are written. */
  ids?: 'same' | 'decimal' | 'hex';
}

/** Faults that only a connection can have. */
export const smppFaults = {
  'generic-nack': 'not taken, answered with generic_nack',
  'answer-late': 'taken, answered only when `release` is called',
} as const;

export type SmppFault = Fault | keyof typeof smppFaults;

/** What a `submit_sm` cannot show: several in one, HTTP, counts of parts; credit, for which no status is known. */
export const notPlayed: readonly Fault[] = [
  'no-credit',
  'some-unsent',
  'credit-mid-batch',
  'wrong-content-type',
  'negative-parts',
  'parts-as-string',
  'moved',
];

const refusals: Partial<Record<SmppFault, number>> = {
  busy: 0x58,
  'rate-limited': 0x14,
  'refused-message': 0x0b,
  'sender-pending': 0x0a,
  'unknown-code': 0x4ff,
  'server-error-before-taking': 0x45,
};

/** An SMSC on loopback. Texts of several parts are joined when the last one is there. */
export async function startSmppSimulator(options: SimulatorOptions = {}) {
  const faults = new Faults<SmppFault>();
  const reportFaults = new Faults<ReportFault>();
  const taken = new TakenMessages();
  const senders = new Set<string>();
  const late: (() => void)[] = [];
  const state = {
    password: options.password ?? 'secret',
    /** Connections are taken and then left without a word. */
    blackHole: false,
    binds: 0,
    submits: [] as Pdu[],
    enquiries: 0,
    receiptsRefused: 0,
  };
  const partial = new Map<string, Map<number, Uint8Array>>();
  const references = new Map<string, number>();
  let sequence = 0x0a00;

  const written = (id: number, hex: boolean): string => (hex ? id.toString(16).toUpperCase() : String(id));
  const answerId = (id: number): string => written(id, options.ids === 'decimal');
  const receiptId = (id: string): string =>
    options.ids === 'decimal'
      ? String(Number.parseInt(id, 16))
      : options.ids === 'hex'
        ? written(Number(id), true)
        : id;

  function submit(session: Session, pdu: Pdu): void {
    state.submits.push(pdu);
    const number = `+${String(pdu.destination_addr)}`;
    const fault = faults.take([number]);
    const refused = fault === null ? undefined : refusals[fault];
    const unknownName = !senders.has(String(pdu.source_addr));
    if (fault === 'drop-before-taking') session.destroy();
    else if (refused !== undefined) session.send(pdu.response({ command_status: refused }));
    else if (unknownName) session.send(pdu.response({ command_status: 0x0a }));
    else if (fault === 'generic-nack') session.socket.write(nack(pdu.sequence_number, 0x03));
    else answer(session, pdu, take(pdu, number), fault);
  }

  /** The answer of what was taken. */
  function answer(session: Session, pdu: Pdu, it: Taken, fault: SmppFault | null): void {
    const honest = pdu.response({ message_id: it.operatorMessageId });
    const { socket } = session;
    if (reportFaults.due('report-before-answer')) receipt(session, it, 'DELIVRD');
    if (fault === 'accept-then-drop') session.destroy();
    else if (fault === 'never-answers') return;
    else if (fault === 'answer-late') late.push(() => session.send(honest));
    else if (fault === 'server-error') session.send(pdu.response({ command_status: 0x08 }));
    else if (fault === 'success-without-items') session.send(pdu.response({ message_id: '' }));
    else if (fault === 'empty') session.close();
    else if (fault === 'html') socket.write('<!doctype html><p>Przerwa');
    else if (fault === 'huge') socket.write(Uint8Array.of(0, 0x98, 0x96, 0x80, 0x80, 0, 0, 4));
    else if (fault === 'nonsense') socket.write(Uint8Array.of(0, 0, 0, 9, 0x80, 0, 0, 4, 0));
    else if (fault === 'half-answer' || fault === 'half-json') {
      const bytes = honest.toBuffer();
      socket.write(bytes.subarray(0, bytes.length / 2), () => session.destroy());
    } else session.send(honest);
  }

  function take(pdu: Pdu, number: string): Taken {
    sequence += 1;
    const short = pdu.short_message as Uint8Array | undefined;
    const octets = short?.length
      ? short
      : ((pdu.message_payload as Uint8Array | undefined) ?? new Uint8Array());
    const [body, whole] = Number(pdu.esm_class) & 0x40 ? assembled(number, octets) : [octets, true];
    const text = decodeText(body, Number(pdu.data_coding));
    const it = {
      operatorMessageId: answerId(sequence),
      ourId: null,
      number,
      sender: String(pdu.source_addr),
      text: whole ? text : '',
      parts: countParts(text).parts,
      at: Date.now(),
      cancelled: false,
      status: Number(pdu.registered_delivery) === 1 ? 'asked-for' : 'not-asked-for',
      reportsUrl: null,
    };
    references.set(it.operatorMessageId, Number(pdu.user_message_reference ?? 0));
    return taken.add(it);
  }

  /** Octets so far of a text of several parts, and whether that is all. */
  function assembled(number: string, octets: Uint8Array): [Uint8Array, boolean] {
    const [length = 0, , , reference, total = 1, at = 1] = octets;
    const key = `${number} ${reference}`;
    const parts = partial.get(key) ?? new Map<number, Uint8Array>();
    partial.set(key, parts.set(at, octets.subarray(length + 1)));
    if (parts.size < total) return [octets.subarray(length + 1), false];
    partial.delete(key);
    const ordered = [...parts].sort(([one], [other]) => one - other).map(([, part]) => part);
    return [Buffer.concat(ordered), true];
  }

  function receipt(session: Session, it: Taken, stat: string, more: Record<string, unknown> = {}): void {
    const id = receiptId(it.operatorMessageId);
    const dlvrd = stat === 'DELIVRD' ? '001' : '000';
    const err = stat === 'UNDELIV' ? '027' : '000';
    const text = `id:${id} sub:001 dlvrd:${dlvrd} submit date:2601020304 done date:2601020305 stat:${stat} err:${err} Text:`;
    const fields = {
      source_addr_ton: 1,
      source_addr_npi: 1,
      source_addr: it.number.slice(1),
      destination_addr: it.sender,
      esm_class: 0x04,
      data_coding: 0,
      short_message: Buffer.from(text, 'latin1'),
      user_message_reference: references.get(it.operatorMessageId) ?? 0,
    };
    session.deliver_sm({ ...fields, ...more }, (answered) => {
      if (answered.command_status !== 0) state.receiptsRefused += 1;
    });
  }

  const server = smpp.createServer((session) => {
    session.on('error', () => session.destroy());
    session.on('bind_transceiver', (pdu) => {
      state.binds += 1;
      if (state.blackHole) return;
      const known = pdu.password === state.password && pdu.interface_version === 0x34;
      session.send(pdu.response(known ? { system_id: 'simulator' } : { command_status: 0x0e }));
    });
    session.on('enquire_link', (pdu) => {
      state.enquiries += 1;
      if (!state.blackHole) session.send(pdu.response());
    });
    session.on('unbind', (pdu) => {
      session.send(pdu.response());
      session.close();
    });
    session.on('submit_sm', (pdu) => submit(session, pdu));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    faults,
    reportFaults,
    taken,
    state,
    addName: (name: string): void => {
      senders.add(name);
    },
    /** Sends the answers that are late. */
    release: (): void => {
      for (const send of late.splice(0)) send();
    },
    /** Sends a receipt over every connection that is there. */
    report(id: string, stat: string, more: Record<string, unknown> = {}): void {
      const it = taken.get(id);
      if (it === undefined) throw new Error(`nothing taken with id ${id}`);
      if (reportFaults.due('report-never')) return;
      const stats = reportFaults.due('report-twice') ? [stat, stat] : [stat];
      if (reportFaults.due('reports-out-of-order')) stats.push('ENROUTE');
      for (const session of server.sessions) for (const one of stats) receipt(session, it, one, more);
    },
    /** A text from a phone. */
    write(from: string, to: string, octets: Uint8Array, dataCoding: number, esmClass = 0): void {
      for (const session of server.sessions) {
        session.deliver_sm({
          source_addr_ton: 1,
          source_addr: from,
          destination_addr: to,
          esm_class: esmClass,
          data_coding: dataCoding,
          short_message: Buffer.from(octets),
        });
      }
    },
    sessions: (): number => server.sessions.length,
    /** Ends every connection, as a restart of the operator does. */
    drop: (): void => {
      for (const session of [...server.sessions]) session.destroy();
    },
    close: (): Promise<void> =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const session of [...server.sessions]) session.destroy();
      }),
  };
}

export type SmppSimulator = Awaited<ReturnType<typeof startSmppSimulator>>;

function nack(sequenceNumber: number, status: number): Uint8Array {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 16);
  view.setUint32(4, 0x80000000);
  view.setUint32(8, status);
  view.setUint32(12, sequenceNumber);
  return bytes;
}

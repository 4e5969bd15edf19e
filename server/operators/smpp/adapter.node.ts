import type { Operator, OutgoingMessage, SendCall, SendOutcome } from '../operator.ts';
import { accepted, idOf, troubled } from '../outcomes.ts';
import { storedDeliveryOf } from './deliveries.node.ts';
import { statusWords, troubleOf } from './errors.ts';
import { canonicalId, readInbound, readReports, type StoredLateAnswer } from './receipts.ts';
import { SmppConnection, type SubmitResult } from './session.node.ts';
import type { SmppSettings } from './settings.ts';
import { concatenationHeader, encodeText, joined } from './text.ts';

const tickEvery = 30_000;

export interface SmppPorts {
  /** Milliseconds since the epoch. */
  now(): number;
}

/** One part on its way; `last` asks for the receipt. */
interface Part {
  octets: Uint8Array;
  header: Uint8Array | null;
  last: boolean;
  /** Longer than one part and without header: `message_payload`. */
  long: boolean;
}

/** An operator over SMPP 3.4. On Node only: it holds a connection. What is verified and what is not: README.md. */
export function createSmpp(settings: SmppSettings, ports: SmppPorts): Operator & { tick(): void } {
  let store: ((raw: string) => Promise<void>) | null = null;
  let references = 0;
  /** Messages of one part that are not answered yet, by the reference that travels with them. */
  const unanswered = new Map<number, OutgoingMessage>();
  const connection = new SmppConnection(settings, {
    now: ports.now,
    onDelivery: async (pdu) => {
      if (store === null) throw new Error('nobody listens');
      await store(JSON.stringify(storedDeliveryOf(pdu, (reference) => unanswered.get(reference))));
    },
  });
  const ticking = setInterval(() => connection.tick(), tickEvery);
  ticking.unref();

  function nextReference(): number {
    references = (references % 0xffff) + 1;
    // Given up long ago: its receipt is not awaited any more.
    unanswered.delete(references);
    return references;
  }

  async function sendOne(call: SendCall, message: OutgoingMessage): Promise<SendOutcome> {
    const { dataCoding, parts } = encodeText(message.text);
    if (parts.length > 255) return troubled(message, 'message', 'more than 255 parts');
    const whole = settings.longTexts === 'payload';
    const reference = nextReference();
    const pieces: Part[] = whole
      ? [{ octets: joined(...parts), header: null, last: true, long: parts.length > 1 }]
      : parts.map((octets, at) => ({
          octets,
          header: parts.length === 1 ? null : concatenationHeader(reference, parts.length, at + 1),
          last: at === parts.length - 1,
          long: false,
        }));
    const single = pieces.length === 1;
    if (single) unanswered.set(reference, message);
    const submit = async (part: Part): Promise<SubmitResult> => {
      const fields = fieldsOf(call.senderName, message, dataCoding, part, reference);
      const result = await connection.submit(fields, call.signal, (late) => {
        if (single) storeLate(message, reference, late);
      });
      // What was written and not answered keeps its reference: the receipt may still name it.
      if (single && result.kind !== 'silent') unanswered.delete(reference);
      return result;
    };
    // The first part alone: refused, nothing of the message is out.
    const [first, ...rest] = pieces;
    const opening = first === undefined ? null : await submit(first);
    if (opening === null || !isTaken(opening) || single) return outcomeOf(message, opening, whole ? null : 1);
    const others = await Promise.all(rest.map((part) => insist(() => submit(part), call.signal)));
    const taken = others.filter(isTaken).length + 1;
    const closing = others.at(-1) ?? opening;
    if (taken === pieces.length) return outcomeOf(message, closing, pieces.length);
    return troubled(message, 'unsure', `${taken} of ${pieces.length} parts were taken`);
  }

  function outcomeOf(
    message: OutgoingMessage,
    result: SubmitResult | null,
    parts: number | null,
  ): SendOutcome {
    if (result === null) return troubled(message, 'message', 'nothing to send');
    switch (result.kind) {
      case 'unsent':
        return troubled(message, 'busy', result.detail, result.retryAfter);
      case 'login-refused': {
        const trouble = troubleOf(result.status) === 'auth' ? 'auth' : 'busy';
        return troubled(message, trouble, `bind: ${statusWords(result.status)}`);
      }
      case 'silent':
        return troubled(message, 'unsure', result.detail);
      case 'answered': {
        const { status } = result;
        if (status !== 0) return troubled(message, troubleOf(status), statusWords(status));
        return accepted(message, answerId(result), parts, 'taken');
      }
    }
  }

  function answerId(result: Extract<SubmitResult, { kind: 'answered' }>): string | null {
    const id = idOf(result.messageId);
    return id === null ? null : canonicalId(id, settings.receiptIds, 'answer');
  }

  function storeLate(message: OutgoingMessage, reference: number, late: SubmitResult): void {
    unanswered.delete(reference);
    if (late.kind !== 'answered' || store === null) return;
    const stored: StoredLateAnswer = {
      kind: 'late_answer',
      ourId: message.ourId,
      status: late.status,
      messageId: answerId(late),
    };
    store(JSON.stringify(stored)).catch(() => {
      // The message stays unknown, as it was.
    });
  }

  return {
    name: 'smpp',
    capabilities: {
      send: true,
      runtimes: ['node'],
      personalised: true,
      cancel: false,
      reports: true,
      senders: false,
      statement: false,
      balance: false,
      inbound: true,
      deduplicates: false,
      maximumRecipients: 100,
      maximumParts: 10,
      partsPerSecond: settings.partsPerSecond,
    },
    send: (call) => Promise.all(call.messages.map((message) => sendOne(call, message))),
    // Receipts come by themselves; few operators answer query_sm, and SerwerSMS does not.
    reportsOf: () => Promise.resolve([]),
    readReport: (raw) => readReports(raw, settings.receiptIds),
    readInbound,
    listen: (keep) => {
      store = keep;
      void connection.link();
    },
    close: () => {
      clearInterval(ticking);
      return connection.close();
    },
    tick: () => connection.tick(),
  };
}

/** The rest of a text whose beginning is out: a full queue is waited for, as long as the call may last. */
async function insist(submit: () => Promise<SubmitResult>, signal: AbortSignal): Promise<SubmitResult> {
  for (let attempt = 0; ; attempt++) {
    const result = await submit();
    const busy = result.kind === 'answered' && result.status !== 0 && troubleOf(result.status) === 'busy';
    if (!busy || attempt === 5) return result;
    await pause(100 * 2 ** attempt, signal);
    if (signal.aborted) return result;
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });
}

const isTaken = (result: SubmitResult): boolean => result.kind === 'answered' && result.status === 0;

function fieldsOf(
  senderName: string,
  message: OutgoingMessage,
  dataCoding: 0 | 8,
  part: Part,
  reference: number,
): Record<string, unknown> {
  const octets = Buffer.from(part.header === null ? part.octets : joined(part.header, part.octets));
  // An alphanumeric name is TON 5 NPI 0, a number TON 1 NPI 1.
  const named = !/^\+?\d+$/.test(senderName);
  return {
    source_addr_ton: named ? 5 : 1,
    source_addr_npi: named ? 0 : 1,
    source_addr: senderName.replace(/^\+/, ''),
    dest_addr_ton: 1,
    dest_addr_npi: 1,
    destination_addr: message.number.replace(/^\+/, ''),
    esm_class: part.header === null ? 0 : 0x40,
    registered_delivery: part.last ? 1 : 0,
    data_coding: dataCoding,
    ...(part.long ? { message_payload: octets } : { short_message: octets }),
    user_message_reference: reference,
  };
}

import { migrated, testRuntime } from '../database/temporary.node.ts';
import { createNodeTransport } from '../platform/http.node.ts';
import type { Operator, OutgoingMessage } from './operator.ts';
import { createSandbox } from './sandbox/sandbox.ts';
import { createSerwerSms } from './serwersms/adapter.ts';
import { serwerSmsSettings } from './serwersms/settings.ts';
import { startSerwerSmsSimulator } from './serwersms/simulator.ts';
import { type Fault, faults } from './simulator-faults.ts';
import { createSmpp } from './smpp/adapter.node.ts';
import { smppSettings } from './smpp/settings.ts';
import { notPlayed as notPlayedOverSmpp, startSmppSimulator } from './smpp/simulator.ts';
import { createSmsApi } from './smsapi/adapter.ts';
import { smsApiSettings } from './smsapi/settings.ts';
import { startSmsApiSimulator } from './smsapi/simulator.ts';
import { createTwilio } from './twilio/adapter.ts';
import { twilioSettings } from './twilio/settings.ts';
import { notPlayed as notPlayedByTwilio, startTwilioSimulator } from './twilio/simulator.ts';

/** An adapter with its simulator, as the contract test looks at every one of them. */
export interface Subject {
  operator: Operator;
  plays: readonly Fault[];
  /** The next call to send meets it. */
  play(fault: Fault): void | Promise<void>;
  /** Numbers that the fault needs; by default any will do. */
  numberFor?(fault: Fault | null, at: number): string;
  /** How often the operator has it. */
  taken(message: OutgoingMessage): Promise<number>;
  /** The operator has delivered these; gives the raw pushes. */
  deliver(messages: readonly OutgoingMessage[]): Promise<string[]>;
  close(): Promise<void>;
}

export const senderName = 'Firma Nowak';
const reportsUrl = 'http://127.0.0.1:9/callbacks/x/secret';
const all = Object.keys(faults) as Fault[];
const without = (some: readonly Fault[]): Fault[] => all.filter((fault) => !some.includes(fault));

/** @param now the clock of both sides, milliseconds since the epoch */
export type StartSubject = (now?: () => number) => Promise<Subject>;

const everywhere: Readonly<Record<string, StartSubject>> = {
  async serwersms() {
    const simulator = await startSerwerSmsSimulator();
    simulator.addName(senderName);
    const http = createNodeTransport();
    const settings = serwerSmsSettings.parse({ token: 'token', baseUrl: simulator.url });
    return {
      operator: createSerwerSms(settings, { transport: http.transport, now: Date.now, reportsUrl }),
      plays: all,
      play: (fault) => simulator.faults.next(fault),
      taken: async ({ ourId }) => simulator.taken.ofOurs(ourId).length,
      deliver: async (messages) =>
        messages.flatMap(({ ourId }) =>
          simulator.taken.ofOurs(ourId).map((it) => {
            it.status = 'delivered';
            return new URL(simulator.pushUrl(it, 'delivered')).search;
          }),
        ),
      close: async () => {
        await simulator.close();
        await http.close();
      },
    };
  },

  async 'serwersms with duplicate control'() {
    const simulator = await startSerwerSmsSimulator({ duplicateControl: true });
    simulator.addName(senderName);
    const http = createNodeTransport();
    const settings = serwerSmsSettings.parse({
      token: 'token',
      baseUrl: simulator.url,
      duplicateControl: true,
    });
    return {
      operator: createSerwerSms(settings, { transport: http.transport, now: Date.now, reportsUrl: null }),
      plays: all,
      play: (fault) => simulator.faults.next(fault),
      taken: async ({ ourId }) => simulator.taken.ofOurs(ourId).length,
      deliver: async (messages) => {
        for (const it of messages.flatMap(({ ourId }) => simulator.taken.ofOurs(ourId)))
          it.status = 'delivered';
        return [];
      },
      close: async () => {
        await simulator.close();
        await http.close();
      },
    };
  },

  async smsapi() {
    const simulator = await startSmsApiSimulator();
    simulator.addName(senderName);
    const http = createNodeTransport();
    const settings = smsApiSettings.parse({ token: 'token', baseUrl: simulator.url });
    return {
      operator: createSmsApi(settings, { transport: http.transport, now: Date.now, reportsUrl }),
      plays: all,
      play: (fault) => simulator.faults.next(fault),
      taken: async ({ ourId }) => simulator.taken.ofOurs(ourId).length,
      deliver: async (messages) => {
        const batch = messages.flatMap(({ ourId }) => simulator.taken.ofOurs(ourId));
        for (const it of batch) it.status = 'DELIVERED';
        return batch.length === 0 ? [] : [simulator.pushFields(batch).toString()];
      },
      close: async () => {
        await simulator.close();
        await http.close();
      },
    };
  },

  async twilio(now = Date.now) {
    const simulator = await startTwilioSimulator({ now });
    simulator.addName(senderName);
    const http = createNodeTransport();
    const { accountSid, authToken } = simulator.state;
    const settings = twilioSettings.parse({ accountSid, authToken, baseUrl: simulator.url });
    return {
      operator: createTwilio(settings, { transport: http.transport, now, reportsUrl }),
      plays: without(notPlayedByTwilio),
      play: (fault) => simulator.faults.next(fault),
      taken: async ({ ourId }) => simulator.taken.ofOurs(ourId).length,
      deliver: async (messages) =>
        messages.flatMap(({ ourId }) =>
          simulator.taken.ofOurs(ourId).map((it) => {
            it.status = 'delivered';
            return `ourId=${ourId}&${simulator.pushOf(it, 'delivered').body}`;
          }),
        ),
      close: async () => {
        await simulator.close();
        await http.close();
      },
    };
  },

  async smpp() {
    const simulator = await startSmppSimulator();
    simulator.addName(senderName);
    const { host, port } = simulator;
    const settings = smppSettings.parse({ host, port, tls: false, systemId: 'nadpis', password: 'secret' });
    // Time passes between calls, so that the wait after a lost connection is over.
    let now = Date.now();
    const operator = createSmpp(settings, { now: () => now });
    const stored: string[] = [];
    operator.listen?.(async (raw) => {
      stored.push(raw);
    });
    // SMPP carries no id of ours: texts go to numbers that are used once.
    const takenOf = ({ number }: OutgoingMessage) => simulator.taken.all.filter((it) => it.number === number);
    return {
      operator,
      plays: without(notPlayedOverSmpp),
      play: async (fault) => {
        now += 120_000;
        simulator.state.password = 'secret';
        if (fault !== 'token-expired') {
          simulator.faults.clear();
          // Messages of one call are requests of their own; all meet it.
          simulator.faults.next(fault, 4);
          return;
        }
        simulator.state.password = 'another';
        simulator.drop();
        while (simulator.sessions() > 0) await new Promise((resolve) => setTimeout(resolve, 5));
        now += 120_000;
      },
      taken: async (message) => takenOf(message).length,
      deliver: async (messages) => {
        const ids = messages.flatMap((message) => takenOf(message).map((it) => it.operatorMessageId));
        stored.length = 0;
        // After a lost connection the adapter comes back by itself.
        while (simulator.sessions() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
        for (const id of ids) simulator.report(id, 'DELIVRD');
        while (stored.length < ids.length) await new Promise((resolve) => setTimeout(resolve, 5));
        return [...stored];
      },
      close: async () => {
        await operator.close?.();
        await simulator.close();
      },
    };
  },

  async sandbox() {
    const temporary = await migrated();
    const { database } = temporary;
    const suffixes: Partial<Record<Fault, string>> = {
      busy: '005',
      'rate-limited': '015',
      'refused-message': '003',
      'sender-pending': '011',
      'no-credit': '012',
      'token-expired': '013',
      'accept-then-drop': '004',
      'drop-before-taking': '017',
    };
    return {
      operator: createSandbox({ database, clock: { now: Date.now } }),
      plays: Object.keys(suffixes) as Fault[],
      play: () => undefined,
      numberFor: (fault, at) => `+48600${100 + at}${(fault !== null && suffixes[fault]) || '500'}`,
      taken: async ({ ourId }) => {
        const sql = 'SELECT count(*) AS times FROM sandbox_texts WHERE our_id = ?';
        const [row] = await database.query({ sql, args: [ourId] });
        return Number(row?.times);
      },
      deliver: async (messages) => {
        await database.batch(
          messages.map(({ ourId }) => ({
            sql: 'UPDATE sandbox_texts SET reported_at = 1 WHERE our_id = ?',
            args: [ourId],
          })),
        );
        return [];
      },
      close: () => temporary.end(),
    };
  },
};

/** Those that run where the test does: SMPP needs a connection that stands, which a Worker has not. */
export const subjects: Readonly<Record<string, StartSubject>> = Object.fromEntries(
  Object.entries(everywhere).filter(([name]) => name !== 'smpp' || testRuntime() !== 'workerd'),
);

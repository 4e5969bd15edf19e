import type { Pdu, Session } from 'smpp';
import { smpp } from './library.node.ts';
import type { SmppSettings } from './settings.ts';
import { orAborted, Window } from './window.ts';

/** SMPP 3.4; the library would say 5.0, which operators refuse. */
const interfaceVersion = 0x34;
/** How long connecting and binding may take. */
const bindPatience = 10_000;
/** How long an answer may be owed before the connection counts as dead. */
const answerPatience = 60_000;
const backOff = { first: 1000, longest: 60_000 };
/** ESME_RX_T_APPN: "again later"; the operator keeps the receipt. */
const againLater = 0x64;

export type SubmitResult =
  /** `submit_sm_resp`, or `generic_nack` with its status. */
  | { kind: 'answered'; status: number; messageId: string }
  /** Nothing of it was written. `retryAfter` in milliseconds. */
  | { kind: 'unsent'; detail: string; retryAfter: number | null }
  /** The operator refused the login; nothing was written. */
  | { kind: 'login-refused'; status: number }
  /** Written, and no answer came. */
  | { kind: 'silent'; detail: string };

export interface SessionEvents {
  now(): number;
  /** A receipt or a text that came in. It is acknowledged once the promise is kept. */
  onDelivery(pdu: Pdu): Promise<void>;
}

type Link = { ok: true } | Extract<SubmitResult, { kind: 'unsent' | 'login-refused' }>;

/**
 * One bound connection: connects when it is first needed, keeps a window of unanswered requests, answers the
 * operator's own, and after a loss waits longer each time before it connects again.
 */
export class SmppConnection {
  private session: Session | null = null;
  private bound = false;
  private linking: Promise<Link> | null = null;
  private failures = 0;
  private notBefore = 0;
  private readonly window: Window<SubmitResult>;
  private reconnecting: NodeJS.Timeout | undefined;
  private enquired = false;
  private closed = false;
  private readonly settings: SmppSettings;
  private readonly events: SessionEvents;

  constructor(settings: SmppSettings, events: SessionEvents) {
    this.settings = settings;
    this.events = events;
    this.window = new Window(settings.window);
  }

  /** Sends one `submit_sm`. When the signal ends it unanswered, a late answer still goes to `onLate`. */
  async submit(
    fields: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
    onLate: (result: SubmitResult) => void,
  ): Promise<SubmitResult> {
    while (!signal.aborted) {
      const link = await orAborted(this.link(), signal);
      if (link === null) break;
      if (!('ok' in link)) return link;
      if (!this.window.full) return this.write(fields, signal, onLate);
      await this.window.room(signal);
    }
    this.window.wakeNext();
    return { kind: 'unsent', detail: 'ended before it was written', retryAfter: null };
  }

  /** Binds, if it may and is not; what came of it. */
  link(): Promise<Link> {
    if (this.bound) return Promise.resolve({ ok: true });
    const wait = this.notBefore - this.events.now();
    if (this.closed || wait > 0) {
      const detail = this.closed ? 'closed' : 'waiting before connecting again';
      return Promise.resolve({ kind: 'unsent', detail, retryAfter: this.closed ? null : wait });
    }
    this.linking ??= this.bind().finally(() => {
      this.linking = null;
    });
    return this.linking;
  }

  /** To be called every half minute: keeps the connection awake, ends it when the operator is silent. */
  tick(): void {
    if (this.session === null || !this.bound) return;
    if (this.enquired || this.events.now() - this.window.oldest > answerPatience) {
      this.lose('the operator is silent');
      return;
    }
    this.enquired = true;
    this.session.enquire_link({}, () => {
      this.enquired = false;
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.reconnecting);
    const { session } = this;
    if (session === null) return;
    if (this.bound && this.window.empty) {
      await new Promise<void>((resolve) => {
        const patience = setTimeout(resolve, 1000);
        const done = (): void => {
          clearTimeout(patience);
          resolve();
        };
        session.on('close', done);
        if (!session.unbind({}, done)) done();
      });
    }
    this.lose('closed');
  }

  private write(
    fields: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
    onLate: (result: SubmitResult) => void,
  ): Promise<SubmitResult> {
    return new Promise((resolve) => {
      let given = false;
      const give = (result: SubmitResult): void => {
        if (given) {
          if (result.kind === 'answered') onLate(result);
          return;
        }
        given = true;
        signal.removeEventListener('abort', giveUp);
        resolve(result);
      };
      const giveUp = (): void => give({ kind: 'silent', detail: 'no answer before the call was ended' });
      const pending = this.window.add(this.events.now(), give);
      signal.addEventListener('abort', giveUp);
      const written = this.session?.submit_sm(fields, (answer) => {
        const messageId = typeof answer.message_id === 'string' ? answer.message_id : '';
        const nack = answer.command !== 'submit_sm_resp' && answer.command_status === 0;
        pending.settle({ kind: 'answered', status: nack ? 0x03 : answer.command_status, messageId });
      });
      if (written !== true) {
        pending.settle({ kind: 'unsent', detail: 'the connection was lost', retryAfter: null });
      }
    });
  }

  private bind(): Promise<Link> {
    const { host, port, tls, systemId, password, systemType } = this.settings;
    const session = smpp.connect({ host, port, tls, ...(tls && { servername: host }) });
    this.session = session;
    return new Promise((resolve) => {
      const failed = (link: Link, detail: string): void => {
        clearTimeout(patience);
        if (this.session === session) this.lose(detail);
        resolve(link);
      };
      const unreachable = (detail: string): void => {
        failed({ kind: 'unsent', detail, retryAfter: null }, detail);
      };
      const patience = setTimeout(() => unreachable('no answer to the login'), bindPatience);
      session.on('error', (error) => unreachable(error.message));
      session.on('close', () => unreachable('connection closed'));
      session.on(tls ? 'secureConnect' : 'connect', () => {
        session.bind_transceiver(
          {
            system_id: systemId,
            password,
            system_type: systemType,
            interface_version: interfaceVersion,
          },
          (answer) => {
            clearTimeout(patience);
            if (this.session !== session) return;
            if (answer.command !== 'bind_transceiver_resp' || answer.command_status !== 0) {
              failed({ kind: 'login-refused', status: answer.command_status }, 'login refused');
              return;
            }
            this.bound = true;
            this.failures = 0;
            this.enquired = false;
            resolve({ ok: true });
          },
        );
      });
      session.on('enquire_link', (pdu) => void session.send(pdu.response()));
      session.on('unknown', (pdu) => void session.send(pdu.response()));
      session.on('deliver_sm', (pdu) => void this.deliver(session, pdu));
      session.on('unbind', (pdu) => {
        session.send(pdu.response());
        session.close();
      });
    });
  }

  private async deliver(session: Session, pdu: Pdu): Promise<void> {
    try {
      await this.events.onDelivery(pdu);
      session.send(pdu.response());
    } catch {
      session.send(pdu.response({ command_status: againLater }));
    }
  }

  /** The connection is gone: whatever was written and not answered may have been taken. */
  private lose(detail: string): void {
    const { session } = this;
    this.session = null;
    this.bound = false;
    session?.destroy();
    // Half of it at random, so that many connections do not come back at once.
    const longest = Math.min(backOff.first * 2 ** this.failures, backOff.longest);
    const wait = longest / 2 + (Math.random() * longest) / 2;
    this.failures += 1;
    this.notBefore = this.events.now() + wait;
    this.window.settleAll({ kind: 'silent', detail });
    if (this.closed) return;
    // By itself, too: receipts that come while nobody is connected may be lost.
    clearTimeout(this.reconnecting);
    this.reconnecting = setTimeout(() => {
      // The timer is the clock here: one that is early by a hair must not end it.
      this.notBefore = 0;
      void this.link();
    }, wait);
    this.reconnecting.unref();
  }
}

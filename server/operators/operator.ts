/**
 * The contract with an SMS operator.
 *
 * A send has four outcomes. Only what proves that the operator did not take the message is `retryable`; a time-out,
 * a 5xx or an unreadable answer is `unknown` and is reconciled by our id, never sent again blindly.
 */
export type Outcome = 'accepted' | 'retryable' | 'rejected' | 'unknown';

/**
 * What the trouble is about, when it is more than one message: it stops the name or the account, not the message.
 * `sender-name`, `credit` and `auth` come with `retryable`: the message is kept, to go out once that is mended.
 */
export type Blame = 'message' | 'sender-name' | 'credit' | 'auth' | 'operator';

export interface OutgoingMessage {
  /** Our id as it travels: [a-zA-Z0-9]{3,50}, unique over installations. */
  ourId: string;
  /** E.164. */
  number: string;
  text: string;
  /** By our count. */
  parts: number;
}

export interface SendCall {
  senderName: string;
  /** At most `capabilities.maximumRecipients`, all under one sender name; texts may differ when `personalised`. */
  messages: readonly OutgoingMessage[];
  /** Ends the call; what the operator did by then is unknown. */
  signal: AbortSignal;
}

export interface SendOutcome {
  ourId: string;
  outcome: Outcome;
  operatorMessageId: string | null;
  /** The operator's own count, which is what is billed; null when it does not say. */
  parts: number | null;
  /** The operator's code and words, for the timeline. */
  detail: string;
  blame: Blame;
  /** Milliseconds to wait, when the operator says so (Retry-After). */
  retryAfter: number | null;
}

/** A delivery report, as the adapter understood it. `state` only ever advances a message. */
export interface DeliveryReport {
  operatorMessageId: string | null;
  ourId: string | null;
  state: 'accepted' | 'delivered' | 'undelivered' | 'expired' | 'rejected' | 'unknown';
  parts: number | null;
  detail: string;
  /** Milliseconds since the epoch, by the operator's clock; null when it does not say. */
  at: number | null;
  /**
   * True: the push is no proof (unsigned, or in words that are not documented). `state` is then never a final one;
   * what it claims is in `detail`, and `reportsOf` is to be asked now rather than at the next poll.
   */
  hint?: boolean;
}

/**
 * What `reportsOf` is asked about. Number, text and time are of use where our id does not reach the operator
 * (Twilio finds an `unknown` message only by them) or does not come back in its answer (SerwerSMS).
 */
export interface AskedMessage {
  ourId: string;
  operatorMessageId: string | null;
  /** E.164. */
  number?: string;
  text?: string;
  /** When the call was made, milliseconds since the epoch. */
  sentAt?: number;
}

/** The answer to anything but a send: errors are values, told in the operator's code and words. */
export type OperatorAnswer<T> = { ok: true; value: T } | { ok: false; blame: Blame; detail: string };

/** A sender name as the operator has it (R11). */
export interface OperatorSender {
  name: string;
  state: 'pending' | 'authorised' | 'rejected' | 'deactivated' | 'unknown';
  /** The owner's statement: does the operator still wait for it? */
  statement: 'required' | 'received' | 'not-required' | 'unknown';
  /** The operator's words on a rejection, else empty. */
  note: string;
}

/** What is left to send with. `amount` null: no limit. Points are the operator's own money. */
export interface OperatorBalance {
  amount: number | null;
  unit: 'messages' | 'points';
}

/** A text that somebody sent to us. */
export interface InboundMessage {
  operatorMessageId: string | null;
  /** E.164 where the operator tells it, else as it came. */
  from: string;
  to: string;
  text: string;
  at: number | null;
}

export interface Cancellation {
  ourId: string;
  cancelled: boolean;
  detail: string;
  /** It may have been, or may yet be: there was no answer, or none for now. Asking again has sense. */
  again?: boolean;
}

export interface Capabilities {
  send: true;
  /** What the server must run on; absent: any. A Worker holds no connection that stands, as SMPP needs one. */
  runtimes?: readonly ('node' | 'workers')[];
  /** Different texts in one call. */
  personalised: boolean;
  cancel: boolean;
  reports: boolean;
  senders: boolean;
  statement: boolean;
  balance: boolean;
  inbound: boolean;
  /** Refuses our id the second time: a resend after `unknown` is then safe. */
  deduplicates: boolean;
  /** For how many milliseconds it remembers our ids; absent: for good. */
  deduplicatesFor?: number;
  maximumRecipients: number;
  /** Parts of one message. */
  maximumParts: number;
  /** Parts a second for one account; null: no limit known. */
  partsPerSecond: number | null;
}

export interface Operator {
  readonly name: string;
  readonly capabilities: Capabilities;
  /** Answers one outcome for each message, in their order; never throws for what an operator may do. */
  send(call: SendCall): Promise<SendOutcome[]>;
  /** What became of these: asked for `unknown` ones and for those whose report did not come. Unknown ids are left out. */
  reportsOf(ids: readonly AskedMessage[]): Promise<DeliveryReport[]>;
  /**
   * Reads a raw report from the inbox, as it was stored: the query of a GET, the body of a POST, or both joined by
   * `&` (`rawReport` in callbacks.ts makes it). What cannot be read gives an empty list, never an error.
   */
  readReport(raw: string): DeliveryReport[];

  /**
   * Takes back what the operator has not yet sent; one answer for each, in their order. With `capabilities.cancel`.
   * What is not answered when `signal` ends it is to be asked again.
   */
  cancel?(
    ids: readonly { ourId: string; operatorMessageId: string | null }[],
    signal?: AbortSignal,
  ): Promise<Cancellation[]>;
  /** The account's sender names with their states. With `capabilities.senders`. */
  senders?(): Promise<OperatorAnswer<OperatorSender[]>>;
  /** Asks for a name; asking again for one that is there is no error. Authorised it is only when `senders` says so. */
  addSender?(name: string): Promise<OperatorAnswer<OperatorSender>>;
  /** The operator's own text of the owner's statement. With `capabilities.statement`. */
  statementText?(): Promise<OperatorAnswer<string>>;
  /** With `capabilities.balance`. Ask hourly, not before every send. */
  balance?(): Promise<OperatorAnswer<OperatorBalance>>;
  /** Reads a pushed inbound text, as it was stored; reports and noise give an empty list. With `capabilities.inbound`. */
  readInbound?(raw: string): InboundMessage[];
  /** Inbound texts since a moment, where the operator is asked and does not push. With `capabilities.inbound`. */
  inbound?(since: number): Promise<OperatorAnswer<InboundMessage[]>>;
  /** Puts a number on the operator's own blacklist: a second net below our opt-out list. */
  block?(number: string): Promise<OperatorAnswer<null>>;
  /**
   * For an operator that reports over its own connection (SMPP): each report is handed over raw and counted as
   * received only once the promise is kept, so store it first. Called once, before the first send.
   */
  listen?(store: (raw: string) => Promise<void>): void;
  /** Ends connections; sends under way end as `unknown`. */
  close?(): Promise<void>;
  /**
   * Did the operator make this callback? Asked before it is stored, where the operator signs (Twilio); absent, the
   * secret in the address is the only proof. The URL is the public one, letter for letter as the operator called it.
   */
  isGenuine?(callback: { url: string; body: string; header(name: string): string | null }): Promise<boolean>;
  /** What a callback must be answered with (HTTP 200, text/plain), or the operator repeats it. Absent: anything. */
  readonly callbackAnswer?: string;
}

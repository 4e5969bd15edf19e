/**
 * The contract with an SMS operator.
 *
 * A send has four outcomes. Only what proves that the operator did not take the message is `retryable`; a time-out,
 * a 5xx or an unreadable answer is `unknown` and is reconciled by our id, never sent again blindly.
 */
export type Outcome = 'accepted' | 'retryable' | 'rejected' | 'unknown';

/** What the trouble is about, when it is more than one message: it stops the name or the account, not the message. */
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
}

export interface Capabilities {
  send: true;
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
  reportsOf(ids: readonly { ourId: string; operatorMessageId: string | null }[]): Promise<DeliveryReport[]>;
  /** Reads a raw report from the inbox, as it was stored. */
  readReport(raw: string): DeliveryReport[];
}

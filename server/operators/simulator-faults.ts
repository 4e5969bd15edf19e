/**
 * What an operator can do wrong, by name: the same names in every simulator and in the contract test. A simulator
 * does the fault in its own operator's words; where its wire format cannot carry one, it says so in `plays`.
 */
export const faults = {
  // Not taken, and told so.
  busy: 'temporarily unavailable (1010, 202, 429, ESME_RTHROTTLED)',
  'rate-limited': 'HTTP 429 with Retry-After',
  'refused-message':
    'the recipient or the text is refused, in an answer with HTTP 200 where the operator does so',
  'sender-pending': 'the sender name is not authorised (3106, 14, 21212, ESME_RINVSRCADR)',
  'no-credit': 'nothing left to send with',
  'token-expired': 'the login is refused in the middle of a run',
  'unknown-code': 'an error with a code that is in no table',
  // Some taken, some not, in one answer.
  'some-unsent': 'success, and yet every second message unsent',
  'credit-mid-batch': 'the first half taken, credit gone for the rest',
  // Nobody can tell from the answer.
  'drop-before-taking': 'the connection ends, nothing was taken',
  'accept-then-drop': 'taken, then the connection ends without an answer',
  'half-answer': 'taken, then the connection ends in the middle of the answer',
  'half-json': 'taken, the answer is cut off and yet complete as HTTP',
  'never-answers': 'taken, and silence until the caller gives up',
  'server-error': 'taken, answered with HTTP 500',
  'server-error-before-taking': 'not taken, answered with HTTP 503',
  html: 'taken, answered with a page',
  empty: 'taken, answered with nothing',
  huge: 'taken, answered with 10 MB',
  nonsense: 'taken, answered with JSON of another shape',
  moved: 'not taken, answered with a redirection',
  // Taken, and told so in an odd way.
  'wrong-content-type': 'taken, JSON that calls itself text/html',
  'negative-parts': 'taken, with a count of parts that cannot be',
  'parts-as-string': 'taken, with numbers written as strings',
  'success-without-items': 'taken, but the answer does not say which and with what ids',
} as const;

export type Fault = keyof typeof faults;

/** Faults of delivery reports: what `report` of a simulator does with them. */
export const reportFaults = {
  'report-twice': 'the same report a second time',
  'report-before-answer': 'the report comes before the answer to the send',
  'report-batch-short': 'several reports in one call, some lists shorter than the ids',
  'reports-out-of-order': 'sent comes after delivered',
  'report-never': 'no report is pushed',
  'cancel-partly': 'of several messages to be taken back, only the first is',
} as const;

export type ReportFault = keyof typeof reportFaults;

/** Which fault is played when: for the next calls, for a number, or for everything. */
export class Faults<F extends string> {
  private readonly queue: (F | null)[] = [];
  private readonly byNumber = new Map<string, F>();
  private standing: F | null = null;

  /** The next `calls` sends meet it, after those that wait already; null: they meet none. */
  next(fault: F | null, calls = 1): void {
    for (let call = 0; call < calls; call++) this.queue.push(fault);
  }

  /** Every call with this number (E.164) meets it; null: no more. */
  forNumber(number: string, fault: F | null): void {
    if (fault === null) this.byNumber.delete(number);
    else this.byNumber.set(number, fault);
  }

  /** Every call meets it until it is null again. */
  always(fault: F | null): void {
    this.standing = fault;
  }

  clear(): void {
    this.queue.length = 0;
    this.byNumber.clear();
    this.standing = null;
  }

  /** The fault of one call to these numbers. Uses up one of `next`. */
  take(numbers: readonly string[]): F | null {
    const queued = this.queue.shift();
    if (queued !== undefined) return queued;
    if (this.byNumber.size > 0) {
      for (const number of numbers) {
        const fault = this.byNumber.get(number);
        if (fault !== undefined) return fault;
      }
    }
    return this.standing;
  }

  /** Is this one due now? Uses up one of `next`. */
  due(fault: F): boolean {
    if (this.queue[0] === fault) {
      this.queue.shift();
      return true;
    }
    return this.standing === fault;
  }
}

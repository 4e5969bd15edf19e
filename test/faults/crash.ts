/**
 * Loaded before the server in these tests alone (`node --import`): the server itself knows of no points to die at.
 *
 * `CRASH_AT=<point>[@<operator>][#<n>]` ends the process with SIGKILL, as a power cut would, when it passes the point
 * for the n-th time: see points.ts. `CLOCK_AHEAD=<milliseconds>` and the message `{advance}` from the parent move its
 * clock. With `HELD=1` it loads the server's code and then waits for the message `{go}`.
 */
import { channel } from 'node:diagnostics_channel';
import { isMainThread } from 'node:worker_threads';
import Libsql from 'libsql';

/** What a transaction is known by: one of its statements. */
const transactions = {
  accept: /INSERT INTO batches/,
  lease: /UPDATE messages SET state = 'sending'/,
  write: /INSERT INTO operator_calls/,
  settle: /UPDATE operator_calls SET finished_at = \?, outcome = \? WHERE/,
  report: /INSERT INTO reports/,
  match: /INTO message_reports/,
} as const;

let ahead = Number(process.env.CLOCK_AHEAD ?? 0);
const real = Date.now;
Date.now = () => real() + ahead;
let begin = () => {};
const begun = new Promise<void>((resolve) => {
  begin = resolve;
});
process.on('message', (told: { advance?: number; go?: boolean }) => {
  ahead += told.advance ?? 0;
  if (told.go === true) begin();
});
// Nobody outlives the tests, and the parent's wish to talk keeps nobody alive.
process.on('disconnect', () => process.exit(0));
process.channel?.unref();

const [where = '', time = '1'] = (process.env.CRASH_AT ?? '').split('#');
const [point = '', operator = ''] = where.split('@');
/** A send to the operator, by its address. */
const sends: Record<string, RegExp> = {
  '': /sms\.do|Messages\.json|send_/,
  smsapi: /sms\.do/,
  twilio: /Messages\.json/,
  serwersms: /send_/,
};
let left = Number(time);

function pass(passed: string): void {
  if (passed !== point) return;
  left -= 1;
  if (left > 0) return;
  process.kill(process.pid, 'SIGKILL');
  // Nothing more happens, however long the signal takes.
  for (;;);
}

if (point !== '') {
  watchTransactions();
  // The request is made and nothing of it is written; all of it is; its answer is read and nobody has seen it yet.
  for (const [event, call] of [
    ['create', 'call.before'],
    ['bodySent', 'call.sent'],
    ['trailers', 'call.answered'],
  ]) {
    channel(`undici:request:${event}`).subscribe((told) => {
      const { method, path } = (told as { request: { method: string; path: string } }).request;
      if (method === 'POST' && sends[operator]?.test(path) === true) pass(`${call}`);
    });
  }
}

function watchTransactions(): void {
  let kinds = new Set<string>();
  let moved = false;
  const prepare = Libsql.prototype.prepare;
  const watched = function (this: Libsql.Database, sql: string): unknown {
    const statement = prepare.call(this, sql);
    for (const method of ['run', 'all'] as const) {
      const original = statement[method].bind(statement) as (...args: unknown[]) => unknown;
      statement[method] = ((...args: unknown[]) => {
        if (sql === 'COMMIT') for (const kind of kinds) pass(`${kind}.before-commit`);
        const result = original(...args);
        after(sql);
        return result;
      }) as never;
    }
    return statement;
  };
  Libsql.prototype.prepare = watched as never;

  function after(sql: string): void {
    if (sql.startsWith('BEGIN')) {
      kinds = new Set();
      moved = false;
      return;
    }
    if (sql === 'COMMIT') {
      const done = kinds;
      kinds = new Set();
      for (const kind of done) pass(`${kind}.after-commit`);
      return;
    }
    for (const [kind, mark] of Object.entries(transactions)) {
      if (kinds.has(kind) || !mark.test(sql)) continue;
      kinds.add(kind);
      // Some are known only once they have moved something.
      if (moved) pass(`${kind}.middle`);
    }
    // Progress has moved, states and the rest have not.
    if (!moved && sql.includes('UPDATE batch_progress')) {
      moved = true;
      for (const kind of kinds) pass(`${kind}.middle`);
    }
  }
}

if (process.env.HELD === '1' && isMainThread) {
  // What takes a server longest to start is its code: several are made ready at once, to be begun one after another.
  await Promise.all([
    import('../../server/app.ts'),
    import('../../server/platform/node.ts'),
    import('../../server/operators/catalogue.node.ts'),
    import('../../server/senders/statement-pdf.node.ts'),
  ]);
  process.channel?.ref();
  await begun;
  process.channel?.unref();
}

import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Behaviour } from '../server/mail-accounts/smtp-fixture.node.ts';
import type { OfficeAnswer, OfficeOrder, OfficeReady } from '../server/senders/office-process.node.ts';

const root = join(import.meta.dirname, '..');
const node = process.platform === 'win32' ? process.execPath : join(root, 'node_modules', '.bin', 'node');

export interface Office extends OfficeReady {
  /** Moves the server's clock on. */
  forward(milliseconds: number): Promise<void>;
  /** How the mail server treats letters from now on. */
  behave(behaviour: Behaviour): Promise<void>;
  /** What the mail server has taken. */
  letters(): Promise<OfficeAnswer['letters']>;
  /** A call of the API as the administrator. @throws where it is refused */
  call<Body>(method: string, path: string, body?: unknown): Promise<Body>;
  stop(): void;
}

/** Milliseconds for the process to stand. */
const patience = 60_000;

const before = (child: ChildProcess): Promise<OfficeReady> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The office does not open')), patience);
    child.once('message', (ready) => {
      clearTimeout(timer);
      resolve(ready as OfficeReady);
    });
    child.once('exit', (code) => reject(new Error(`The office ended (${code})`)));
  });

/**
 * An organisation with three companies, without a sender name, in a process of its own: no sandbox, an administrator who is
 * signed in by `token`, a clock that the test moves, and a real mail server on `mailPort` (user biuro, password tajne).
 */
export const openOffice = async ({ hasCrm = false, companies = 3 } = {}): Promise<Office> => {
  const child = fork(
    join(root, 'server', 'senders', 'office-process.node.ts'),
    [String(hasCrm), String(companies)],
    { cwd: root, execPath: node, execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  );
  const last = () => child.kill('SIGKILL');
  process.once('exit', last);
  const ready = await before(child);
  let number = 0;
  const ask = (order: OfficeOrder): Promise<OfficeAnswer> =>
    new Promise((resolve) => {
      const hear = (answer: unknown) => {
        if ((answer as OfficeAnswer).number !== order.number) return;
        child.off('message', hear);
        resolve(answer as OfficeAnswer);
      };
      child.on('message', hear);
      child.send(order);
    });
  return {
    ...ready,
    forward: async (milliseconds) => {
      await ask({ number: ++number, does: 'forward', milliseconds });
    },
    behave: async (behaviour) => {
      await ask({ number: ++number, does: 'behave', behaviour });
    },
    letters: async () => (await ask({ number: ++number, does: 'letters' })).letters,
    call: async (method, path, body) => {
      const answer = await fetch(`${ready.url}${path}`, {
        method,
        headers: { Authorization: `Bearer ${ready.token}`, 'Content-Type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
      return (text === '' ? null : JSON.parse(text)) as never;
    },
    stop: () => {
      process.removeListener('exit', last);
      child.kill('SIGKILL');
    },
  };
};

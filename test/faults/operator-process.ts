import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Fault } from '../../server/operators/simulator-faults.ts';

/** `smsapi` refuses our id the second time; `twilio` and `serwersms` (as an account mostly is set) do not. */
export const operatorKinds = ['smsapi', 'twilio', 'serwersms'] as const;
export type OperatorKindName = (typeof operatorKinds)[number];

export interface OperatorState {
  kind: OperatorKindName;
  /** How often each of our ids was taken. */
  taken: Record<string, number>;
  requests: number;
}

export interface OperatorOrder {
  id: number;
  /** Every call meets it; null: none any more. */
  fault?: Fault | null;
  next?: { fault: Fault; calls: number };
  /** Milliseconds that every request waits at the door. */
  delay?: number;
  /** Are reports pushed? */
  pushes?: boolean;
  /** Does it answer at all? */
  open?: boolean;
  /** As new. */
  reset?: boolean;
}

export interface OperatorProcess {
  kind: OperatorKindName;
  url: string;
  tell(order: Omit<OperatorOrder, 'id'>): Promise<OperatorState>;
  end(): Promise<void>;
}

export type Operators = Record<OperatorKindName, OperatorProcess>;

export async function startOperators(): Promise<Operators> {
  const [smsapi, twilio, serwersms] = await Promise.all([
    startOperator('smsapi'),
    startOperator('twilio'),
    startOperator('serwersms'),
  ]);
  return { smsapi, twilio, serwersms };
}

async function startOperator(kind: OperatorKindName): Promise<OperatorProcess> {
  const child = fork(join(import.meta.dirname, 'operator.ts'), [kind], {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, (state: OperatorState) => void>();
  let orders = 0;
  const url = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the operator ended (${code})`)));
    child.on('message', (told: { url?: string; id?: number; state?: OperatorState }) => {
      if (told.url !== undefined) resolve(told.url);
      if (told.id !== undefined && told.state !== undefined) {
        waiting.get(told.id)?.(told.state);
        waiting.delete(told.id);
      }
    });
  });
  const tell = (order: Omit<OperatorOrder, 'id'>): Promise<OperatorState> =>
    new Promise((resolve) => {
      const id = ++orders;
      waiting.set(id, resolve);
      child.send({ ...order, id });
    });
  return {
    kind,
    url,
    tell,
    end: async () => {
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill('SIGKILL');
      await ended;
    },
  };
}

import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

export interface FaultyServer {
  url: string;
  child: ChildProcess;
  readonly running: boolean;
  /** Everything it has said. */
  said(): string;
  /** Milliseconds that its clock is ahead of ours. */
  ahead(): number;
  /** Moves its clock on. */
  advance(milliseconds: number): void;
  /** Resolves with the signal that ended it, or null. */
  ended: Promise<NodeJS.Signals | null>;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

export interface ServerOptions {
  data: string;
  port: number;
  publicUrl: string;
  crashAt?: string;
  /** Milliseconds that its clock is ahead of ours. */
  ahead?: number;
  /** Of each of its files, in kilobytes; afterwards `prlimit` may raise it. */
  fileLimit?: number;
}

/** A process whose code is loaded and whose server is not begun. */
export interface HeldServer {
  /** Resolves once it listens, or died on the way there. */
  go(): Promise<FaultyServer>;
  /** Ends it, begun or not. */
  kill(): Promise<void>;
}

/** `server/platform/main.ts` as it is, with crash.ts before it. */
export function holdServer(options: ServerOptions): HeldServer {
  const { data, port, publicUrl, crashAt = '', fileLimit } = options;
  let ahead = options.ahead ?? 0;
  const node = [
    process.execPath,
    '--import',
    join(import.meta.dirname, 'crash.ts'),
    'server/platform/main.ts',
  ];
  const [command = '', ...args] =
    fileLimit === undefined ? node : ['sh', '-c', `ulimit -S -f ${fileLimit * 2}; exec "$@"`, 'sh', ...node];
  const child = spawn(command, args, {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      NADPIS_PORT: String(port),
      NADPIS_DATA: data,
      NADPIS_PUBLIC_URL: publicUrl,
      NADPIS_LOG: 'json',
      CRASH_AT: crashAt,
      CLOCK_AHEAD: String(ahead),
      HELD: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let said = '';
  const ended = new Promise<NodeJS.Signals | null>((resolve) =>
    child.once('exit', (_code, signal) => resolve(signal)),
  );
  const listening = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        said = (said + chunk).slice(-200_000);
        if (said.includes('"listening"')) resolve();
      });
    }
    void ended.then(() => resolve());
  });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  const server: FaultyServer = {
    url: `http://127.0.0.1:${port}`,
    child,
    get running() {
      return child.exitCode === null && child.signalCode === null;
    },
    said: () => said,
    ahead: () => ahead,
    advance: (milliseconds) => {
      ahead += milliseconds;
      if (child.connected) child.send({ advance: milliseconds });
    },
    ended,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
  return {
    go: async () => {
      if (child.connected) child.send({ go: true });
      await listening;
      return server;
    },
    kill: server.kill,
  };
}

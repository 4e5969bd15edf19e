import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '..');
const node = process.platform === 'win32' ? process.execPath : join(root, 'node_modules', '.bin', 'node');

/** What the server ends with when its port is taken. */
const portTakenExit = 98;

export class PortTaken extends Error {
  readonly port: number;
  constructor(port: number, said: string) {
    super(said);
    this.name = 'PortTaken';
    this.port = port;
  }
}

export interface ServerProcess {
  /** Without a slash at the end. */
  url: string;
  port: number;
  data: string;
  /** Everything it has said, for a failure's message. */
  output(): string;
  /** Asks it to stop and waits; by force after ten seconds. */
  stop(): Promise<void>;
  /** Stops it in its tracks: it takes connections and answers nothing (POSIX). */
  freeze(): void;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Resolves when it ends by itself or by us. */
  ended: Promise<void>;
}

interface Options {
  /** 0: the system chooses. */
  port?: number;
  /** Folder of its database. */
  data: string;
  env?: Record<string, string>;
  /** What is run instead of the server on Node, e.g. the same server at the edge. */
  program?: readonly string[];
  /** Seconds until it must listen. */
  patience?: number;
}

/** What was set for another server, our own variables that this one knows nothing of, and a test runner's stay out. */
const environment = ({ port = 0, data, env = {} }: Options) => {
  const others = Object.entries(process.env).filter(([name]) => !/^(NADPIS_|VITEST|NODE_ENV$)/.test(name));
  return {
    ...Object.fromEntries(others),
    NADPIS_PORT: String(port),
    NADPIS_DATA: data,
    NADPIS_LOG: 'json',
    ...env,
  };
};

const listeningAt = (line: string): string | null => {
  try {
    const { message, properties } = JSON.parse(line) as { message?: string; properties?: { url?: string } };
    return message === 'listening' && typeof properties?.url === 'string' ? properties.url : null;
  } catch {
    return null;
  }
};

const grouped = process.platform !== 'win32';

/** With all that it has started. */
const killAll = (child: ChildProcess): void => {
  try {
    if (grouped && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    // It has ended by itself.
  }
};

const ending = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once('exit', () => resolve()));

/** Starts the real server in a process of its own and waits until it listens. @throws PortTaken */
export const startServer = async (options: Options): Promise<ServerProcess> => {
  const { port = 0, data, patience = 60 } = options;
  const { program = [join('server', 'platform', 'main.ts')] } = options;
  const child = spawn(node, program, {
    cwd: root,
    // Of a group of its own, so that what it has started ends with it.
    detached: grouped,
    env: environment(options),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const keep = (text: string) => {
    said = `${said}${text}\n`.slice(-200_000);
  };
  child.stderr.on('data', (text: Buffer) => keep(text.toString().trimEnd()));
  const ended = ending(child);
  const end = async (signal: NodeJS.Signals, force: number) => {
    if (child.exitCode === null && child.signalCode === null) {
      if (signal === 'SIGKILL') killAll(child);
      else child.kill(signal);
    }
    const timer = setTimeout(() => killAll(child), force);
    await ended;
    clearTimeout(timer);
  };
  // Whoever started it must not leave it behind.
  const last = () => killAll(child);
  process.once('exit', last);
  void ended.then(() => process.removeListener('exit', last));

  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => {
      killAll(child);
      reject(new Error(`The server did not listen within ${patience} s:\n${said}`));
    }, patience * 1000);
    createInterface({ input: child.stdout }).on('line', (line) => {
      keep(line);
      const found = listeningAt(line);
      if (found === null) return;
      clearTimeout(timer);
      resolve(found);
    });
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      reject(
        code === portTakenExit
          ? new PortTaken(port, said.trim())
          : new Error(`The server ended (${code}):\n${said}`),
      );
    });
  });
  return {
    url,
    port: Number(new URL(url).port),
    data,
    output: () => said,
    stop: () => end('SIGTERM', 10_000),
    freeze: () => {
      child.kill('SIGSTOP');
    },
    kill: () => end('SIGKILL', 0),
    ended,
  };
};

import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { PortTaken, type ServerProcess, startServer } from '../server-process.ts';
import { SetupProblem } from '../setup/progress.mjs';
import { demoFolders, listen, serveFiles } from './list-server.ts';

const root = join(import.meta.dirname, '..', '..');

/** The demo's database: kept between runs, so that a user finds yesterday's messages. */
export const demoData = join(root, 'data');

const isFree = async (port: number): Promise<boolean> => {
  const probe = createServer();
  const answer = await listen(probe, port).then(
    () => true,
    () => false,
  );
  probe.close();
  return answer;
};

/** The first free port from this one on, or null when fifty are taken. */
export const nextFree = async (from: number): Promise<number | null> => {
  for (let port = from; port < Math.min(from + 50, 65_536); port += 1) {
    if (await isFree(port)) return port;
  }
  return null;
};

const portIsTaken = async (port: number): Promise<SetupProblem> => {
  const free = await nextFree(port + 1);
  return new SetupProblem(
    `Port ${port} is taken by another program (an earlier npm start?).`,
    free === null
      ? 'End it, or give another port: npm start -- --port 9000'
      : `End it, or: npm start -- --port ${free}`,
  );
};

/** What the server keeps in its folder (server/platform). */
const kept = ['nadpis.db', 'nadpis.db-wal', 'nadpis.db-shm', 'sandbox-secret'];

/**
 * Empties the database; the secret goes with it, and the demo's browser that was signed in to it. Not while the port is
 * taken: it may be the server that is at work on these very files.
 * @throws SetupProblem
 */
export const reset = async (port: number): Promise<void> => {
  if (process.env.NADPIS_DATABASE_URL) {
    throw new SetupProblem(
      'NADPIS_DATABASE_URL names a libSQL server: --reset empties only the file of this machine.',
      'Unset it, or empty that database yourself.',
    );
  }
  if (port !== 0 && !(await isFree(port))) throw await portIsTaken(port);
  const own = process.env.NADPIS_DATA;
  if (!own) return rmSync(demoData, { recursive: true, force: true });
  // A folder that the user named may hold more than ours.
  for (const file of kept) rmSync(join(own, file), { force: true });
};

/** The server, or words about whose port it is. Settings of the environment (NADPIS_…) are passed on. */
export const startDemoServer = async (port: number): Promise<ServerProcess> => {
  const own = ['NADPIS_CHROMIUM', 'NADPIS_FIREFOX', 'NADPIS_PORT', 'NADPIS_LOG'];
  const settings = Object.entries(process.env).flatMap(([name, value]) =>
    name.startsWith('NADPIS_') && !own.includes(name) && value !== undefined ? [[name, value] as const] : [],
  );
  try {
    return await startServer({
      port,
      data: process.env.NADPIS_DATA || demoData,
      env: Object.fromEntries(settings),
    });
  } catch (error) {
    if (!(error instanceof PortTaken)) throw error;
    throw await portIsTaken(port);
  }
};

export interface DemoList {
  url: string;
  close(): void;
}

/** The demo's ERP page, on its usual port or the next free one. */
export const startList = async (port: number): Promise<DemoList> => {
  const free = port === 0 ? 0 : await nextFree(port);
  const server = serveFiles(demoFolders(root));
  const taken = await listen(server, free ?? 0);
  return {
    url: `http://127.0.0.1:${taken}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export interface Build {
  /** Files and folders that decide on the outcome. */
  inputs: readonly string[];
  /** A file that the build leaves: without it there is no outcome. */
  outcome: string;
  /** Where the hash of the inputs is kept; also guards against two builds at once. */
  stamp: string;
  build: () => Promise<void>;
}

const skipped = new Set(['node_modules', 'built', 'dist', 'out', '.git']);

const filesIn = (path: string): string[] => {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return [];
  if (stat.isFile()) return /\.test\.tsx?$/.test(path) ? [] : [path];
  return readdirSync(path)
    .sort()
    .filter((name) => !skipped.has(name))
    .flatMap((name) => filesIn(join(path, name)));
};

export const hashOf = (root: string, inputs: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap((input) => filesIn(join(root, input)))) {
    hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
};

const read = (path: string) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Locks of this very process: its number in any other lock was another's before. */
const ours = new Set<string>();

/** Waits while another living process builds the same; a lock whose process is gone is taken over. */
const lock = async (path: string): Promise<void> => {
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      ours.add(path);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = Number(read(path));
    // An empty lock was made this very moment, or its owner died in between.
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    const isHeld = owner === 0 ? age < 2000 : owner === process.pid ? ours.has(path) : isAlive(owner);
    if (!isHeld) rmSync(path, { force: true });
    else await wait(200);
  }
};

/**
 * Builds when an input changed since the last time, and leaves everything as it is otherwise.
 * @returns whether it was built now
 */
export const builtOnce = async (root: string, { inputs, outcome, stamp, build }: Build): Promise<boolean> => {
  const isFresh = (hash: string) => read(stamp) === hash && statSync(outcome, { throwIfNoEntry: false });
  if (isFresh(hashOf(root, inputs))) return false;
  mkdirSync(dirname(stamp), { recursive: true });
  await lock(`${stamp}.lock`);
  try {
    const hash = hashOf(root, inputs);
    if (isFresh(hash)) return false;
    rmSync(stamp, { force: true });
    await build();
    writeFileSync(stamp, hash);
    return true;
  } finally {
    ours.delete(`${stamp}.lock`);
    rmSync(`${stamp}.lock`, { force: true });
  }
};

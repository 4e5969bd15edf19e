import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { seconds } from '../setup/progress.mjs';
import { type Suite, suites } from './suites.ts';
import { line, sum, type Tally, tally } from './tally.ts';

const root = dirname(dirname(import.meta.dirname));
const reports = join(root, 'out', 'tests');

const help = `npm test                     all checks and suites
npm test -- unit browsers    some of them: ${suites.map((suite) => suite.name).join(', ')}
npm test -- unit --only shared/phone   the files of a suite whose path contains that`;

interface Ended {
  exit: number | null;
  output: string;
}

let current: ChildProcess | null = null;

/** Runs one program in a process group of its own, so that a hung one ends with all that it started. */
const runProgram = (command: readonly string[], show: boolean, minutes: number): Promise<Ended> =>
  new Promise((resolve) => {
    const [name = '', ...args] = command;
    const bin = join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name);
    const grouped = process.platform !== 'win32';
    const child = spawn(bin, args, {
      cwd: root,
      shell: !grouped,
      detached: grouped,
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
      env: process.stdout.isTTY ? { ...process.env, FORCE_COLOR: '1' } : { ...process.env, NO_COLOR: '1' },
    });
    current = child;
    let output = '';
    const keep = (data: Buffer) => {
      output = (output + data.toString()).slice(-200_000);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    const limit = setTimeout(() => {
      console.log(`✗ ${name} did not end within ${minutes} minutes`);
      end(child);
    }, minutes * 60_000);
    child.once('error', (error) => {
      clearTimeout(limit);
      resolve({ exit: 1, output: `${name} does not start: ${error.message}` });
    });
    child.once('close', (code) => {
      clearTimeout(limit);
      current = null;
      resolve({ exit: code, output });
    });
  });

const end = (child: ChildProcess | null, signal: NodeJS.Signals = 'SIGKILL') => {
  if (child?.pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch {
    // It has ended by itself.
  }
};

const runCheck = async (suite: Suite): Promise<Tally> => {
  for (const command of suite.commands) {
    const { exit, output } = await runProgram(command, false, suite.minutes);
    if (exit !== 0) {
      console.log(output.trim());
      console.log(`  ↑ ${command.join(' ')}`);
      return { passed: 0, failed: 1, skipped: 0 };
    }
  }
  return { passed: 1, failed: 0, skipped: 0 };
};

const runTests = async (suite: Suite, only: string | undefined): Promise<Tally> => {
  const file = join(reports, `${suite.name}.json`);
  rmSync(file, { force: true });
  const [command = []] = suite.commands;
  const { exit } = await runProgram(
    [
      ...command,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
      ...(only ? [only] : []),
    ],
    true,
    suite.minutes,
  );
  return tally(existsSync(file) ? readFileSync(file, 'utf8') : null, exit);
};

const main = async (): Promise<number> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h' }, only: { type: 'string' } },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const unknown = positionals.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    console.error(`✗ There is no suite ${unknown.join(', ')}.\n${help}`);
    return 2;
  }
  mkdirSync(reports, { recursive: true });
  const chosen = suites.filter((suite) => positionals.length === 0 || positionals.includes(suite.name));
  const began = Date.now();
  const results: { suite: Suite; result: Tally; took: number }[] = [];
  for (const [place, suite] of chosen.entries()) {
    console.log(`\n── ${place + 1}/${chosen.length} ${suite.name}: ${suite.about}`);
    const started = Date.now();
    const result = suite.kind === 'check' ? await runCheck(suite) : await runTests(suite, values.only);
    const took = Date.now() - started;
    results.push({ suite, result, took });
    console.log(`${result.failed === 0 ? '✓' : '✗'} ${suite.name}: ${line(result)} (${seconds(took)})`);
  }
  const total = sum(results.map(({ result }) => result));
  console.log(`\n── all, ${seconds(Date.now() - began)}`);
  for (const { suite, result, took } of results) {
    const sign = result.failed === 0 ? '✓' : '✗';
    console.log(`${sign} ${suite.name.padEnd(10)} ${line(result).padEnd(34)} ${seconds(took).padStart(7)}`);
  }
  console.log(line(total));
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
};

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    end(current, 'SIGTERM');
    setTimeout(() => {
      end(current);
      process.exit(130);
    }, 3000);
    current?.once('close', () => process.exit(130));
  });
}

process.exitCode = await main();

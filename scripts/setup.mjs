/**
 * Makes a fresh checkout run: packages, the packages of the test pages, browsers. Installs what is missing and only
 * that, and then hands over to a program run by the Node that the project brings along.
 * Plain JavaScript for Node 20 with nothing installed.
 *
 *   node scripts/setup.mjs        everything that the tests need
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installBrowsers } from './setup/browsers.mjs';
import { installPackages } from './setup/packages.mjs';
import { SetupProblem, seconds } from './setup/progress.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Node that strips types by itself, without a flag or a warning. */
const runsTypeScript = (/** @type {string} */ version) => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 18);
};

/** The project's own Node where there is one for this machine, else the user's, when it is new enough. */
const nodeForTypeScript = () => {
  const folder = process.platform === 'linux' ? `node-linux-${process.arch}` : '';
  const own = join(root, 'node_modules', folder, 'bin', 'node');
  if (folder !== '' && existsSync(own)) return own;
  if (runsTypeScript(process.versions.node)) return process.execPath;
  throw new SetupProblem(
    `Node ${process.versions.node} cannot run this project's TypeScript.`,
    'On this system the project brings no Node along: install Node 24 (https://nodejs.org) and run it again.',
  );
};

/** @param {{ pages?: boolean, browsers?: readonly ('chromium' | 'firefox')[] }} needs */
export const setUp = async (needs = {}) => {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) {
    throw new SetupProblem(
      `Node ${process.versions.node} is too old: Node 20 or newer is needed to begin with.`,
      'Install a newer Node: https://nodejs.org',
    );
  }
  let changed = await installPackages(root, 'packages');
  if (needs.pages)
    changed = (await installPackages(join(root, 'test', 'pages'), 'the test pages’ packages')) || changed;
  if (needs.browsers) changed = (await installBrowsers(needs.browsers)) || changed;
  return changed;
};

/**
 * Runs a TypeScript program of the project in this terminal and ends as it ends.
 * `node_modules/.bin` comes first in its PATH, so that all it starts runs on the same Node.
 * @param {string} program relative to the root
 * @param {readonly string[]} args
 * @returns {Promise<number>} exit code
 */
export const runTypeScript = (program, args) =>
  new Promise((resolve) => {
    const bin = join(root, 'node_modules', '.bin');
    const separator = process.platform === 'win32' ? ';' : ':';
    const child = spawn(
      nodeForTypeScript(),
      ['--disable-warning=ExperimentalWarning', join(root, program), ...args],
      {
        cwd: root,
        stdio: 'inherit',
        env: {
          // What was compiled once is not compiled again: servers that tests start are there in half the time.
          NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'code'),
          ...process.env,
          PATH: `${bin}${separator}${process.env.PATH ?? ''}`,
        },
      },
    );
    // A terminal sends Ctrl+C to all of us; a supervisor sends its signal to this process alone.
    const pass = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
    const ignore = () => {};
    process.on('SIGINT', process.stdin.isTTY ? ignore : pass);
    process.on('SIGTERM', pass);
    process.on('SIGHUP', pass);
    child.once('error', (error) => {
      process.stderr.write(`✗ ${program} does not start: ${error.message}\n`);
      resolve(1);
    });
    child.once('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });

/** Says a problem in words and ends; anything else is a bug of ours and keeps its stack. @param {unknown} error */
export const endWith = (error) => {
  if (error instanceof SetupProblem)
    process.stderr.write(`✗ ${error.message}\n  → ${error.todo.replaceAll('\n', '\n    ')}\n`);
  else process.stderr.write(`✗ ${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
};

/** @param {() => Promise<number>} program */
export const main = (program) =>
  program().then((code) => {
    process.exitCode = code;
  }, endWith);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const started = Date.now();
  main(async () => {
    const changed = await setUp({ pages: true, browsers: ['chromium', 'firefox'] });
    process.stderr.write(
      `✓ ${changed ? 'Set up' : 'Nothing to set up'} (${seconds(Date.now() - started)})\n`,
    );
    return 0;
  });
}

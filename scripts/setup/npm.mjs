/** Runs npm, and puts its failures into words. Plain JavaScript: it runs before anything is installed. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { SetupProblem } from './progress.mjs';

/** The npm that runs us when there is one, so that its version and settings are the user's. */
export const npmCommand = () => {
  const own = process.env.npm_execpath;
  if (own?.endsWith('.js') && existsSync(own))
    return { command: process.execPath, before: [own], shell: false };
  // Windows starts npm.cmd only through its shell; the arguments are all ours.
  return { command: 'npm', before: [], shell: process.platform === 'win32' };
};

const offline =
  /E?NOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|network/;

/** What npm's failure means and what to do. @param {string} said @param {unknown} code @param {string} name */
export const explain = (said, code, name) => {
  const lines = said.split('\n').filter((line) => line.startsWith('npm error'));
  const last = lines.slice(0, 12).join('\n');
  if (code === -1)
    return new SetupProblem(said, 'Install Node.js with npm (https://nodejs.org) and run it again.');
  if (/ENOSPC/.test(said))
    return new SetupProblem('The disk is full.', 'Free about 1.5 GB and run it again.');
  if (/\bE404\b|ETARGET/.test(said)) {
    return new SetupProblem(
      `The package registry does not have a package that the lock asks for.\n${last}`,
      'Check `npm config get registry`: a mirror may be behind. Then run it again.',
    );
  }
  if (/EINTEGRITY/.test(said)) {
    return new SetupProblem(
      `A package is not what the lock says it is.\n${last}`,
      'Run `npm cache verify` and try again; if it goes on, do not install: the registry serves something else.',
    );
  }
  if (offline.test(said)) {
    return new SetupProblem(
      `The package registry cannot be reached.\n${last}`,
      'Check the network (a proxy? `npm config get proxy`, `npm ping`) and run it again. What was fetched is kept.',
    );
  }
  return new SetupProblem(
    `npm could not install ${name} (exit code ${code}).\n${last}`,
    'See the message above.',
  );
};

const options = [
  // No package needs its install script; some of them would only fetch what is not to be had.
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--no-update-notifier',
  '--prefer-offline',
  '--progress=false',
  '--loglevel=http',
  '--fetch-retries=3',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=8000',
];

/**
 * @param {{ command: string, before: string[], shell: boolean }} npm
 * @param {readonly string[]} action
 * @param {string} folder
 * @param {number} total packages of the lock
 * @param {(detail: string) => void} say
 * @returns {Promise<{ code: number | NodeJS.Signals | null, said: string }>}
 */
export const run = (npm, action, folder, total, say) => {
  // A caller's dry run or production setting would leave packages out.
  const { npm_config_dry_run: _, npm_config_omit: __, NODE_ENV: ___, ...env } = process.env;
  return new Promise((resolve) => {
    const args = [...npm.before, ...action, ...options];
    const child = spawn(npm.command, args, {
      cwd: folder,
      env,
      shell: npm.shell,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let fetched = 0;
    let said = '';
    const onData = (/** @type {Buffer} */ data) => {
      for (const line of data.toString().split('\n')) {
        if (/^npm http (fetch|cache) /.test(line)) fetched += 1;
        else if (line !== '') said = `${said}${line}\n`.slice(-20_000);
      }
      // npm asks for some packages twice: this is a measure of progress, not a promise.
      say(`${Math.min(fetched, total)} of up to ${total} packages`);
    };
    child.stdout.on('data', onData);
    child.stderr.on('data', onData);
    const stop = () => child.kill('SIGTERM');
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
    const end = (/** @type {number | NodeJS.Signals | null} */ code, /** @type {string} */ last) => {
      process.removeListener('SIGINT', stop);
      process.removeListener('SIGTERM', stop);
      resolve({ code, said: last });
    };
    child.once('error', (error) => end(-1, `npm does not start: ${error.message}`));
    child.once('close', (code, signal) => end(signal ?? code, said));
  });
};

/**
 * Finds a Chromium (Chrome, Edge) and a Firefox, and installs Debian's own where we may.
 * `NADPIS_CHROMIUM` and `NADPIS_FIREFOX` name another program.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { progress, SetupProblem } from './progress.mjs';

/** @typedef {'chromium' | 'firefox'} Kind */

/** @type {Record<Kind, { variable: string, onPath: string[], macos: string[], windows: string[], apt: string, page: string }>} */
const browsers = {
  chromium: {
    variable: 'NADPIS_CHROMIUM',
    // Snap's wrapper is left out on purpose: it cannot read an extension outside the home folder.
    onPath: [
      'chromium',
      'chromium-browser',
      'google-chrome',
      'google-chrome-stable',
      'microsoft-edge',
      'chrome',
    ],
    macos: [
      'Chromium.app/Contents/MacOS/Chromium',
      'Google Chrome.app/Contents/MacOS/Google Chrome',
      'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ],
    windows: [
      'Google\\Chrome\\Application\\chrome.exe',
      'Chromium\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
    ],
    apt: 'chromium',
    page: 'https://www.google.com/chrome/',
  },
  firefox: {
    variable: 'NADPIS_FIREFOX',
    onPath: ['firefox-esr', 'firefox', 'firefox-developer-edition'],
    macos: [
      'Firefox.app/Contents/MacOS/firefox',
      'Firefox Developer Edition.app/Contents/MacOS/firefox',
      'Firefox Nightly.app/Contents/MacOS/firefox',
    ],
    windows: ['Mozilla Firefox\\firefox.exe', 'Firefox Developer Edition\\firefox.exe'],
    apt: 'firefox-esr',
    page: 'https://www.mozilla.org/firefox/',
  },
};

/** @param {Kind} kind @returns {string[]} */
const usualPlaces = (kind) => {
  const { onPath, macos, windows } = browsers[kind];
  if (process.platform === 'darwin') {
    const roots = ['/Applications', join(process.env.HOME ?? '', 'Applications')];
    return roots.flatMap((root) => macos.map((app) => join(root, app)));
  }
  if (process.platform === 'win32') {
    const roots = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
    return roots
      .filter((root) => root !== undefined)
      .flatMap((root) => windows.map((app) => join(root, app)));
  }
  const folders = (process.env.PATH ?? '')
    .split(delimiter)
    .concat('/usr/bin', '/usr/local/bin', '/opt/google/chrome');
  return onPath.flatMap((name) =>
    folders
      .filter((folder) => folder !== '' && !folder.startsWith('/snap'))
      .map((folder) => join(folder, name)),
  );
};

/** Ubuntu's `chromium-browser` and `firefox` are scripts that only say "install the snap". @param {string} path */
const isSnapStub = (path) => {
  try {
    const start = readFileSync(path).subarray(0, 4000).toString('latin1');
    return start.startsWith('#!') && /snap (install|run)|\/snap\/bin/.test(start);
  } catch {
    return false;
  }
};

/**
 * @param {Kind} kind
 * @returns {string | null} the program, or null when there is none
 */
export const findBrowser = (kind) => {
  const named = process.env[browsers[kind].variable];
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new SetupProblem(
      `${browsers[kind].variable} names ${named}, which does not exist.`,
      'Correct or unset it.',
    );
  }
  return usualPlaces(kind).find((path) => existsSync(path) && !isSnapStub(path)) ?? null;
};

/** @param {Kind} kind */
const howToInstall = (kind) => {
  const { apt, page, variable } = browsers[kind];
  const command =
    process.platform === 'linux' ? `sudo apt-get update && sudo apt-get install -y ${apt}` : `see ${page}`;
  return `Install it (${command}), or name one: ${variable}=/path/to/the/program`;
};

const mayUseApt = () =>
  process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** @param {string[]} args @param {(line: string) => void} onLine */
const apt = (args, onLine) =>
  new Promise((resolve) => {
    const child = spawn('apt-get', ['-o', 'Dpkg::Use-Pty=0', '-o', 'Acquire::Retries=3', ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    const onData = (/** @type {Buffer} */ data) => {
      said = (said + data.toString()).slice(-4000);
      const line = data.toString().trim().split('\n').at(-1);
      if (line) onLine(line.slice(0, 100));
    };
    child.stdout.on('data', onData);
    child.stderr.on('data', onData);
    child.once('error', (error) => resolve({ code: 1, said: error.message }));
    child.once('close', (code) => resolve({ code, said }));
  });

/** Whether apt has a real package of that name: Ubuntu's is a pointer to a snap. @param {string} name */
const aptHas = (name) => {
  const answer = spawnSync('apt-cache', ['policy', name], { encoding: 'utf8' }).stdout ?? '';
  const candidate = /Candidate: (\S+)/.exec(answer)?.[1];
  return candidate !== undefined && candidate !== '(none)' && !candidate.includes('snap');
};

/**
 * @param {readonly Kind[]} kinds browsers that must be there
 * @param {{ find(kind: Kind): string | null, mayUseApt(): boolean }} machine
 * @returns {Promise<boolean>} whether something was installed
 */
export const installBrowsers = async (kinds, machine = { find: findBrowser, mayUseApt }) => {
  const missing = kinds.filter((kind) => machine.find(kind) === null);
  const [first] = missing;
  if (first === undefined) return false;
  if (!machine.mayUseApt()) {
    throw new SetupProblem(
      `No ${missing.join(' and no ')} was found.`,
      missing.map((kind) => howToInstall(kind)).join('\n'),
    );
  }
  const bar = progress(`Installing ${missing.join(' and ')}`);
  bar.say('reading the list of packages');
  await apt(['update'], bar.say);
  const names = missing.map((kind) => browsers[kind].apt).filter(aptHas);
  const answer = /** @type {{ code: number, said: string }} */ (
    names.length === 0
      ? { code: 0, said: '' }
      : await apt(['install', '-y', '--no-install-recommends', 'fonts-dejavu-core', ...names], bar.say)
  );
  const still = missing.filter((kind) => machine.find(kind) === null);
  if (answer.code === 0 && still.length === 0) {
    bar.done(names.join(', '));
    return true;
  }
  bar.failed();
  throw new SetupProblem(
    `apt could not install ${still.join(' and ')}.\n${answer.said.split('\n').slice(-6).join('\n')}`,
    still.map((kind) => howToInstall(kind)).join('\n'),
  );
};

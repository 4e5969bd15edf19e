/**
 * Installs a package's dependencies when they are missing, changed or half-installed, and only then.
 * A stamp in `node_modules` holds the hash of the lock that was installed; it is removed before an installation begins
 * and written after it ended, so that an interrupted one is never taken for a whole one.
 */
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { explain, npmCommand, run } from './npm.mjs';
import { progress, SetupProblem } from './progress.mjs';

const stampName = '.nadpis-installed';

/** @param {string} path */
const readJson = (path) => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
};

/** @param {string} folder */
const stampOf = (folder) => {
  const hash = createHash('sha256');
  for (const file of ['package.json', 'package-lock.json']) {
    const path = join(folder, file);
    // Only what decides on the installation: a changed script needs no new packages.
    const content = readJson(path);
    if (content === null) {
      throw new SetupProblem(
        `${path} is missing or broken.`,
        `Take it back from the repository: git checkout -- ${file}`,
      );
    }
    const { scripts: _, ...rest } = content;
    hash.update(JSON.stringify(rest));
  }
  return hash.update(`${process.platform}-${process.arch}`).digest('hex');
};

/**
 * Whether npm itself wrote down, as the last thing it does, that all of the lock is installed: then `node_modules`
 * made by a plain `npm ci` is taken as it is.
 * @param {string} folder
 */
const installedByNpm = (folder) => {
  const lock = readJson(join(folder, 'package-lock.json'));
  const hidden = readJson(join(folder, 'node_modules', '.package-lock.json'));
  if (lock === null || hidden === null) return false;
  for (const [place, wanted] of Object.entries(lock.packages ?? {})) {
    if (place === '') continue;
    const present = hidden.packages?.[place];
    if (present === undefined) {
      if (wanted.optional || wanted.devOptional || wanted.peer) continue;
      return false;
    }
    if (present.version !== wanted.version || present.integrity !== wanted.integrity) return false;
    if (!existsSync(join(folder, place, 'package.json'))) return false;
  }
  return true;
};

/** @param {string} folder @returns {boolean} whether nothing need be installed */
export const isInstalled = (folder) => {
  const stamp = join(folder, 'node_modules', stampName);
  const wanted = stampOf(folder);
  try {
    if (readFileSync(stamp, 'utf8') === wanted) return true;
  } catch {
    // No stamp: npm's own record decides.
  }
  if (!installedByNpm(folder)) return false;
  try {
    writeFileSync(stamp, wanted);
  } catch {
    // A read-only folder that is whole serves as well, only a little slower.
  }
  return true;
};

/** @param {string} folder */
const mustBeWritable = (folder) => {
  try {
    accessSync(folder, constants.W_OK);
    const probe = join(folder, 'node_modules');
    mkdirSync(probe, { recursive: true });
    writeFileSync(join(probe, '.nadpis-probe'), '');
    rmSync(join(probe, '.nadpis-probe'));
  } catch (error) {
    throw new SetupProblem(
      `The folder ${folder} cannot be written to (${/** @type {NodeJS.ErrnoException} */ (error).code}).`,
      'Packages are installed into it: copy the project to a folder of your own, or take back its permissions.',
    );
  }
};

/**
 * npm passes over an optional package that it could not fetch, without a word; the Node that runs everything is one.
 * @param {string} folder @param {any} lock @param {{ failed(detail?: string): void }} bar
 */
const mustHaveNode = (folder, lock, bar) => {
  const own = `node_modules/node-${process.platform}-${process.arch}`;
  if (lock?.packages?.[own] === undefined || existsSync(join(folder, own, 'bin', 'node'))) return;
  bar.failed();
  throw new SetupProblem(
    'The Node that this project brings along was left out: the registry did not give it.',
    'Check the network and run it again.',
  );
};

/**
 * @param {string} folder with package.json and package-lock.json
 * @param {string} name what the packages are for, in words
 */
export const installPackages = async (folder, name) => {
  if (isInstalled(folder)) return false;
  mustBeWritable(folder);
  rmSync(join(folder, 'node_modules', stampName), { force: true });
  const lock = readJson(join(folder, 'package-lock.json'));
  const total = Object.keys(lock?.packages ?? {}).length - 1;
  const bar = progress(`Installing ${name}`);
  bar.say(`up to ${total} packages`);
  const npm = npmCommand();
  // `ci` refuses a lock written where the registry had no builds for other systems; the lock is as binding for `install`,
  // and `--no-save` keeps it as it is.
  const answer = await run(npm, ['ci'], folder, total, bar.say);
  const incomplete = answer.code === 1 && /^npm error Missing: .+ from lock file$/m.test(answer.said);
  if (incomplete) rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
  const { code, said } = incomplete
    ? await run(npm, ['install', '--no-save'], folder, total, bar.say)
    : answer;
  if (typeof code === 'string') {
    bar.failed('interrupted');
    throw new SetupProblem(
      `The installation was interrupted (${code}).`,
      'Run it again: it begins anew by itself.',
    );
  }
  if (code !== 0) {
    bar.failed();
    throw explain(said, code, name);
  }
  mustHaveNode(folder, lock, bar);
  writeFileSync(join(folder, 'node_modules', stampName), stampOf(folder));
  bar.done(
    `${Object.keys(readJson(join(folder, 'node_modules', '.package-lock.json'))?.packages ?? {}).length} packages`,
  );
  return true;
};

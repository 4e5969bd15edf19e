import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { installPackages, isInstalled } from './packages.mjs';

/** Stands in for npm: writes what npm would, or fails as npm fails. What it was called with stands in `calls`. */
const npm = `
const { appendFileSync, mkdirSync, rmSync, writeFileSync, readFileSync } = require('node:fs');
const [action] = process.argv.slice(2);
appendFileSync('calls', action + '\\n');
const mood = readFileSync('mood', 'utf8');
const say = (text) => process.stderr.write(text + '\\n');
if (mood === 'offline') { say('npm error code ENOTFOUND\\nnpm error network request failed'); process.exit(1); }
if (mood === 'incomplete' && action === 'ci') { say('npm error code EUSAGE\\nnpm error Missing: thing@ from lock file'); process.exit(1); }
if (mood === 'killed') { rmSync('node_modules', { recursive: true, force: true }); mkdirSync('node_modules/thing', { recursive: true }); process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 10000); }
else {
  mkdirSync('node_modules/thing', { recursive: true });
  writeFileSync('node_modules/thing/package.json', '{}');
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  delete packages[''];
  writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages }));
  say('npm http fetch GET 200 thing');
}
`;

const lockOf = (version: string) =>
  JSON.stringify({ packages: { '': {}, 'node_modules/thing': { version, integrity: `sha512-${version}` } } });

describe('packages are installed when they are missing, and only then', () => {
  let folder = '';
  const calls = () =>
    existsSync(join(folder, 'calls'))
      ? readFileSync(join(folder, 'calls'), 'utf8').split('\n').filter(Boolean)
      : [];
  const write = (path: string, text: string) => writeFileSync(join(folder, path), text);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nadpis-setup-'));
    write('npm.cjs.js', npm);
    write('mood', 'good');
    write('package.json', '{ "name": "it", "scripts": {} }');
    write('package-lock.json', lockOf('1.0.0'));
    vi.stubEnv('npm_execpath', join(folder, 'npm.cjs.js'));
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true, force: true });
  });

  test('an empty folder is installed, and the second time nothing runs', async () => {
    expect(await installPackages(folder, 'it')).toBe(true);
    expect(await installPackages(folder, 'it')).toBe(false);
    expect(calls()).toEqual(['ci']);
  });

  test('the lock stays as it is', async () => {
    await installPackages(folder, 'it');
    expect(readFileSync(join(folder, 'package-lock.json'), 'utf8')).toBe(lockOf('1.0.0'));
  });

  test('a changed lock is installed; a changed script is not', async () => {
    await installPackages(folder, 'it');
    write('package.json', '{ "name": "it", "scripts": { "start": "x" } }');
    expect(isInstalled(folder)).toBe(true);
    write('package-lock.json', lockOf('2.0.0'));
    expect(await installPackages(folder, 'it')).toBe(true);
  });

  test('what a plain npm ci made is taken as it is', async () => {
    await installPackages(folder, 'it');
    rmSync(join(folder, 'node_modules', '.nadpis-installed'));
    expect(await installPackages(folder, 'it')).toBe(false);
  });

  test('an interrupted installation is said so, and begun anew the next time', async () => {
    write('mood', 'killed');
    await expect(installPackages(folder, 'it')).rejects.toMatchObject({
      name: 'SetupProblem',
      message: expect.stringMatching(/interrupted/),
    });
    expect(isInstalled(folder)).toBe(false);
    write('mood', 'good');
    expect(await installPackages(folder, 'it')).toBe(true);
  });

  test('a package whose folder was emptied is missed', async () => {
    await installPackages(folder, 'it');
    rmSync(join(folder, 'node_modules', '.nadpis-installed'));
    rmSync(join(folder, 'node_modules', 'thing', 'package.json'));
    expect(isInstalled(folder)).toBe(false);
  });

  test('without a network it says what to do', async () => {
    write('mood', 'offline');
    await expect(installPackages(folder, 'it')).rejects.toMatchObject({
      message: expect.stringMatching(/registry cannot be reached/),
      todo: expect.stringMatching(/network/),
    });
  });

  test('a lock without the builds of other systems is installed without being rewritten', async () => {
    write('mood', 'incomplete');
    expect(await installPackages(folder, 'it')).toBe(true);
    expect(calls()).toEqual(['ci', 'install']);
    expect(readFileSync(join(folder, 'package-lock.json'), 'utf8')).toBe(lockOf('1.0.0'));
  });

  test('a broken lock is named', async () => {
    write('package-lock.json', '{ "packages": ');
    await expect(installPackages(folder, 'it')).rejects.toMatchObject({
      message: expect.stringMatching(/package-lock.json is missing or broken/),
    });
  });

  test('a folder that takes no files is named', async () => {
    // A file where the folder should be: it refuses root as well, whom permissions do not stop.
    mkdirSync(join(folder, 'empty'));
    rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
    write('node_modules', '');
    await expect(installPackages(folder, 'it')).rejects.toMatchObject({
      message: expect.stringMatching(/cannot be written to/),
    });
  });
});

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { builtOnce } from '../built-once.ts';

const root = join(import.meta.dirname, '..', '..');

export type Target = 'chrome' | 'firefox';

/** Where the demo's build of the extension stands: the one that may read pages of this machine without being asked. */
export const extensionFolder = (target: Target): string =>
  join(root, 'dist', 'extension', `${target}-mv3-demo`);

const wxt = (target: Target): Promise<void> =>
  new Promise((resolve, reject) => {
    const name = process.platform === 'win32' ? 'wxt.cmd' : 'wxt';
    const child = spawn(join(root, 'node_modules', '.bin', name), ['build', '--mode', 'demo', '-b', target], {
      cwd: root,
      shell: process.platform === 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
      // A test runner's environment would make it a development build.
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, NODE_ENV: undefined, VITEST: undefined },
    });
    let said = '';
    const keep = (text: Buffer) => {
      said += text.toString();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`The extension does not build (${code}):\n${said.slice(-4000)}`)),
    );
  });

/** Builds the extension for the demo when its sources changed. @returns whether it was built now */
export const buildExtension = (target: Target): Promise<boolean> =>
  builtOnce(root, {
    inputs: ['extension', 'shared', 'wxt.config.ts', 'package-lock.json'],
    outcome: join(extensionFolder(target), 'manifest.json'),
    stamp: join(root, 'out', 'stamps', `extension-${target}`),
    build: () => wxt(target),
  });

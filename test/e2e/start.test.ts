import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../../scripts/setup/browsers.mjs';
import { root } from './world.ts';

interface Started {
  child: ChildProcess;
  /** Everything it has said so far. */
  said(): string;
  /** Waits until it has said that; fails when it ends before. */
  says(words: string | RegExp): Promise<void>;
  ended: Promise<number | null>;
}

/** `npm start` with these options, as a person runs it: no display, and a folder of data of the test's own. */
const start = (args: readonly string[], data: string, env: Record<string, string> = {}): Started => {
  const others = Object.entries(process.env).filter(
    ([name]) => !/^(NADPIS_|VITEST|NODE_ENV$|DISPLAY$|WAYLAND)/.test(name),
  );
  const child = spawn(process.execPath, [join(root, 'scripts', 'start.mjs'), ...args], {
    cwd: root,
    env: { ...Object.fromEntries(others), NADPIS_DATA: data, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const waiting = new Set<() => void>();
  const keep = (chunk: Buffer) => {
    text += chunk.toString();
    for (const look of waiting) look();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    child,
    said: () => text,
    ended,
    says: (words) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (typeof words === 'string' ? text.includes(words) : words.test(text)) resolve();
        };
        waiting.add(look);
        look();
        void ended.then(() => {
          look();
          reject(new Error(`It ended without saying ${words}:\n${text}`));
        });
      }),
  };
};

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

let data = '';
beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), 'nadpis-start-'));
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

describe('npm start without a display', () => {
  test('performs the demo: every step with its figures, pictures, where things are, and exit code 0', async () => {
    const before = Date.now();
    const demo = start(['--port', '0', '--list-port', '0'], data);
    expect(await demo.ended, demo.said()).toBe(0);
    const said = demo.said();
    for (const step of [
      /✓ 1\. .+: demo@nadpis\.example \(/,
      /✓ 2\. .+: Małgorzata Wiśniewska, /,
      /✓ 3\. .+: 5 recipients, from “Firma Nowak”/,
      /✓ 4\. .+: 5 previews, \d+ parts together/,
      /✓ 5\. .+: accepted/,
      /✓ 6\. .+: 5 of 5 on the phones from “Firma Nowak”, \d+ parts, report after \d+ ms/,
      /✓ 7\. .+: 5 rows are marked as delivered/,
      /ERP list +http:\/\/127\.0\.0\.1:\d+\//,
      /phones, mails +http:\/\/127\.0\.0\.1:\d+\/sandbox/,
      /chrome:\/\/extensions → .+ → dist\/extension\/chrome-mv3-demo/,
    ]) {
      expect(said).toMatch(step);
    }
    expect(existsSync(join(root, 'dist', 'extension', 'chrome-mv3-demo', 'manifest.json'))).toBe(true);
    for (const picture of ['list', 'composer', 'result']) {
      const { mtimeMs, size } = statSync(join(root, 'out', 'demo', `${picture}.png`));
      expect(mtimeMs).toBeGreaterThan(before - 2000);
      expect(size).toBeGreaterThan(10_000);
    }
  }, 240_000);

  test.skipIf(process.platform === 'win32')(
    'names the step that fails, and ends with 1',
    async () => {
      // The browser as it is, but for its number being known: it is ended in the middle of the demo.
      const wrapper = join(data, 'chromium');
      writeFileSync(
        wrapper,
        `#!/bin/sh\necho $$ > '${wrapper}.pid'\nexec '${findBrowser('chromium')}' "$@"\n`,
      );
      chmodSync(wrapper, 0o755);
      const demo = start(['--port', '0', '--list-port', '0'], data, { NADPIS_CHROMIUM: wrapper });
      await demo.says('✓ 2. ');
      process.kill(Number(readFileSync(`${wrapper}.pid`, 'utf8')), 'SIGKILL');
      expect(await demo.ended, demo.said()).toBe(1);
      expect(demo.said()).toMatch(/✗ [3-7]\. /);
    },
    240_000,
  );

  test('says what it does not understand, and ends with 2', async () => {
    const wrong = start(['--prot', '1'], data);
    expect(await wrong.ended).toBe(2);
    expect(wrong.said()).toContain('--prot');
  }, 120_000);
});

describe('npm start -- --server', () => {
  const phones = async (url: string): Promise<number> =>
    ((await (await fetch(`${url}/sandbox/texts`)).json()) as { items: unknown[] }).items.length;

  test('keeps the server alone; a second one names the taken port and offers another; --reset begins empty, and never under a running server', async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const server = start(['--server', '--port', String(port)], data);
    await server.says('Ctrl+C ends it.');
    expect(server.said()).toContain(`${url}/sandbox`);
    // The demo's texts of the first test are still there.
    expect(await phones(url)).toBeGreaterThanOrEqual(5);

    for (const options of [[], ['--reset']]) {
      const second = start(['--server', '--port', String(port), ...options], data);
      expect(await second.ended, second.said()).toBe(1);
      expect(second.said()).toContain(`Port ${port} is taken`);
      expect(second.said()).toMatch(/npm start -- --port \d+/);
      expect(existsSync(join(data, 'nadpis.db'))).toBe(true);
    }
    expect(await phones(url)).toBeGreaterThanOrEqual(5);

    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(143);
    const empty = start(['--server', '--reset', '--port', String(port)], data);
    await empty.says('Ctrl+C ends it.');
    expect(await phones(url)).toBe(0);
    empty.child.kill('SIGTERM');
    await empty.ended;
    await expect(fetch(url)).rejects.toThrow();
  }, 240_000);
});

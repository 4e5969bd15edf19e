import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { bundleWorker } from '../../scripts/edge/bundle.ts';
import { readEdgeSettings } from '../../scripts/edge/settings.ts';
import { type ServerProcess, startServer } from '../../scripts/server-process.ts';
import { freePort } from '../../server/database/temporary.node.ts';

const root = join(import.meta.dirname, '..', '..');

describe('what is uploaded', () => {
  it('is bundled by a dry run of the deployment, under the limit, with every migration and no SMPP', async () => {
    const { modules } = await bundleWorker();
    const [script, ...texts] = modules.map(({ path }) => readFileSync(path, 'utf8'));
    // 10 MB compressed on a paid plan, 3 MB on a free one.
    expect(script?.length).toBeLessThan(6_000_000);
    expect(texts.length).toBeGreaterThanOrEqual(6);
    expect(texts.some((text) => text.includes('CREATE TABLE messages'))).toBe(true);
    expect(script).not.toContain('createSmpp');
    expect(script).not.toContain('openFileWithWriter');
    expect(script).not.toContain('statement-pdf.node');
  });

  it('is bundled and checked by npm run deploy -- --dry-run, without an account and without a database', () => {
    const done = spawnSync(process.execPath, ['scripts/edge/deploy.ts', '--dry-run'], {
      cwd: root,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, NO_COLOR: '1' },
    });
    expect(done.stdout + done.stderr).toMatch(/env\.WAKE \(nadpis-wake\)[\s\S]*--dry-run: exiting now/);
    expect(done.status).toBe(0);
    const without = spawnSync(process.execPath, ['scripts/edge/deploy.ts'], {
      cwd: root,
      encoding: 'utf8',
      env: { PATH: process.env.PATH },
    });
    expect([without.status, without.stderr]).toEqual([2, expect.stringContaining('NADPIS_DATABASE_URL')]);
  });

  it('has its hints in a queue with a dead-letter queue of its own, which is emptied too', () => {
    const { producers, consumers, compatibilityFlags } = readEdgeSettings();
    expect(compatibilityFlags).toContain('nodejs_compat');
    const { queueName = '' } = producers.WAKE ?? {};
    const dead = consumers[queueName]?.deadLetterQueue ?? '';
    expect(dead).toMatch(/-dead$/);
    expect(Object.keys(consumers)).toContain(dead);
    expect(readFileSync(join(root, 'wrangler.toml'), 'utf8')).toMatch(/crons = \["\* \* \* \* \*"\]/);
  });

  it('holds no secret', () => {
    const text = readFileSync(join(root, 'wrangler.toml'), 'utf8');
    for (const name of ['SECRET', 'TOKEN', 'PASSWORD'])
      expect(text).not.toMatch(new RegExp(`^NADPIS_\\w*${name}`, 'm'));
  });
});

describe('npm run dev:edge', () => {
  it('runs the Worker, its database, queues and cron on this machine, and ends them all', async () => {
    const port = await freePort();
    const child = spawn(process.execPath, ['scripts/edge/dev.ts', '--port', String(port)], {
      cwd: root,
      env: { PATH: process.env.PATH },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
    await vi.waitFor(() => expect(said).toContain('Ctrl+C'), 60_000);
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
    expect(answer.status).toBe(200);
    const database = /libSQL server +(\S+)/.exec(said)?.[1] ?? '';
    expect((await fetch(`${database}/health`)).status).toBe(200);
    const ended = once(child, 'exit');
    child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
    await expect(fetch(`http://127.0.0.1:${port}/readyz`)).rejects.toThrow();
    await expect(fetch(`${database}/health`)).rejects.toThrow();
  });
});

describe('a Worker that is not set up', () => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServer({ data: '', program: ['scripts/edge/serve.ts', '--cron=0'] });
  });
  afterAll(() => server?.stop());

  it('answers 503 without telling the caller what is missing, and tells its log', async () => {
    const answer = await fetch(`${server.url}/v1/session`);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('1');
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({ code: 'unavailable', status: 503 });
    expect(text).not.toContain('NADPIS_');
    await vi.waitFor(() => expect(server.output()).toContain('NADPIS_SECRET'), 10_000);
  });
});

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url).pathname;
let folder: string;
const running: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nadpis-main-'));
});
afterEach(async () => {
  for (const process of running.splice(0)) {
    if (process.exitCode === null && process.signalCode === null) {
      process.kill('SIGKILL');
      await once(process, 'exit');
    }
  }
  rmSync(folder, { recursive: true, force: true });
});

function start(file: string, environment: Record<string, string> = {}, args: string[] = []) {
  const child = spawn(process.execPath, [join(root, 'server/platform', file), ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, NADPIS_DATA: folder, NADPIS_PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  const ended = once(child, 'exit').then(([code]) => Number(code));
  return {
    child,
    ended,
    said: () => output,
    url: async () => {
      for (;;) {
        const url = /listening url="(http:[^"]+)"/.exec(output)?.[1];
        if (url !== undefined) return url;
        if (child.exitCode !== null) throw new Error(output);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
}

describe('the server', () => {
  it('starts with nothing configured, answers, and stops when told, its answers under way first', async () => {
    const server = start('main.ts');
    const url = await server.url();
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const code = await fetch(`${url}/v1/session/codes`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: 'demo@nadpis.example' }),
    });
    expect(code.status).toBe(202);
    expect(statSync(join(folder, 'sandbox-secret')).mode & 0o077).toBe(0);

    // Half a request, finished only after the signal.
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const body = '{"email":"nobody@nadpis.example"}';
    socket.write(
      'POST /v1/session/codes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n' +
        `Content-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n`,
    );
    const [go] = await once(socket, 'data');
    expect(String(go)).toMatch(/^HTTP\/1\.1 100/);
    server.child.kill('SIGTERM');
    while (!server.said().includes('stopping')) await new Promise((resolve) => setTimeout(resolve, 20));
    socket.write(body);
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 202/);
    socket.destroy();
    expect(await server.ended).toBe(0);
    expect(server.said()).not.toContain('demo@nadpis.example');
  }, 60_000);

  it('names a port that is taken and one that is free, and touches no database', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const server = start('main.ts', { NADPIS_PORT: String(port) });
    expect(await server.ended).toBe(98);
    expect(server.said()).toMatch(new RegExp(`Port ${port} .* taken .* NADPIS_PORT=\\d+`));
    expect(() => statSync(join(folder, 'nadpis.db'))).toThrow();
    other.close();
  }, 60_000);

  it('says what is wrong with the configuration and ends', async () => {
    const server = start('main.ts', { NADPIS_LOG: 'xml' });
    expect(await server.ended).toBe(1);
    expect(server.said()).toMatch(/NADPIS_LOG/);
    expect(server.said()).not.toMatch(/\n\s+at /);
  }, 60_000);
});

describe('npm run migrate', () => {
  it('applies, and says what is applied and what is not', async () => {
    const before = start('migrate.ts', {}, ['--status']);
    expect(await before.ended).toBe(1);
    expect(before.said()).toMatch(/^pending +0001_foundation/);
    const applying = start('migrate.ts');
    expect(await applying.ended).toBe(0);
    expect(applying.said()).toMatch(/^applied 0001_foundation/);
    const after = start('migrate.ts', {}, ['--status']);
    expect(await after.ended).toBe(0);
    expect(after.said()).toMatch(/^\d{4}-.*Z {2}0001_foundation/);
    const wrong = start('migrate.ts', {}, ['--force']);
    expect(await wrong.ended).toBe(2);
  }, 60_000);
});

import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inAll, measureCorpus } from '../../scripts/corpus/corpus.ts';
import type { Entry } from '../../scripts/corpus/entry.ts';
import { precision, recall } from '../../scripts/corpus/score.ts';
import { listen } from '../../scripts/demo/list-server.ts';

const root = join(import.meta.dirname, '..', '..');

test('every page of the corpus is read as its truth says', async () => {
  const measured = await measureCorpus([], () => {});
  const wrong = measured.flatMap(({ page, score }) => score.wrong.map((text) => `${page}: ${text}`));
  expect(wrong).toEqual([]);
  const { score } = inAll(measured);
  expect(score.expected).toBeGreaterThan(5000);
  expect(precision(score)).toBe(1);
  expect(recall(score)).toBe(1);
}, 240_000);

describe('npm run corpus -- URL… --json', () => {
  let office: Server;
  let base: string;
  beforeAll(async () => {
    const page = (body: string) =>
      `<!doctype html><html lang="pl"><link rel="icon" href="data:,"><body>${body}</body></html>`;
    const pages: Record<string, string> = {
      '/list':
        '<table><tr><th>Klient</th><th>Telefon</th><th>NIP</th></tr><tr><td>Anna Nowak</td><td>600 100 200</td><td>7261120385</td></tr><tr hidden><td>Jan Ukryty</td><td>600 100 203</td><td>7261120385</td></tr><tr><td>Ewa Mazur</td><td>+44 7911 123456</td><td>7261120385</td></tr></table>',
      '/late':
        '<p id="p">Ładowanie…</p><script>setTimeout(() => { p.textContent = "Piotr Wójcik, tel. 600 100 201"; }, 1500)</script>',
      '/never':
        '<p id="p">Infolinia: tel. 600 100 202</p><script>setInterval(() => p.append(" ", new Date().toISOString()), 20); alert("?")</script>',
    };
    office = createServer((request, response) => {
      const body = pages[request.url ?? ''];
      response.writeHead(body === undefined ? 404 : 200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; script-src 'unsafe-inline'; img-src data:",
      });
      response.end(page(body ?? '<p>Nie ma, tel. 600 100 209</p>'));
    });
    base = `http://127.0.0.1:${await listen(office, 0)}`;
  });
  afterAll(() => {
    office.closeAllConnections();
    office.close();
  });

  const run = (args: readonly string[]) =>
    new Promise<{ code: number | null; out: string; said: string }>((resolve, reject) => {
      const child = spawn(process.execPath, [join(root, 'scripts', 'corpus.mjs'), ...args], { cwd: root });
      let out = '';
      let said = '';
      child.stdout.on('data', (text) => {
        out += text;
      });
      child.stderr.on('data', (text) => {
        said += text;
      });
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, out, said }));
    });

  test('one entry a person and number, of what is visible, late pages and restless ones too; what does not load is told apart', async () => {
    const urls = ['/list', '/missing', '/late', '/never'].map((path) => base + path);
    const { code, out, said } = await run([...urls, 'http://127.0.0.1:9/', '--json', '--wait', '4']);
    expect(code).toBe(1);
    expect(said).toMatch(/✗ .*\/missing: the server answers 404/);
    expect(said).toMatch(/✗ http:\/\/127\.0\.0\.1:9\/: net::ERR/);
    const entries = JSON.parse(out) as Entry[];
    expect(entries.map(({ url, e164, name, where }) => [url.slice(base.length), e164, name, where])).toEqual([
      ['/list', '+48600100200', 'Anna Nowak', 'list'],
      ['/list', '+447911123456', 'Ewa Mazur', 'list'],
      ['/late', '+48600100201', 'Piotr Wójcik', 'text'],
      ['/never', '+48600100202', '', 'text'],
    ]);
    expect(entries[0]).toMatchObject({
      frame: '',
      kind: 'mobile',
      shown: '600 100 200',
      fields: { Klient: 'Anna Nowak', Telefon: '600 100 200', NIP: '7261120385' },
    });
    expect(entries[0]?.list).not.toBe('');
    expect(entries[0]?.row).not.toBe(entries[1]?.row);
  }, 120_000);

  test('a slip of the pen is answered in words, and nothing is read', async () => {
    const { code, out, said } = await run(['http://', '--json']);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(said).toContain('is no address');
  }, 60_000);
});

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'wxt';
import { root } from './chromium.ts';
import type { BenchRow } from './rows.ts';

/** Gzip, in units of 1,000 bytes. */
const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

const nothing = (): void => undefined;
const logger = {
  debug: nothing,
  log: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  fatal: nothing,
  success: nothing,
  level: 0,
};

/** The scripts that come into pages, as they are shipped. */
export async function sizeRows(): Promise<BenchRow[]> {
  const outDir = mkdtempSync(join(tmpdir(), 'nadpis-size-'));
  try {
    await build({ root, browser: 'chrome', outDir, logger });
    const size = (file: string): number =>
      gzipSync(readFileSync(join(outDir, 'chrome-mv3', file)), { level: 9 }).length;
    const page = size('content-scripts/page.js');
    return [
      {
        name: 'content script, in every page that is read',
        measured: `${kilobytes(page)} gzip`,
        bound: `${kilobytes(size('underlines.js'))} more where it shows numbers, ${kilobytes(size('acts.js'))} where the user acts`,
        ratio: null,
        budget: '≤ 25 kB',
        holds: page <= 25_000,
      },
    ];
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

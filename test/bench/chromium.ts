import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import puppeteer, { type Browser, type CDPSession, type Page } from 'puppeteer-core';
import { build, type Plugin } from 'vite';
import { chromiumFlags, unthrottled } from '../../scripts/browser-flags.ts';
import { findBrowser } from '../../scripts/setup/browsers.mjs';

/** Scripts measured in a real Chromium, in the kind of world that content scripts live in. */

export const root = join(import.meta.dirname, '..', '..');

export const launch = (): Promise<Browser> => {
  const executablePath = findBrowser('chromium');
  if (executablePath === null) throw new Error('No Chromium: run `npm run setup`.');
  return puppeteer.launch({ executablePath, pipe: true, args: [...chromiumFlags, ...unthrottled] });
};

/** The library asks for polyfills that it does not bring along, and that no browser of ours needs. */
const noPolyfills: Plugin = {
  name: 'no-polyfills',
  enforce: 'pre',
  resolveId: (id) => (id.startsWith('core-js/') ? '\0nothing' : null),
  load: (id) => (id === '\0nothing' ? '' : null),
};

/** One script for an isolated world, minified as the product's is. */
export const bundle = async (entry: string): Promise<string> => {
  const outDir = join(root, 'out', 'bench', entry);
  await build({
    root: join(root, 'test', 'pages'),
    configFile: false,
    logLevel: 'error',
    plugins: [noPolyfills],
    define: { 'process.env.NODE_ENV': '"production"' },
    // The library is a dependency of the test pages, not of the product.
    resolve: { alias: { 'ringcentral-c2d': join(root, 'test', 'pages', 'node_modules', 'ringcentral-c2d') } },
    build: {
      outDir,
      emptyOutDir: true,
      minify: 'oxc',
      lib: {
        entry: join(import.meta.dirname, 'page', entry),
        formats: ['iife'],
        name: 'bench',
        fileName: () => 'it.js',
      },
    },
  });
  const script = readFileSync(join(outDir, 'it.js'), 'utf8');
  rmSync(outDir, { recursive: true });
  return script;
};

/** A page with a world of ours beside its own. */
export interface Bench {
  page: Page;
  session: CDPSession;
  /** In our world; what the expression resolves with. */
  run(expression: string): Promise<unknown>;
  /** Processor time of the page's main thread so far, ms: what else the machine does at the moment is not in it. */
  spent(): Promise<number>;
}

export const openBench = async (browser: Browser, url: string): Promise<Bench> => {
  const page = await browser.newPage();
  const session = await page.createCDPSession();
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.goto(url, { waitUntil: 'load', timeout: 120_000 });
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId } = await session.send('Page.createIsolatedWorld', {
    frameId: frameTree.frame.id,
  });
  return {
    page,
    session,
    async run(expression) {
      const answer = await session.send('Runtime.evaluate', {
        expression,
        contextId: executionContextId,
        returnByValue: true,
        awaitPromise: true,
      });
      if (answer.exceptionDetails)
        throw new Error(`${expression.slice(0, 80)}: ${answer.exceptionDetails.exception?.description}`);
      return answer.result.value as unknown;
    },
    async spent() {
      const { metrics } = await session.send('Performance.getMetrics');
      return (metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
    },
  };
};

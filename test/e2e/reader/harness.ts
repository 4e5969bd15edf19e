import { fileURLToPath } from 'node:url';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { build } from 'vite';

/** The reader as a page script in a real Chromium, without an extension around it. */

const entry = fileURLToPath(new URL('./in-page.ts', import.meta.url));

/** Bundles `in-page.ts` into one script that defines `window.nadpis`. */
export async function bundle(minify = false): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: minify ? 'oxc' : false,
      target: 'es2024',
      lib: { entry, formats: ['iife'], name: 'nadpis' },
    },
  });
  const output = Array.isArray(built) ? built[0] : built;
  if (!output || !('output' in output)) throw new Error('nothing was built');
  return output.output[0].code;
}

export function launch(): Promise<Browser> {
  return puppeteer.launch({
    executablePath: '/usr/bin/chromium',
    pipe: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A page with this body, and the reader beside it. */
export async function open(browser: Browser, script: string, html: string, width = 1200): Promise<Page> {
  const page = await browser.newPage();
  await page.setViewport({ width, height: 800 });
  await page.setContent(
    html.includes('<html') ? html : `<!doctype html><html lang="pl"><body>${html}</body></html>`,
  );
  await page.evaluate(`${script};globalThis.nadpis=nadpis`);
  return page;
}

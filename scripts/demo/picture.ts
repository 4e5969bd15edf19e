import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { chromiumFlags } from '../browser-flags.ts';
import { findBrowser } from '../setup/browsers.mjs';

/**
 * The README's picture, of the last `npm start -- --headless`: the list and the composer beside it, as they stand in a
 * browser's window. `node scripts/demo/picture.ts`
 */
const root = join(import.meta.dirname, '..', '..');
const images = join(root, 'docs', 'images');

const source = (name: string) =>
  `data:image/png;base64,${readFileSync(join(root, 'out', 'demo', `${name}.png`)).toString('base64')}`;

const page = `<body style="margin:0;display:flex;background:#d5dbe3;gap:1px">
<img src="${source('list')}" style="height:688px"><img src="${source('composer')}" style="height:688px"></body>`;

const executablePath = findBrowser('chromium');
if (executablePath === null) throw new Error('No Chromium: run `npm run setup`.');
const browser = await puppeteer.launch({ executablePath, pipe: true, args: [...chromiumFlags] });
try {
  const tab = await browser.newPage();
  // As wide as both at that height: 1440 + 420 by 860, four fifths of it.
  await tab.setViewport({ width: 1489, height: 688 });
  await tab.setContent(page, { waitUntil: 'load' });
  mkdirSync(images, { recursive: true });
  await tab.screenshot({ path: join(images, 'demo.webp'), type: 'webp', quality: 82 });
} finally {
  await browser.close();
}

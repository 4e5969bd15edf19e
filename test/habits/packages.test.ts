import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root, sources } from './sources.ts';

interface Manifest {
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;

/** `from 'x'`, `import 'x'`, `import('x')`; of types, too. */
const importsOf = (text: string): string[] =>
  [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([@\w./:-]+)'/g)].map((hit) => hit[1] ?? '');

const packageOf = (specifier: string): string =>
  specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

/** Packages that a program imports, by way of all its files. */
function packagesOf(entries: readonly string[]): Set<string> {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const waiting = [...entries];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const text = readFileSync(join(root, path), 'utf8');
    for (const specifier of importsOf(text.replace(/^import type .*$/gm, ''))) {
      const next = join(dirname(path), specifier);
      if (!specifier.startsWith('.')) packages.add(packageOf(specifier));
      else if (/\.ts$/.test(next) && existsSync(join(root, next))) waiting.push(next);
    }
  }
  return new Set(
    [...packages].filter((name) => !name.startsWith('node:') && !name.startsWith('cloudflare:')),
  );
}

describe('packages', () => {
  test('the image holds what the server runs with, and nothing else', () => {
    const server = ['main', 'worker', 'migrate', 'backup', 'seal-again', 'door', 'writer-thread'].map(
      (name) => `server/platform/${name}.ts`,
    );
    // Fonts are files, read by their place.
    const needed = packagesOf(server).add('dejavu-fonts-ttf');
    expect(Object.keys(manifest.dependencies).sort()).toEqual([...needed].sort());
  });

  test('every other is used by the extension, a script or a test', () => {
    const texts = [
      ...sources(['extension', 'scripts', 'server', 'shared', 'test'], /\.(tsx?|mjs|css)$/).map(
        ({ text }) => text,
      ),
      ...['vitest.config.ts', 'wxt.config.ts'].map((path) => readFileSync(join(root, path), 'utf8')),
    ].join('\n');
    const programs = Object.values(manifest.scripts).join(' ').split(/[ &]+/);
    // TypeScript's program is called otherwise; a package of types belongs to what it describes.
    const idle = Object.keys(manifest.devDependencies).filter(
      (name) =>
        !/^@types\/|^typescript$/.test(name) &&
        !new RegExp(`['"/]${name}['"/@]`).test(texts) &&
        !programs.some((program) => name.endsWith(program)),
    );
    expect(idle).toEqual([]);
  });
});

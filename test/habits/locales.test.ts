import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from './sources.ts';

/** The keys of a locale, dotted, with the text of each: nested maps of one-line texts are all of YAML that we use. */
const keysOf = (yaml: string): Map<string, string> => {
  const keys = new Map<string, string>();
  const path: { indent: number; key: string }[] = [];
  for (const line of yaml.split('\n')) {
    const found = /^(\s*)(?:'([^']+)'|"([^"]+)"|([\w-]+)):(?:\s+(.*))?$/.exec(line);
    if (found === null) {
      if (line.trim() !== '' && !line.trim().startsWith('#')) throw new Error(`Not understood: ${line}`);
      continue;
    }
    const [, space = '', single, double, bare, text = ''] = found;
    while ((path.at(-1)?.indent ?? -1) >= space.length) path.pop();
    path.push({ indent: space.length, key: single ?? double ?? bare ?? '' });
    if (text !== '') keys.set(path.map(({ key }) => key).join('.'), text);
  }
  return keys;
};

const locale = (name: string) =>
  keysOf(readFileSync(join(root, 'extension', 'locales', `${name}.yml`), 'utf8'));
const places = (text: string) =>
  [...text.matchAll(/\$\d/g)]
    .map((hit) => hit[0])
    .sort()
    .join(' ');

describe('both languages say the same', () => {
  const [polish, english] = [locale('pl'), locale('en')];
  /** Plural forms differ between the languages; the key that has them must not. */
  const base = (key: string) => key.replace(/\.(one|few|many|other)$/, '');

  test('the same keys', () => {
    const set = (keys: Map<string, string>) => [...new Set([...keys.keys()].map(base))].sort();
    expect(polish.size).toBeGreaterThan(3);
    expect(set(english)).toEqual(set(polish));
  });

  test('the same figures and names in each text', () => {
    const differing = [...polish].filter(([key, text]) => {
      const other = english.get(key);
      return other !== undefined && places(other) !== places(text);
    });
    expect(differing.map(([key]) => key)).toEqual([]);
  });

  test('no text is empty or left over', () => {
    for (const [key, text] of [...polish, ...english]) expect(text, key).not.toMatch(/^(''|""|TODO|FIXME)$/);
  });
});

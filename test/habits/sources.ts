import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');

const skipped = new Set(['node_modules', 'dist', 'out', 'built', 'data', '.wxt', '.output']);

export interface Source {
  /** Relative to the root, with slashes. */
  path: string;
  text: string;
}

/** Files of the project under these folders whose name matches. */
export const sources = (folders: readonly string[], name: RegExp): Source[] => {
  const inFolder = (folder: string): Source[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return skipped.has(entry.name) ? [] : inFolder(path);
      if (!name.test(entry.name)) return [];
      return [{ path: relative(root, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }];
    });
  return folders.flatMap((folder) => inFolder(join(root, folder)));
};

/** Source without its comments and the insides of its strings, each kept as long as it was. */
export const codeOnly = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\/|(?<![:\\])\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g, (part) =>
    part.replace(/[^\n]/g, ' '),
  );

/** `path:line: text` of each line that matches, for a message that leads to the place. */
export const hits = ({ path, text }: Source, pattern: RegExp): string[] =>
  codeOnly(text)
    .split('\n')
    .flatMap((line, place) => (pattern.test(line) ? [`${path}:${place + 1}: ${line.trim()}`] : []));

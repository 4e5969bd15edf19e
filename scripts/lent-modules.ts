import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Plugin } from 'vite';

const statement = /export\s*\{([^}]*)\}\s*from\s*'([^']+)'/g;
const prefix = '\0lent:';

/** What a module of `export { … } from '…'` lines lends: file → names. */
export function lentBy(file: string, text: string): Map<string, string[]> {
  const lent = new Map<string, string[]>();
  for (const [, names = '', from = ''] of text.matchAll(statement))
    lent.set(
      resolve(dirname(file), from),
      names
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== ''),
    );
  return lent;
}

/**
 * For the build of a script that runs in a page beside another of ours: modules that the first one lends (`lender`) are
 * taken from where it left them instead of being bundled again. A name that is not lent fails the build.
 */
export function lentModules(lender: string): Plugin {
  const file = resolve(lender);
  const lent = lentBy(file, readFileSync(file, 'utf8'));
  return {
    name: 'lent-modules',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (importer === undefined || importer.startsWith(prefix)) return null;
      const found = await this.resolve(source, importer, { skipSelf: true });
      return found && lent.has(found.id) ? prefix + found.id : null;
    },
    load(id) {
      if (!id.startsWith(prefix)) return null;
      const names = lent.get(id.slice(prefix.length)) ?? [];
      return `export const { ${names.join(', ')} } = globalThis.nadpisMeeting.lent;`;
    },
  };
}

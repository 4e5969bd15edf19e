import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const here = import.meta.dirname;

/** What a test's modules are in workerd, by the end of what is imported. */
const standIns: Record<string, string> = {
  '/temporary.node.ts': 'temporary.ts',
  '/simulator-server.ts': 'simulator-server.ts',
  '/smtp-fixture.node.ts': 'mail-server.ts',
  '/http.node.ts': 'transport.ts',
  '/catalogue.node.ts': 'operators.ts',
  '/platform/migrations.ts': 'migrations.ts',
  '/statement-pdf.node.ts': 'no-pdf.ts',
};

/** Puts stand-ins in the place of what only Node can do, and reads SQL as texts, as wrangler does. */
export const standInForNode = (): Plugin => ({
  name: 'stand-ins for Node',
  enforce: 'pre',
  resolveId(source) {
    const end = Object.keys(standIns).find((it) => source.endsWith(it));
    return end === undefined ? null : join(here, standIns[end] ?? '');
  },
  load(id) {
    if (!id.endsWith('.sql')) return null;
    return `export default ${JSON.stringify(readFileSync(id, 'utf8'))}`;
  },
});

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from './sources.ts';

/** For each wall, a file that breaks it. */
const probes: Record<string, [path: string, text: string]> = {
  'shared-imports-neither-side': ['shared/a.ts', "import '../server/plain.ts';"],
  'shared-uses-no-platform': ['shared/b.ts', "import 'node:fs';"],
  'server-runs-at-the-edge': ['server/senders/c.ts', "import 'node:crypto';"],
  'rules-do-no-input-or-output': ['server/senders/rules.ts', "import './store.ts';"],
  'server-knows-no-extension': ['server/senders/d.ts', "import '../../extension/composer/plain.ts';"],
  'extension-knows-only-types-of-the-server': ['extension/bridge/e.ts', "import '../../server/plain.ts';"],
  'page-reader-has-no-interface': ['extension/page/f.ts', "import '../composer/plain.ts';"],
  'no-circles': ['shared/g.ts', "import './h.ts';"],
};

const innocent: Record<string, string> = {
  'server/plain.ts': 'export interface Plain { a: string }\nexport const plain = 1;',
  'server/senders/store.ts': 'export const store = 1;',
  'server/platform/node.ts': "import 'node:fs';",
  'extension/composer/plain.ts': 'export const plain = 1;',
  'extension/bridge/types.ts': "import type { Plain } from '../../server/plain.ts';\nexport type P = Plain;",
  'shared/h.ts': "import './g.ts';",
};

interface Violation {
  from: string;
  rule: { name: string };
}

describe('each wall between the parts bites', () => {
  let folder = '';
  let violations: Violation[] = [];

  beforeAll(() => {
    mkdirSync(join(root, 'out'), { recursive: true });
    folder = mkdtempSync(join(root, 'out', 'walls-'));
    cpSync(join(root, '.dependency-cruiser.cjs'), join(folder, '.dependency-cruiser.cjs'));
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    const files = { ...innocent, ...Object.fromEntries(Object.values(probes)) };
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const program = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs');
    let output = '';
    try {
      const args = [program, 'shared', 'server', 'extension', '--output-type', 'json'];
      output = execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    } catch (error) {
      // It ends with the number of violations, which is what we are after.
      output = (error as { stdout: string }).stdout;
    }
    violations = (JSON.parse(output) as { summary: { violations: Violation[] } }).summary.violations;
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(Object.entries(probes))('%s', (rule, [path]) => {
    expect(violations.filter((one) => one.from === path).map((one) => one.rule.name)).toContain(rule);
  });

  test('every rule has a probe', async () => {
    const { default: config } = (await import(join(root, '.dependency-cruiser.cjs'))) as {
      default: { forbidden: { name: string }[] };
    };
    expect(Object.keys(probes).sort()).toEqual(config.forbidden.map((rule) => rule.name).sort());
  });

  test('what is allowed passes: the platform’s own imports, and types of the server', () => {
    const named = violations.map((one) => one.from);
    expect(named).not.toContain('server/platform/node.ts');
    expect(named).not.toContain('extension/bridge/types.ts');
  });
});

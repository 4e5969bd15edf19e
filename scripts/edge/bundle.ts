import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { builtOnce } from '../built-once.ts';

const root = join(import.meta.dirname, '..', '..');

/** No account, no network, no questions. */
const quiet = {
  WRANGLER_SEND_METRICS: 'false',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  CI: '1',
  NO_COLOR: '1',
  FORCE_COLOR: '0',
};

export interface Bundle {
  folder: string;
  /** The Worker's modules: the script first, then the texts that it imports. */
  modules: { type: 'ESModule' | 'Text'; path: string }[];
  /** What wrangler said, when it was made now. */
  said: string;
}

/** The Worker as wrangler would upload it: by `wrangler deploy --dry-run`, once for each state of the sources. */
export async function bundleWorker(entry = 'server/platform/worker.ts'): Promise<Bundle> {
  const name = entry.replaceAll(/[^\w]+/g, '-');
  const folder = join(root, 'out', 'edge', name);
  let said = '';
  await builtOnce(root, {
    inputs: ['server', 'shared', 'wrangler.toml', 'package-lock.json', entry],
    outcome: folder,
    stamp: join(root, 'out', 'edge', `${name}.stamp`),
    build: async () => {
      const { stdout, stderr } = await promisify(execFile)(
        join(root, 'node_modules', '.bin', 'wrangler'),
        ['deploy', entry, '--dry-run', '--outdir', folder],
        { cwd: root, env: { ...process.env, ...quiet } },
      );
      said = stdout + stderr;
    },
  });
  const files = readdirSync(folder);
  const script = files.find((file) => file.endsWith('.js'));
  if (script === undefined) throw new Error(`there is no script in ${folder}`);
  const texts = files.filter((file) => file.endsWith('.sql'));
  return {
    folder,
    said,
    modules: [
      { type: 'ESModule', path: join(folder, script) },
      ...texts.map((file) => ({ type: 'Text' as const, path: join(folder, file) })),
    ],
  };
}

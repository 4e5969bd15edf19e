/** `npm run deploy`: tables first, then the Worker. Step by step: docs/operations/deploy.md */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const args = process.argv.slice(2);
const dryRun = args.includes('--dry-run');
if (args.includes('--help')) {
  console.log(`npm run deploy                  migrates NADPIS_DATABASE_URL, then uploads the Worker
npm run deploy -- --dry-run     bundles and checks everything, and uploads nothing
What follows is passed on to wrangler deploy, e.g. --env staging.`);
  process.exit(0);
}

function run(program: string, given: readonly string[], env: Record<string, string> = {}): void {
  const { status } = spawnSync(program, given, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', ...env },
  });
  if (status !== 0) process.exit(status ?? 1);
}

if (!dryRun) {
  if (!process.env.NADPIS_DATABASE_URL) {
    console.error(
      'NADPIS_DATABASE_URL (and NADPIS_DATABASE_TOKEN) must name the database of the deployment.',
    );
    process.exit(2);
  }
  // The version that runs works on with the new tables; the new one would not with the old: docs/operations/deploy.md
  run(process.execPath, ['server/platform/migrate.ts']);
}
run(
  join(root, 'node_modules', '.bin', 'wrangler'),
  ['deploy', ...(dryRun && !args.includes('--outdir') ? ['--outdir', 'out/deploy'] : []), ...args],
  dryRun ? { CI: '1', CLOUDFLARE_CF_FETCH_ENABLED: 'false' } : {},
);

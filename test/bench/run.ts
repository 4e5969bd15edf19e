import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type BenchRow, format } from './rows.ts';

/** Each bench is a module here with `rows()`: measured and bound taken in one run. */
const benches = ['reader', 'dispatch', 'edge', 'servers'] as const;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { help: { type: 'boolean', short: 'h' }, strict: { type: 'boolean' } },
});
if (values.help) {
  console.log(
    `npm run bench                all of: ${benches.join(', ')}\nnpm run bench -- reader      one of them\nnpm run bench -- --strict    ends with 1 when a budget does not hold\nThe figures go to out/bench.json. Without --strict only a bench that breaks ends with 1: on a busy machine a ratio may slip.`,
  );
  process.exit(0);
}
const unknown = positionals.filter((name) => !benches.some((bench) => bench === name));
if (unknown.length > 0) {
  console.error(`✗ There is no bench ${unknown.join(', ')}: ${benches.join(', ')}`);
  process.exit(2);
}

const rows: BenchRow[] = [];
let broken = false;
for (const bench of benches.filter((name) => positionals.length === 0 || positionals.includes(name))) {
  console.log(`── ${bench}`);
  try {
    const module = (await import(`./${bench}.ts`)) as { rows: () => Promise<BenchRow[]> | BenchRow[] };
    rows.push(...(await module.rows()));
  } catch (error) {
    broken = true;
    console.error(
      `✗ ${bench} is broken: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  }
}

const out = join(import.meta.dirname, '..', '..', 'out');
mkdirSync(out, { recursive: true });
const machine = {
  node: process.version,
  platform: process.platform,
  arch: process.arch,
  cpu: cpus()[0]?.model ?? '',
  cores: cpus().length,
};
writeFileSync(
  join(out, 'bench.json'),
  `${JSON.stringify({ takenAt: new Date().toISOString(), machine, rows }, null, 2)}\n`,
);
if (rows.length > 0) console.log(`\n${format(rows)}`);
const held = rows.filter((row) => row.holds).length;
console.log(`\n${held} of ${rows.length} budgets hold, ${machine.cores} cores; see out/bench.json`);
// Handles that a bench left open must not hold up the end.
const failed = broken || rows.length === 0 || (values.strict === true && held < rows.length);
process.exit(failed ? 1 : 0);

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What wrangler.toml says about the runtime; read by hand, as wrangler itself takes a second to be loaded. */
export function readRuntime(): { compatibilityDate: string; compatibilityFlags: string[] } {
  const text = readFileSync(join(import.meta.dirname, '..', '..', '..', 'wrangler.toml'), 'utf8');
  const [, compatibilityDate] = /^compatibility_date = "(.+)"$/m.exec(text) ?? [];
  const [, flags] = /^compatibility_flags = (\[.*\])$/m.exec(text) ?? [];
  if (compatibilityDate === undefined || flags === undefined)
    throw new Error('wrangler.toml names no runtime');
  return { compatibilityDate, compatibilityFlags: JSON.parse(flags) as string[] };
}

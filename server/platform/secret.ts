import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The secret of a sandbox, made at its first start and kept in its folder, so that sessions outlive a restart.
 * A real installation brings its own.
 */
export function sandboxSecret(folder: string): string {
  const path = join(folder, 'sandbox-secret');
  if (existsSync(path)) return readFileSync(path, 'utf8').trim();
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const secret = Buffer.from(bytes).toString('base64url');
  try {
    writeFileSync(path, `${secret}\n`, { mode: 0o600, flag: 'wx' });
    return secret;
  } catch (error) {
    // Another process of this installation was first.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return readFileSync(path, 'utf8').trim();
    throw error;
  }
}

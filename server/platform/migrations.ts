import { readdirSync, readFileSync } from 'node:fs';
import type { Migration } from '../database/migrate.ts';

const folder = new URL('../database/migrations/', import.meta.url);

/** The numbered migrations as they stand in `server/database/migrations`. */
export function readMigrations(): Migration[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => ({
      name: file.slice(0, -'.sql'.length),
      sql: readFileSync(new URL(file, folder), 'utf8'),
    }));
}

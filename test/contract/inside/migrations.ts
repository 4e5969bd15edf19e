import type { Migration } from '../../../server/database/migrate.ts';
import { migrations } from '../../../server/platform/worker-migrations.ts';

/** Stands in workerd for `server/platform/migrations.ts`. */
export const readMigrations = (): Migration[] => [...migrations];

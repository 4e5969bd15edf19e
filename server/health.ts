import { createRoute, z } from '@hono/zod-openapi';
import { ProblemException } from '../shared/api/problems.ts';
import { jsonAnswer, problemAnswers, resource } from './api/routes.ts';
import { type Migration, MigrationError, migrationStatus } from './database/migrate.ts';
import type { Platform } from './platform/platform.ts';

const Health = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });

/** `/healthz`: the process answers. `/readyz`: its database answers, too, and has the tables of this version. */
export const healthRoutes = (platform: Platform, migrations: readonly Migration[]) =>
  resource()
    .openapi(
      createRoute({
        method: 'get',
        path: '/healthz',
        tags: ['Health'],
        summary: 'Whether the process answers',
        responses: { 200: jsonAnswer(Health, 'It does') },
      }),
      (c) => c.json({ status: 'ok' as const }, 200),
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/readyz',
        tags: ['Health'],
        summary: 'Whether the database answers and is of this version',
        responses: { 200: jsonAnswer(Health, 'It is'), ...problemAnswers(503) },
      }),
      async (c) => {
        await requireReady(platform, migrations);
        return c.json({ status: 'ok' as const }, 200);
      },
    );

async function requireReady(platform: Platform, migrations: readonly Migration[]): Promise<void> {
  try {
    const { pending } = await migrationStatus(platform.database, migrations);
    if (pending.length === 0) return;
    throw new ProblemException('unavailable', { detail: `Migrations are pending: ${pending.join(', ')}` });
  } catch (error) {
    if (error instanceof ProblemException) throw error;
    const detail = error instanceof MigrationError ? error.message : 'The database does not answer';
    throw new ProblemException('unavailable', { detail });
  }
}

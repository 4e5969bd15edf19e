import { createRoute } from '@hono/zod-openapi';
import { type OperatorRoute, OperatorRoutes } from '../../shared/api/operator-accounts.ts';
import { ProblemException } from '../../shared/api/problems.ts';
import { type Actor, administratorOf } from '../access/actor.ts';
import { IfMatch, jsonAnswer, jsonBody, problemAnswers, resource, signedIn } from '../api/routes.ts';
import { entityTag, requireVersion } from '../api/versions.ts';
import { auditRecord } from '../audit/record.ts';
import { knownCompanies } from '../companies/store.ts';
import type { Database } from '../database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { readAccounts, readRoutes, wakeWaiting } from './store.ts';

export const operatorRouteRoutes = (platform: Platform) => {
  const { database, clock } = platform;

  async function read(actor: Actor): Promise<{ routes: OperatorRoute[]; version: number }> {
    const [record] = await readRoutes(database, actor.organisationId);
    return record ?? { routes: [], version: 0 };
  }

  return resource()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/operator-routes',
        tags: ['Operator accounts'],
        summary: 'Which account takes which messages, in order',
        security: signedIn,
        responses: { 200: jsonAnswer(OperatorRoutes, 'The routes'), ...problemAnswers(401, 403) },
      }),
      async (c) => {
        const { routes, version } = await read(administratorOf(c));
        c.header('ETag', entityTag(version));
        return c.json({ routes }, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'put',
        path: '/v1/operator-routes',
        tags: ['Operator accounts'],
        summary: 'Set the routes',
        description:
          'A message goes to the first that fits its number and its company and is not paused; to the next only when ' +
          'that one has proven that it did not take it. An account on no route sends nothing.',
        security: signedIn,
        request: { headers: IfMatch, body: jsonBody(OperatorRoutes) },
        responses: {
          200: jsonAnswer(OperatorRoutes, 'As they are now'),
          ...problemAnswers(400, 401, 403, 409),
        },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const { routes } = c.req.valid('json');
        const before = await read(actor);
        requireVersion(before.version, c.req.valid('header')['if-match']);
        await requireKnown(database, actor.organisationId, routes);
        const now = clock.now();
        const guard = {
          sql: `coalesce((SELECT version FROM operator_routes WHERE organisation_id = ?), 0) = ?`,
          args: [actor.organisationId, before.version],
        };
        const [, written] = await database.batch([
          auditRecord(actor, 'operator-routes.changed', actor.organisationId, { routes }, now, guard),
          {
            sql: `INSERT INTO operator_routes (organisation_id, rules) SELECT ?, ? WHERE ${guard.sql}
              ON CONFLICT (organisation_id) DO UPDATE SET rules = excluded.rules, version = version + 1`,
            args: [actor.organisationId, JSON.stringify(routes), ...guard.args],
          },
          wakeWaiting(actor.organisationId, now),
        ]);
        if (written?.changes !== 1) throw new ProblemException('conflict');
        platform.wakeUp.hint();
        c.header('ETag', entityTag(before.version + 1));
        return c.json({ routes }, 200);
      },
    );
};

/** @throws {ProblemException} `invalid-request` at `/routes/…` for ids that are not the organisation's */
async function requireKnown(
  database: Database,
  organisationId: string,
  routes: readonly OperatorRoute[],
): Promise<void> {
  const accounts = new Set((await readAccounts(database, organisationId)).map((it) => it.id));
  const ids = [...new Set(routes.flatMap((it) => it.companyIds))];
  const companies = await knownCompanies(database, organisationId, ids);
  const errors = routes.flatMap(({ accountId, companyIds }, at) => [
    ...(accounts.has(accountId) ? [] : [wrong(`/routes/${at}/accountId`, 'unknown_account')]),
    ...companyIds.flatMap((id, place) =>
      companies.has(id) ? [] : [wrong(`/routes/${at}/companyIds/${place}`, 'unknown_company')],
    ),
  ]);
  if (errors.length > 0) throw new ProblemException('invalid-request', { errors: errors.slice(0, 100) });
}

const wrong = (path: string, code: string) => ({ path, code, detail: 'There is no such one' });

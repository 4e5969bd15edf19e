import { createRoute } from '@hono/zod-openapi';
import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import { PageQuery, pageOf } from '../../shared/api/paging.ts';
import { ApiKey, ApiKeyDraft, ApiKeyMade } from '../../shared/api/people.ts';
import { ProblemException } from '../../shared/api/problems.ts';
import { administratorOf } from '../access/actor.ts';
import { apiKeyPrefix } from '../access/authenticate.ts';
import { keyOfCursor, pageOfRows } from '../api/paging.ts';
import { IdParameter, jsonAnswer, jsonBody, problemAnswers, resource, signedIn } from '../api/routes.ts';
import { auditRecord } from '../audit/record.ts';
import { requireCompanies } from '../companies/require.ts';
import { apiKeys } from '../database/schema.ts';
import { statementOf, typed } from '../database/typed.ts';
import type { Platform } from '../platform/platform.ts';
import { newToken, sha256 } from '../session/secrets.ts';

type Record = typeof apiKeys.$inferSelect;

const keyOf = (record: Record): ApiKey => ({
  id: record.id,
  name: record.name,
  scopes: record.scopes,
  companies: record.companies,
  createdAt: record.createdAt,
  lastUsedAt: record.lastUsedAt,
});

export const apiKeyRoutes = (platform: Platform) => {
  const { database, clock } = platform;
  return resource()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/api-keys',
        tags: ['API keys'],
        summary: 'API keys that are not revoked, without their secrets',
        security: signedIn,
        request: { query: PageQuery },
        responses: {
          200: jsonAnswer(pageOf(ApiKey), 'One page, in the order in which they were made'),
          ...problemAnswers(400, 401, 403),
        },
      }),
      async (c) => {
        const { organisationId } = administratorOf(c);
        const { cursor, limit } = c.req.valid('query');
        const rows = await typed(database)
          .select()
          .from(apiKeys)
          .where(
            and(
              eq(apiKeys.organisationId, organisationId),
              isNull(apiKeys.revokedAt),
              gt(apiKeys.id, keyOfCursor(cursor) ?? ''),
            ),
          )
          .orderBy(asc(apiKeys.id))
          .limit(limit + 1);
        return c.json(
          pageOfRows(rows, limit, (row) => row.id, keyOf),
          200,
        );
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/api-keys',
        tags: ['API keys'],
        summary: 'Make a key; its secret is shown this once',
        security: signedIn,
        request: { body: jsonBody(ApiKeyDraft) },
        responses: { 201: jsonAnswer(ApiKeyMade, 'Made'), ...problemAnswers(400, 401, 403) },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const draft = c.req.valid('json');
        await requireCompanies(database, actor.organisationId, draft.companies);
        const secret = `${apiKeyPrefix}${newToken()}`;
        const now = clock.now();
        const record: Record = {
          ...draft,
          id: platform.newId('key'),
          organisationId: actor.organisationId,
          secretHash: await sha256(secret),
          createdAt: now,
          lastUsedAt: null,
          revokedAt: null,
        };
        await database.batch([
          statementOf(typed(database).insert(apiKeys).values(record)),
          auditRecord(actor, 'api-key.made', record.id, draft, now),
        ]);
        return c.json({ ...keyOf(record), secret }, 201);
      },
    )
    .openapi(
      createRoute({
        method: 'delete',
        path: '/v1/api-keys/{id}',
        tags: ['API keys'],
        summary: 'Revoke a key at once',
        security: signedIn,
        request: { params: IdParameter },
        responses: { 204: { description: 'Revoked' }, ...problemAnswers(401, 403, 404) },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const args = [c.req.valid('param').id, actor.organisationId];
        const where = 'id = ? AND organisation_id = ? AND revoked_at IS NULL';
        const now = clock.now();
        const [, revoked] = await database.batch([
          auditRecord(actor, 'api-key.revoked', args[0] ?? '', {}, now, {
            sql: `EXISTS (SELECT 1 FROM api_keys WHERE ${where})`,
            args,
          }),
          { sql: `UPDATE api_keys SET revoked_at = ? WHERE ${where}`, args: [now, ...args] },
        ]);
        if (revoked?.changes !== 1) throw new ProblemException('not-found');
        return c.body(null, 204);
      },
    );
};

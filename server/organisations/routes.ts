import { createRoute } from '@hono/zod-openapi';
import { eq } from 'drizzle-orm';
import { Organisation, OrganisationChange } from '../../shared/api/companies.ts';
import { ProblemException } from '../../shared/api/problems.ts';
import { administratorOf, readerOf } from '../access/actor.ts';
import { IfMatch, jsonAnswer, jsonBody, problemAnswers, resource, signedIn } from '../api/routes.ts';
import { entityTag, requireVersion } from '../api/versions.ts';
import { auditRecord } from '../audit/record.ts';
import { organisations } from '../database/schema.ts';
import { typed } from '../database/typed.ts';
import type { Platform } from '../platform/platform.ts';

type Record = typeof organisations.$inferSelect;

const organisationOf = (record: Record): Organisation => ({
  id: record.id,
  name: record.name,
  hasCrm: record.hasCrm,
  retentionDays: record.retentionDays,
  lowParts: record.lowParts,
});

export const organisationRoutes = (platform: Platform) => {
  const { database, clock } = platform;

  async function read(id: string): Promise<Record> {
    const record = await typed(database).select().from(organisations).where(eq(organisations.id, id)).get();
    if (record === undefined) throw new ProblemException('not-found');
    return record;
  }

  return resource()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/organisation',
        tags: ['Organisation'],
        summary: 'Your organisation',
        security: signedIn,
        responses: {
          200: jsonAnswer(Organisation, 'The organisation; its ETag is for If-Match'),
          ...problemAnswers(401, 403),
        },
      }),
      async (c) => {
        const record = await read(readerOf(c).organisationId);
        c.header('ETag', entityTag(record.version));
        return c.json(organisationOf(record), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'patch',
        path: '/v1/organisation',
        tags: ['Organisation'],
        summary:
          'Change its name, whether it has the CRM module, how long texts are kept, when a package is low',
        security: signedIn,
        request: { headers: IfMatch, body: jsonBody(OrganisationChange) },
        responses: { 200: jsonAnswer(Organisation, 'As it is now'), ...problemAnswers(400, 401, 403, 409) },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const record = await read(actor.organisationId);
        requireVersion(record.version, c.req.valid('header')['if-match']);
        const change = c.req.valid('json');
        const after = { ...organisationOf(record), ...change };
        const guard = {
          sql: 'EXISTS (SELECT 1 FROM organisations WHERE id = ? AND version = ?)',
          args: [record.id, record.version],
        };
        const [, updated] = await database.batch([
          auditRecord(actor, 'organisation.changed', record.id, change, clock.now(), guard),
          {
            sql: `UPDATE organisations SET name = ?, has_crm = ?, retention_days = ?, low_parts = ?,
                    version = version + 1
                  WHERE id = ? AND version = ?`,
            args: [
              after.name,
              after.hasCrm ? 1 : 0,
              after.retentionDays,
              after.lowParts,
              record.id,
              record.version,
            ],
          },
        ]);
        if (updated?.changes !== 1) throw new ProblemException('conflict');
        c.header('ETag', entityTag(record.version + 1));
        return c.json(after, 200);
      },
    );
};

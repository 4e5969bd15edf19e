import { createRoute } from '@hono/zod-openapi';
import { PageQuery, pageOf } from '../../shared/api/paging.ts';
import { ProblemException } from '../../shared/api/problems.ts';
import { Template, TemplateChange, TemplateDraft } from '../../shared/api/templates.ts';
import { administratorOf, readerOf } from '../access/actor.ts';
import { keyOfCursor, pageOfRows } from '../api/paging.ts';
import {
  IdParameter,
  IfMatch,
  jsonAnswer,
  jsonBody,
  problemAnswers,
  resource,
  signedIn,
} from '../api/routes.ts';
import { entityTag, requireVersion } from '../api/versions.ts';
import { auditRecord } from '../audit/record.ts';
import { UniqueViolation } from '../database/database.ts';
import { templates } from '../database/schema.ts';
import { statementOf, typed } from '../database/typed.ts';
import type { Platform } from '../platform/platform.ts';
import { type TemplateRecord, templateById, templateOf, templatesAfter, templateUpdate } from './store.ts';

export const templateRoutes = (platform: Platform) => {
  const { database, clock } = platform;

  async function read(organisationId: string, id: string): Promise<TemplateRecord> {
    const record = await templateById(database, organisationId, id);
    if (record === undefined) throw new ProblemException('not-found');
    return record;
  }

  return resource()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/templates',
        tags: ['Templates'],
        summary: 'Texts to choose from',
        security: signedIn,
        request: { query: PageQuery },
        responses: {
          200: jsonAnswer(pageOf(Template), 'One page, by name'),
          ...problemAnswers(400, 401, 403),
        },
      }),
      async (c) => {
        const actor = readerOf(c);
        const { cursor, limit } = c.req.valid('query');
        const rows = await templatesAfter(
          database,
          actor.organisationId,
          keyOfCursor(cursor) ?? '',
          limit + 1,
        );
        return c.json(
          pageOfRows(rows, limit, (row) => row.name, templateOf),
          200,
        );
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/templates',
        tags: ['Templates'],
        summary: 'Add a template',
        security: signedIn,
        request: { body: jsonBody(TemplateDraft) },
        responses: { 201: jsonAnswer(Template, 'Added'), ...problemAnswers(400, 401, 403, 409) },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const now = clock.now();
        const record: TemplateRecord = {
          ...c.req.valid('json'),
          id: platform.newId('tpl'),
          organisationId: actor.organisationId,
          version: 1,
          changedAt: now,
        };
        await refuseTwice(() =>
          database.batch([
            statementOf(typed(database).insert(templates).values(record)),
            auditRecord(actor, 'template.added', record.id, { name: record.name }, now),
          ]),
        );
        c.header('ETag', entityTag(record.version));
        c.header('Location', `/v1/templates/${record.id}`);
        return c.json(templateOf(record), 201);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/templates/{id}',
        tags: ['Templates'],
        summary: 'One template',
        security: signedIn,
        request: { params: IdParameter },
        responses: {
          200: jsonAnswer(Template, 'The template; its ETag is for If-Match'),
          ...problemAnswers(401, 403, 404),
        },
      }),
      async (c) => {
        const record = await read(readerOf(c).organisationId, c.req.valid('param').id);
        c.header('ETag', entityTag(record.version));
        return c.json(templateOf(record), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'patch',
        path: '/v1/templates/{id}',
        tags: ['Templates'],
        summary: 'Change a template',
        security: signedIn,
        request: { params: IdParameter, headers: IfMatch, body: jsonBody(TemplateChange) },
        responses: { 200: jsonAnswer(Template, 'As it is now'), ...problemAnswers(400, 401, 403, 404, 409) },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const record = await read(actor.organisationId, c.req.valid('param').id);
        requireVersion(record.version, c.req.valid('header')['if-match']);
        const change = { name: record.name, text: record.text, ...c.req.valid('json') };
        const now = clock.now();
        const guard = {
          sql: 'EXISTS (SELECT 1 FROM templates WHERE id = ? AND version = ?)',
          args: [record.id, record.version],
        };
        const [, updated] = await refuseTwice(() =>
          database.batch([
            auditRecord(actor, 'template.changed', record.id, { name: change.name }, now, guard),
            templateUpdate(record, change, now),
          ]),
        );
        if (updated?.changes !== 1) throw new ProblemException('conflict');
        c.header('ETag', entityTag(record.version + 1));
        return c.json({ ...templateOf(record), ...change, changedAt: now }, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'delete',
        path: '/v1/templates/{id}',
        tags: ['Templates'],
        summary: 'Delete a template',
        security: signedIn,
        request: { params: IdParameter, headers: IfMatch },
        responses: { 204: { description: 'Deleted' }, ...problemAnswers(401, 403, 404, 409) },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const record = await read(actor.organisationId, c.req.valid('param').id);
        requireVersion(record.version, c.req.valid('header')['if-match']);
        const where = 'id = ? AND organisation_id = ? AND version = ?';
        const args = [record.id, record.organisationId, record.version];
        const guard = { sql: `EXISTS (SELECT 1 FROM templates WHERE ${where})`, args };
        const [, deleted] = await database.batch([
          auditRecord(actor, 'template.deleted', record.id, { name: record.name }, clock.now(), guard),
          { sql: `DELETE FROM templates WHERE ${where}`, args },
        ]);
        if (deleted?.changes !== 1) throw new ProblemException('conflict');
        return c.body(null, 204);
      },
    );
};

async function refuseTwice<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error;
    throw new ProblemException('already-exists', { detail: 'There is a template of that name' });
  }
}

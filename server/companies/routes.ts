import { createRoute } from '@hono/zod-openapi';
import { Company, CompanyChange, CompanyDraft } from '../../shared/api/companies.ts';
import { PageQuery, pageOf } from '../../shared/api/paging.ts';
import { ProblemException } from '../../shared/api/problems.ts';
import { administratorOf, readerOf } from '../access/actor.ts';
import { mayUseCompany } from '../access/rules.ts';
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
import { companies } from '../database/schema.ts';
import { statementOf, typed } from '../database/typed.ts';
import { stopWaiting } from '../hrm/settling.ts';
import { stopCompanyTexts, stopEmployeeTexts } from '../messages/stopping.ts';
import type { Platform } from '../platform/platform.ts';
import { checkedStamp } from './rules.ts';
import { defaultSending } from './sending.ts';
import {
  type CompanyRecord,
  companiesAfter,
  companyById,
  companyOf,
  companyUpdate,
  stillThatCompany,
} from './store.ts';

export const companyRoutes = (platform: Platform) => {
  const { database, clock } = platform;

  async function read(organisationId: string, id: string): Promise<CompanyRecord> {
    const record = await companyById(database, organisationId, id);
    if (record === undefined) throw new ProblemException('not-found');
    return record;
  }

  return resource()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/companies',
        tags: ['Companies'],
        summary: 'The companies that you may use',
        security: signedIn,
        request: { query: PageQuery },
        responses: {
          200: jsonAnswer(pageOf(Company), 'One page, in the order in which they were added'),
          ...problemAnswers(400, 401, 403),
        },
      }),
      async (c) => {
        const actor = readerOf(c);
        const { cursor, limit } = c.req.valid('query');
        const rows = await companiesAfter(database, actor, keyOfCursor(cursor) ?? '', limit + 1);
        return c.json(
          pageOfRows(rows, limit, (row) => row.id, companyOf),
          200,
        );
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/companies',
        tags: ['Companies'],
        summary: 'Add a company',
        description: 'It sends under the program’s name until it has one of its own. HRM permission is off.',
        security: signedIn,
        request: { body: jsonBody(CompanyDraft) },
        responses: { 201: jsonAnswer(Company, 'Added'), ...problemAnswers(400, 401, 403) },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const draft = c.req.valid('json');
        const stamp = checkedStamp(draft.stamp ?? { name: '', address: '', nip: '' });
        const now = clock.now();
        const record: CompanyRecord = {
          id: platform.newId('com'),
          organisationId: actor.organisationId,
          name: draft.name,
          stampName: stamp.name,
          stampAddress: stamp.address,
          stampNip: stamp.nip,
          senderNameId: null,
          nameChangedAt: null,
          hrmPermission: false,
          version: 1,
          createdAt: now,
          deletedAt: null,
          ...defaultSending,
        };
        await database.batch([
          statementOf(typed(database).insert(companies).values(record)),
          auditRecord(actor, 'company.added', record.id, { name: record.name }, now),
        ]);
        c.header('ETag', entityTag(record.version));
        c.header('Location', `/v1/companies/${record.id}`);
        return c.json(companyOf(record), 201);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/companies/{id}',
        tags: ['Companies'],
        summary: 'One company with its stamp',
        security: signedIn,
        request: { params: IdParameter },
        responses: {
          200: jsonAnswer(Company, 'The company; its ETag is for If-Match'),
          ...problemAnswers(401, 403, 404),
        },
      }),
      async (c) => {
        const actor = readerOf(c);
        const record = await read(actor.organisationId, c.req.valid('param').id);
        if (!mayUseCompany(actor, record.id)) throw new ProblemException('company-not-permitted');
        c.header('ETag', entityTag(record.version));
        return c.json(companyOf(record), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'patch',
        path: '/v1/companies/{id}',
        tags: ['Companies'],
        summary: 'Change a company: its name, its stamp, its HRM permission (R30)',
        description:
          'Without HRM permission, texts to employees that wait are stopped and their parts come back.',
        security: signedIn,
        request: { params: IdParameter, headers: IfMatch, body: jsonBody(CompanyChange) },
        responses: { 200: jsonAnswer(Company, 'As it is now'), ...problemAnswers(400, 401, 403, 404, 409) },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const record = await read(actor.organisationId, c.req.valid('param').id);
        requireVersion(record.version, c.req.valid('header')['if-match']);
        const change = c.req.valid('json');
        const after: Company = { ...companyOf(record), ...change };
        after.stamp = checkedStamp(after.stamp);
        const now = clock.now();
        const forbids = record.hrmPermission && !after.hrmPermission;
        const changed = stillThatCompany({ ...record, version: record.version + 1 });
        const [, updated] = await database.batch([
          auditRecord(actor, 'company.changed', record.id, change, now, stillThatCompany(record)),
          companyUpdate(record, after),
          ...(forbids ? [stopWaiting(record.id, 'hrm-not-permitted', now, { guard: changed })] : []),
        ]);
        if (updated?.changes !== 1) throw new ProblemException('conflict');
        // What this does not reach, as it is on its way to an operator, is stopped when it comes back.
        if (forbids) await stopEmployeeTexts(database, actor.organisationId, record.id, now);
        c.header('ETag', entityTag(record.version + 1));
        return c.json(after, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'delete',
        path: '/v1/companies/{id}',
        tags: ['Companies'],
        summary: 'Delete a company',
        description:
          'Nobody can send for it any more; what waits is stopped and its parts come back; what was sent stays in the ' +
          'history.',
        security: signedIn,
        request: { params: IdParameter, headers: IfMatch },
        responses: { 204: { description: 'Deleted' }, ...problemAnswers(401, 403, 404, 409) },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const record = await read(actor.organisationId, c.req.valid('param').id);
        requireVersion(record.version, c.req.valid('header')['if-match']);
        const guard = stillThatCompany(record);
        const now = clock.now();
        const results = await database.batch([
          auditRecord(actor, 'company.deleted', record.id, { name: record.name }, now, guard),
          {
            sql: `DELETE FROM person_companies WHERE company_id = ? AND ${guard.sql}`,
            args: [record.id, ...guard.args],
          },
          {
            sql: `UPDATE companies SET deleted_at = ?, version = version + 1
                  WHERE id = ? AND version = ? AND deleted_at IS NULL`,
            args: [now, record.id, record.version],
          },
        ]);
        if (results[2]?.changes !== 1) throw new ProblemException('conflict');
        await stopCompanyTexts(database, actor.organisationId, record.id, now);
        return c.body(null, 204);
      },
    );
};

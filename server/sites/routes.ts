import { createRoute } from '@hono/zod-openapi';
import { PageQuery, pageOf } from '../../shared/api/paging.ts';
import { ProblemException } from '../../shared/api/problems.ts';
import { Site, SiteChange, SiteDraft, SiteList } from '../../shared/api/sites.ts';
import { administratorOf, personOf, readerOf } from '../access/actor.ts';
import { keyOfCursor, pageOfRows } from '../api/paging.ts';
import { invalidField } from '../api/problem-answers.ts';
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
import { knownCompanies } from '../companies/store.ts';
import { UniqueViolation } from '../database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { templateById } from '../templates/store.ts';
import { checkedPattern, maySetLists, mostSites, withList } from './rules.ts';
import {
  roomForSite,
  type SiteRecord,
  siteById,
  siteDelete,
  siteInsert,
  siteOfRecord,
  sitesAfter,
  siteUpdate,
  stillThatSite,
} from './store.ts';

export const siteRoutes = (platform: Platform) => {
  const { database, clock } = platform;

  async function read(organisationId: string, id: string): Promise<SiteRecord> {
    const record = await siteById(database, organisationId, id);
    if (record === undefined) throw new ProblemException('not-found');
    return record;
  }

  async function requireCompany(organisationId: string, companyId: string | null): Promise<void> {
    if (companyId === null) return;
    const known = await knownCompanies(database, organisationId, [companyId]);
    if (!known.has(companyId)) {
      throw invalidField('/companyId', 'unknown_company', 'There is no such company');
    }
  }

  async function requireTemplate(organisationId: string, templateId: string | null): Promise<void> {
    if (templateId === null || (await templateById(database, organisationId, templateId))) return;
    throw invalidField('/templateId', 'unknown_template', 'There is no such template');
  }

  return resource()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/sites',
        tags: ['Sites'],
        summary: 'Web applications that the organisation knows',
        description: 'Everyone of the organisation reads them: the extension needs them to read pages.',
        security: signedIn,
        request: { query: PageQuery },
        responses: {
          200: jsonAnswer(pageOf(Site), 'One page, by pattern'),
          ...problemAnswers(400, 401, 403),
        },
      }),
      async (c) => {
        const actor = readerOf(c);
        const { cursor, limit } = c.req.valid('query');
        const after = keyOfCursor(cursor) ?? '';
        const rows = await sitesAfter(database, actor.organisationId, after, limit + 1);
        return c.json(
          pageOfRows(rows, limit, (row) => row.hostPattern, siteOfRecord),
          200,
        );
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/sites',
        tags: ['Sites'],
        summary: 'Add a site',
        description:
          'Its kind decides whether what is sent from its pages is HRM-origin (R30); it is never guessed for a send.',
        security: signedIn,
        request: { body: jsonBody(SiteDraft) },
        responses: { 201: jsonAnswer(Site, 'Added'), ...problemAnswers(400, 401, 403, 409) },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const { organisationId } = actor;
        const draft = c.req.valid('json');
        const hostPattern = checkedPattern(draft.hostPattern);
        await requireCompany(organisationId, draft.companyId);
        const now = clock.now();
        const site: Site = { ...draft, hostPattern, id: platform.newId('sit'), lists: [], changedAt: now };
        const detail = { ...draft, hostPattern };
        const [, inserted] = await refuseTwice(() =>
          database.batch([
            auditRecord(actor, 'site.added', site.id, detail, now, roomForSite(organisationId)),
            siteInsert(organisationId, site),
          ]),
        );
        if (inserted?.changes !== 1) {
          throw invalidField('/hostPattern', 'too_many', `At most ${mostSites} sites`);
        }
        c.header('ETag', entityTag(1));
        c.header('Location', `/v1/sites/${site.id}`);
        return c.json(site, 201);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/sites/{id}',
        tags: ['Sites'],
        summary: 'One site',
        security: signedIn,
        request: { params: IdParameter },
        responses: {
          200: jsonAnswer(Site, 'The site; its ETag is for If-Match'),
          ...problemAnswers(401, 403, 404),
        },
      }),
      async (c) => {
        const record = await read(readerOf(c).organisationId, c.req.valid('param').id);
        c.header('ETag', entityTag(record.version));
        return c.json(siteOfRecord(record), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'patch',
        path: '/v1/sites/{id}',
        tags: ['Sites'],
        summary: 'Change a site: its pattern, company, kind, region, always on',
        security: signedIn,
        request: { params: IdParameter, headers: IfMatch, body: jsonBody(SiteChange) },
        responses: { 200: jsonAnswer(Site, 'As it is now'), ...problemAnswers(400, 401, 403, 404, 409) },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const record = await read(actor.organisationId, c.req.valid('param').id);
        requireVersion(record.version, c.req.valid('header')['if-match']);
        const change = c.req.valid('json');
        if (change.hostPattern !== undefined) change.hostPattern = checkedPattern(change.hostPattern);
        await requireCompany(record.organisationId, change.companyId ?? null);
        const now = clock.now();
        const after: Site = { ...siteOfRecord(record), ...change, changedAt: now };
        const [, updated] = await refuseTwice(() =>
          database.batch([
            auditRecord(actor, 'site.changed', record.id, change, now, stillThatSite(record)),
            siteUpdate(record, after),
          ]),
        );
        if (updated?.changes !== 1) throw new ProblemException('conflict');
        c.header('ETag', entityTag(record.version + 1));
        return c.json(after, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'put',
        path: '/v1/sites/{id}/lists',
        tags: ['Sites'],
        summary: 'Settings of one list: its phone and name columns, its template',
        description:
          'For those who may send from the site. The list is known by its path and headings; with no columns and no ' +
          'template its settings are taken out.',
        security: signedIn,
        request: { params: IdParameter, headers: IfMatch, body: jsonBody(SiteList) },
        responses: { 200: jsonAnswer(Site, 'As it is now'), ...problemAnswers(400, 401, 403, 404, 409) },
      }),
      async (c) => {
        const actor = personOf(c);
        const record = await read(actor.organisationId, c.req.valid('param').id);
        const before = siteOfRecord(record);
        if (!maySetLists(actor, before)) throw new ProblemException('forbidden');
        requireVersion(record.version, c.req.valid('header')['if-match']);
        const list = c.req.valid('json');
        await requireTemplate(record.organisationId, list.templateId);
        const now = clock.now();
        const after: Site = { ...before, lists: withList(before.lists, list), changedAt: now };
        const [, updated] = await database.batch([
          auditRecord(actor, 'site.list-changed', record.id, list, now, stillThatSite(record)),
          siteUpdate(record, after),
        ]);
        if (updated?.changes !== 1) throw new ProblemException('conflict');
        c.header('ETag', entityTag(record.version + 1));
        return c.json(after, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'delete',
        path: '/v1/sites/{id}',
        tags: ['Sites'],
        summary: 'Delete a site',
        description: 'Its pages are unknown from then on: those who may send to customers do so from them.',
        security: signedIn,
        request: { params: IdParameter, headers: IfMatch },
        responses: { 204: { description: 'Deleted' }, ...problemAnswers(401, 403, 404, 409) },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const record = await read(actor.organisationId, c.req.valid('param').id);
        requireVersion(record.version, c.req.valid('header')['if-match']);
        const { hostPattern, kind } = record;
        const guard = stillThatSite(record);
        const [, deleted] = await database.batch([
          auditRecord(actor, 'site.deleted', record.id, { hostPattern, kind }, clock.now(), guard),
          siteDelete(record),
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
    throw new ProblemException('already-exists', { detail: 'There is a site of that pattern' });
  }
}

import { createRoute } from '@hono/zod-openapi';
import { PageQuery, pageOf } from '../../shared/api/paging.ts';
import { Person, PersonChange, PersonDraft } from '../../shared/api/people.ts';
import { ProblemException } from '../../shared/api/problems.ts';
import { administratorOf } from '../access/actor.ts';
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
import { requireCompanies } from '../companies/require.ts';
import { type Statement, UniqueViolation } from '../database/database.ts';
import type { Platform } from '../platform/platform.ts';
import {
  deletePerson,
  insertPerson,
  mayBecome,
  type PersonRecord,
  peopleAfter,
  personById,
  personOfRecord,
  updatePerson,
} from './store.ts';

const lastAdministrator =
  'An organisation keeps at least one administrator, or the person was changed meanwhile';

export const peopleRoutes = (platform: Platform) => {
  const { database, clock } = platform;

  async function read(organisationId: string, id: string): Promise<PersonRecord> {
    const record = await personById(database, organisationId, id);
    if (record === undefined) throw new ProblemException('not-found');
    return record;
  }

  /** The last statement is the change; nothing was written when it changed nobody. */
  async function apply(statements: Statement[]): Promise<void> {
    const results = await database.batch(statements);
    if (results.at(-1)?.changes !== 1) throw new ProblemException('conflict', { detail: lastAdministrator });
  }

  return resource()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/people',
        tags: ['People'],
        summary: 'Who belongs to the organisation',
        security: signedIn,
        request: { query: PageQuery },
        responses: {
          200: jsonAnswer(pageOf(Person), 'One page, in the order in which they were added'),
          ...problemAnswers(400, 401, 403),
        },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const { cursor, limit } = c.req.valid('query');
        const rows = await peopleAfter(database, actor.organisationId, keyOfCursor(cursor) ?? '', limit + 1);
        return c.json(
          pageOfRows(rows, limit, (row) => row.id, personOfRecord),
          200,
        );
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/people',
        tags: ['People'],
        summary: 'Add a person: they can sign in with their address from then on',
        security: signedIn,
        request: { body: jsonBody(PersonDraft) },
        responses: { 201: jsonAnswer(Person, 'Added'), ...problemAnswers(400, 401, 403, 409) },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const draft = c.req.valid('json');
        await requireCompanies(database, actor.organisationId, draft.companies);
        const person: Person = { id: platform.newId('per'), ...draft };
        const now = clock.now();
        try {
          await database.batch([
            ...insertPerson(person, actor.organisationId, now),
            auditRecord(
              actor,
              'person.added',
              person.id,
              { roles: person.roles, companies: person.companies },
              now,
            ),
          ]);
        } catch (error) {
          if (!(error instanceof UniqueViolation)) throw error;
          throw new ProblemException('already-exists', { detail: 'The address is in use' });
        }
        c.header('ETag', entityTag(1));
        c.header('Location', `/v1/people/${person.id}`);
        return c.json(person, 201);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/people/{id}',
        tags: ['People'],
        summary: 'One person',
        security: signedIn,
        request: { params: IdParameter },
        responses: {
          200: jsonAnswer(Person, 'The person; the ETag is for If-Match'),
          ...problemAnswers(401, 403, 404),
        },
      }),
      async (c) => {
        const record = await read(administratorOf(c).organisationId, c.req.valid('param').id);
        c.header('ETag', entityTag(record.version));
        return c.json(personOfRecord(record), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'patch',
        path: '/v1/people/{id}',
        tags: ['People'],
        summary: 'Change a person’s name, roles or companies',
        security: signedIn,
        request: { params: IdParameter, headers: IfMatch, body: jsonBody(PersonChange) },
        responses: { 200: jsonAnswer(Person, 'As they are now'), ...problemAnswers(400, 401, 403, 404, 409) },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const record = await read(actor.organisationId, c.req.valid('param').id);
        requireVersion(record.version, c.req.valid('header')['if-match']);
        const change = c.req.valid('json');
        await requireCompanies(database, actor.organisationId, change.companies ?? []);
        const after: Person = { ...personOfRecord(record), ...change };
        const guard = mayBecome(record, actor.organisationId, after.roles);
        const detail = { roles: after.roles, companies: after.companies };
        await apply([
          auditRecord(actor, 'person.changed', record.id, detail, clock.now(), guard),
          ...updatePerson(after, actor.organisationId, guard),
        ]);
        c.header('ETag', entityTag(record.version + 1));
        return c.json(after, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'delete',
        path: '/v1/people/{id}',
        tags: ['People'],
        summary: 'Remove a person; their sessions end',
        security: signedIn,
        request: { params: IdParameter, headers: IfMatch },
        responses: { 204: { description: 'Removed' }, ...problemAnswers(401, 403, 404, 409) },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const record = await read(actor.organisationId, c.req.valid('param').id);
        requireVersion(record.version, c.req.valid('header')['if-match']);
        const guard = mayBecome(record, actor.organisationId, []);
        const now = clock.now();
        await apply([
          auditRecord(actor, 'person.removed', record.id, {}, now, guard),
          ...deletePerson(record, now, guard),
        ]);
        return c.body(null, 204);
      },
    );
};

import { createRoute, z } from '@hono/zod-openapi';
import { BlockedImport, BlockedImported, BlockedPage } from '../../../shared/api/blocked-names.ts';
import { PageQuery } from '../../../shared/api/paging.ts';
import { ProblemException } from '../../../shared/api/problems.ts';
import { administratorOf } from '../../access/actor.ts';
import { keyOfCursor, pageOfRows } from '../../api/paging.ts';
import { IdParameter, jsonAnswer, jsonBody, problemAnswers, resource, signedIn } from '../../api/routes.ts';
import type { Platform } from '../../platform/platform.ts';
import { readBlockedCsv } from './reading.ts';
import {
  digestOf,
  entriesAfter,
  importedOf,
  importOf,
  importsOf,
  removeImport,
  replaceImport,
} from './store.ts';

const tags = ['Reserved names'];

export const blockedNameRoutes = (platform: Platform) => {
  const { database, clock } = platform;
  return resource()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/blocked-names',
        tags,
        summary: 'Reserved names that were imported',
        security: signedIn,
        request: { query: PageQuery },
        responses: { 200: jsonAnswer(BlockedPage, 'One page'), ...problemAnswers(400, 401, 403) },
      }),
      async (c) => {
        const { organisationId } = administratorOf(c);
        const { cursor, limit } = c.req.valid('query');
        const rows = await database.query(entriesAfter(organisationId, keyOfCursor(cursor) ?? '', limit + 1));
        return c.json(
          pageOfRows(
            rows,
            limit,
            (row) => String(row.place),
            (row) => ({
              name: String(row.name),
              line: Number(row.line),
              source: String(row.source),
              listedOn: String(row.listed_on),
            }),
          ),
          200,
        );
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/blocked-names/imports',
        tags,
        summary: 'The lists that were imported, one for each source',
        security: signedIn,
        responses: {
          200: jsonAnswer(z.object({ items: z.array(BlockedImported) }), 'By source'),
          ...problemAnswers(401, 403),
        },
      }),
      async (c) => {
        const rows = await database.query(importsOf(administratorOf(c).organisationId));
        return c.json({ items: rows.map(importedOf) }, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/blocked-names/imports',
        tags,
        summary: 'Import a list of reserved names',
        description:
          'The list takes the place of the source’s earlier one. The same list again changes nothing and answers with what ' +
          'is there. A broken line refuses the whole list: errors name each.',
        security: signedIn,
        request: { body: jsonBody(BlockedImport) },
        responses: {
          200: jsonAnswer(BlockedImported, 'Imported'),
          ...problemAnswers(400, 401, 403, 413, 422),
        },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const { source, listedOn, csv } = c.req.valid('json');
        const list = readBlockedCsv(csv);
        if (!list.ok) {
          throw new ProblemException('blocked-list-broken', {
            errors: list.broken,
            facts: { broken: list.broken.length + list.more },
          });
        }
        const digest = await digestOf(listedOn, list.rows);
        const before = await importOf(database, actor.organisationId, source);
        if (before?.digest !== digest) {
          const id = platform.newId('bli');
          await database.batch(
            replaceImport(actor, { id, source, listedOn, digest, rows: list.rows }, clock.now()),
          );
        }
        const stored = await importOf(database, actor.organisationId, source);
        if (stored === null) throw new ProblemException('conflict');
        const { digest: _, ...imported } = stored;
        return c.json(imported, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'delete',
        path: '/v1/blocked-names/imports/{id}',
        tags,
        summary: 'Remove an imported list',
        security: signedIn,
        request: { params: IdParameter },
        responses: { 204: { description: 'Removed' }, ...problemAnswers(401, 403, 404) },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const results = await database.batch(removeImport(actor, c.req.valid('param').id, clock.now()));
        if (results.at(-1)?.changes !== 1) throw new ProblemException('not-found');
        return c.body(null, 204);
      },
    );
};

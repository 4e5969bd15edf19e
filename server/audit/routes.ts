import { createRoute } from '@hono/zod-openapi';
import { AuditEntry, AuditQuery } from '../../shared/api/audit.ts';
import { pageOf } from '../../shared/api/paging.ts';
import { administratorOf } from '../access/actor.ts';
import { numberOfCursor, pageOfRows } from '../api/paging.ts';
import { jsonAnswer, problemAnswers, resource, signedIn } from '../api/routes.ts';
import type { Platform } from '../platform/platform.ts';
import { auditBefore, auditEntryOf } from './reading.ts';

/** The audit is written with every change (`record.ts`) and read here; there is no way to change it. */
export const auditRoutes = ({ database }: Platform) =>
  resource().openapi(
    createRoute({
      method: 'get',
      path: '/v1/audit',
      tags: ['Audit'],
      summary: 'Who did what, and when',
      description:
        'For administrators. Records are only ever added. What comes with every sending stands in the history, and here ' +
        'with `sendings=true` or `area=sending`.',
      security: signedIn,
      request: { query: AuditQuery },
      responses: {
        200: jsonAnswer(pageOf(AuditEntry), 'One page, newest first'),
        ...problemAnswers(400, 401, 403),
      },
    }),
    async (c) => {
      const { organisationId } = administratorOf(c);
      const query = c.req.valid('query');
      const rows = await database.query(auditBefore(organisationId, numberOfCursor(query.cursor), query));
      return c.json(
        pageOfRows(rows, query.limit, (row) => Number(row.id), auditEntryOf),
        200,
      );
    },
  );

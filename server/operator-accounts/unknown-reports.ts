import { createRoute } from '@hono/zod-openapi';
import { UnknownReport } from '../../shared/api/operator-accounts.ts';
import { PageQuery, pageOf } from '../../shared/api/paging.ts';
import { administratorOf } from '../access/actor.ts';
import { numberOfCursor, pageOfRows } from '../api/paging.ts';
import { jsonAnswer, problemAnswers, resource, signedIn } from '../api/routes.ts';
import type { Row } from '../database/database.ts';
import type { Platform } from '../platform/platform.ts';
import type { OperatorAccounts } from './running.ts';

const longest = 2000;

/** @param accounts null where the machine runs none */
export const unknownReportRoutes = ({ database }: Platform, accounts: OperatorAccounts | null) => {
  const shown = (row: Row): UnknownReport => ({
    id: `rep_${row.id}`,
    accountId: String(row.operator),
    title: String(row.title),
    receivedAt: Number(row.received_at),
    raw: String(row.raw).slice(0, longest),
    reports: (accounts?.operatorOf(String(row.operator))?.readReport(String(row.raw)) ?? [])
      .slice(0, 100)
      .map(({ operatorMessageId, ourId, state, detail }) => ({ operatorMessageId, ourId, state, detail })),
  });

  return resource().openapi(
    createRoute({
      method: 'get',
      path: '/v1/unknown-reports',
      tags: ['Operator accounts'],
      summary: 'Delivery reports of messages that nobody knows',
      description:
        'Callbacks with the right secret whose ids fit no message for ten minutes and more: sent by another program over ' +
        'the same account, or from before a backup was given back.',
      security: signedIn,
      request: { query: PageQuery },
      responses: {
        200: jsonAnswer(pageOf(UnknownReport), 'One page, newest first'),
        ...problemAnswers(400, 401, 403),
      },
    }),
    async (c) => {
      const { organisationId } = administratorOf(c);
      const { cursor, limit } = c.req.valid('query');
      const rows = await database.query({
        sql: `SELECT r.id, r.operator, r.raw, r.received_at, iif(a.deleted_at IS NULL, a.title, '') AS title
          FROM operator_accounts a JOIN reports r ON r.operator = a.id
          WHERE a.organisation_id = ? AND r.unknown_since IS NOT NULL AND r.id < ? ORDER BY r.id DESC LIMIT ?`,
        args: [organisationId, numberOfCursor(cursor) ?? Number.MAX_SAFE_INTEGER, limit + 1],
      });
      return c.json(
        pageOfRows(rows, limit, (row) => Number(row.id), shown),
        200,
      );
    },
  );
};

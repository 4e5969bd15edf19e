import { createRoute } from '@hono/zod-openapi';
import { PageQuery, pageOf } from '../../shared/api/paging.ts';
import { InboundMessage } from '../../shared/api/privacy.ts';
import { administratorOf } from '../access/actor.ts';
import { numberOfCursor, pageOfRows } from '../api/paging.ts';
import { jsonAnswer, problemAnswers, resource, signedIn } from '../api/routes.ts';
import type { Row } from '../database/database.ts';
import type { Platform } from '../platform/platform.ts';

/** Texts that people sent to the organisation's numbers. */
export const inboundRoutes = ({ database }: Platform) =>
  resource().openapi(
    createRoute({
      method: 'get',
      path: '/v1/inbound-messages',
      tags: ['Privacy'],
      summary: 'Texts that came in, where an operator has them',
      security: signedIn,
      request: { query: PageQuery },
      responses: {
        200: jsonAnswer(pageOf(InboundMessage), 'One page, newest first'),
        ...problemAnswers(400, 401, 403),
      },
    }),
    async (c) => {
      const { organisationId } = administratorOf(c);
      const { cursor, limit } = c.req.valid('query');
      const rows = await database.query({
        sql: `SELECT id, number, to_number, text, keyword, received_at FROM inbound_messages
          WHERE organisation_id = ? AND id < ? ORDER BY id DESC LIMIT ?`,
        args: [organisationId, numberOfCursor(cursor) ?? Number.MAX_SAFE_INTEGER, limit + 1],
      });
      return c.json(
        pageOfRows(rows, limit, (row) => Number(row.id), inboundOf),
        200,
      );
    },
  );

export const inboundOf = (row: Row): InboundMessage => ({
  id: `inb_${row.id}`,
  number: String(row.number),
  to: String(row.to_number),
  text: String(row.text),
  keyword: String(row.keyword),
  receivedAt: Number(row.received_at),
});

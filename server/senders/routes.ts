import { createRoute } from '@hono/zod-openapi';
import { PageQuery, pageOf } from '../../shared/api/paging.ts';
import { SenderName } from '../../shared/api/sender-names.ts';
import { readerOf } from '../access/actor.ts';
import { keyOfCursor, pageOfRows } from '../api/paging.ts';
import { jsonAnswer, problemAnswers, resource, signedIn } from '../api/routes.ts';
import type { Platform } from '../platform/platform.ts';
import { nameOfRow, pageOfNames } from './store.ts';

export const senderNameRoutes = (platform: Platform) =>
  resource().openapi(
    createRoute({
      method: 'get',
      path: '/v1/sender-names',
      tags: ['Sender names'],
      summary: 'The organisation’s sender names, with their state and the slots that use them',
      security: signedIn,
      request: { query: PageQuery },
      responses: {
        200: jsonAnswer(pageOf(SenderName), 'One page, in the order in which they were added'),
        ...problemAnswers(400, 401, 403),
      },
    }),
    async (c) => {
      const actor = readerOf(c);
      const { cursor, limit } = c.req.valid('query');
      const rows = await platform.database.query(
        pageOfNames(actor.organisationId, keyOfCursor(cursor), limit),
      );
      return c.json(
        pageOfRows(rows, limit, (row) => String(row.id), nameOfRow),
        200,
      );
    },
  );

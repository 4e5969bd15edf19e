import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { FoundMessages, MessageQuery, MessageSearch } from '../../shared/api/messages.ts';
import { type AppEnv, asReader } from '../access/actor.ts';
import { asWhoAsks } from '../access/claim.ts';
import { cursorOf, numberOfCursor, pageOfRows } from '../api/paging.ts';
import { jsonAnswer, jsonBody, problemAnswers, resource, signedIn } from '../api/routes.ts';
import type { Platform } from '../platform/platform.ts';
import { findMessages } from './finding.ts';

const walk =
  'A page may have fewer than were asked for, or none, and still not be the last: `lookedBackTo` then says how far back ' +
  'was looked, and `next` goes on from there.';

/** What was ever sent to somebody, and what became of it. */
export const findingRoutes = ({ database }: Platform) => {
  async function find(c: Context<AppEnv>, search: MessageSearch): Promise<FoundMessages> {
    const { cursor, limit } = search;
    const before = numberOfCursor(cursor);
    const { rows, on } = await asWhoAsks(c, database, (actor, reads) =>
      findMessages(reads, asReader(actor), search, before),
    );
    const page = pageOfRows(
      rows,
      limit,
      (row) => row.id,
      (row) => row.message,
    );
    if (on === null) return { ...page, lookedBackTo: null };
    return { items: page.items, next: cursorOf(on.id), lookedBackTo: on.lookedBackTo };
  }

  return resource()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/messages',
        tags: ['Sending'],
        summary: 'Messages of all batches',
        description:
          `Of the companies that you may use, newest first. ${walk} By number and name they are found by ` +
          '`POST /v1/messages/search`.',
        security: signedIn,
        request: { query: MessageQuery },
        responses: { 200: jsonAnswer(FoundMessages, 'One page'), ...problemAnswers(400, 401, 403) },
      }),
      async (c) => c.json(await find(c, c.req.valid('query')), 200),
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/messages/search',
        tags: ['Sending'],
        summary: 'Messages to a number or a person',
        description:
          'As `GET /v1/messages`; whom it is about stands in the body, as addresses are logged on their way. `number` is ' +
          'read as people write it, and as a part of one when it has fewer digits; who sees numbers masked gives ' +
          `the whole one. ${walk}`,
        security: signedIn,
        request: { body: jsonBody(MessageSearch) },
        responses: { 200: jsonAnswer(FoundMessages, 'One page'), ...problemAnswers(400, 401, 403) },
      }),
      async (c) => c.json(await find(c, c.req.valid('json')), 200),
    );
};

import { createRoute, z } from '@hono/zod-openapi';
import { Batch } from '../../shared/api/batches.ts';
import { Message, MessageTimeline } from '../../shared/api/messages.ts';
import { PageQuery, pageOf } from '../../shared/api/paging.ts';
import { ProblemException } from '../../shared/api/problems.ts';
import { asReader } from '../access/actor.ts';
import { asWhoAsks } from '../access/claim.ts';
import { keyOfCursor, numberOfCursor, pageOfRows } from '../api/paging.ts';
import { invalidField } from '../api/problem-answers.ts';
import { IdParameter, jsonAnswer, problemAnswers, resource, signedIn } from '../api/routes.ts';
import type { Platform } from '../platform/platform.ts';
import { readMessageId } from './our-id.ts';
import { type BatchRecord, batchById, batchesBefore, messagesAfter, timelineOf } from './reading.ts';

const IfNoneMatch = z.object({ 'if-none-match': z.string().max(200).optional() });

/** What was sent and what became of it: nothing here changes anything. */
export const readingRoutes = ({ database, clock }: Platform) =>
  resource()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/batches',
        tags: ['Sending'],
        summary: 'Batches of the companies that you may use',
        security: signedIn,
        request: { query: PageQuery },
        responses: {
          200: jsonAnswer(pageOf(Batch), 'One page, newest first'),
          ...problemAnswers(400, 401, 403),
        },
      }),
      async (c) => {
        const { cursor, limit } = c.req.valid('query');
        const before = readBatchKey(keyOfCursor(cursor));
        const rows = await asWhoAsks(c, database, (actor, reads) =>
          batchesBefore(reads, asReader(actor), before, limit + 1, clock.now()),
        );
        return c.json(
          pageOfRows(
            rows,
            limit,
            (row) => `${row.createdAt}/${row.batch.id}`,
            (row) => row.batch,
          ),
          200,
        );
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/batches/{id}',
        tags: ['Sending'],
        summary: 'A batch with its live counts',
        description: 'Poll it with `If-None-Match`: 304 while nothing has changed.',
        security: signedIn,
        request: { params: IdParameter, headers: IfNoneMatch },
        responses: {
          200: jsonAnswer(Batch, 'The batch'),
          304: { description: 'As it was' },
          ...problemAnswers(401, 403, 404),
        },
      }),
      async (c) => {
        const { id } = c.req.valid('param');
        const record = await asWhoAsks(c, database, (actor, reads) =>
          batchById(reads, asReader(actor), id, clock.now()),
        );
        if (record === undefined) throw new ProblemException('not-found');
        const tag = tagOf(record);
        c.header('ETag', tag);
        if (isSameTag(c.req.header('if-none-match'), tag)) return c.body(null, 304);
        return c.json(record.batch, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/batches/{id}/messages',
        tags: ['Sending'],
        summary: 'Its messages',
        security: signedIn,
        request: { params: IdParameter, query: PageQuery },
        responses: {
          200: jsonAnswer(pageOf(Message), 'One page, in the order of the recipients'),
          ...problemAnswers(400, 401, 403, 404),
        },
      }),
      async (c) => {
        const { id } = c.req.valid('param');
        const { cursor, limit } = c.req.valid('query');
        const after = numberOfCursor(cursor) ?? 0;
        const rows = await asWhoAsks(c, database, (actor, reads) =>
          messagesAfter(reads, asReader(actor), id, after, limit + 1),
        );
        if (rows === undefined) throw new ProblemException('not-found');
        return c.json(
          pageOfRows(
            rows,
            limit,
            (row) => row.id,
            (row) => row.message,
          ),
          200,
        );
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/messages/{id}',
        tags: ['Sending'],
        summary: 'What happened to one message',
        security: signedIn,
        request: { params: IdParameter },
        responses: {
          200: jsonAnswer(MessageTimeline, 'The message with its tries and reports'),
          ...problemAnswers(401, 403, 404),
        },
      }),
      async (c) => {
        const id = readMessageId(c.req.valid('param').id);
        const timeline = await asWhoAsks(c, database, async (actor, reads) =>
          id === null ? undefined : timelineOf(reads, asReader(actor), id),
        );
        if (timeline === undefined) throw new ProblemException('not-found');
        return c.json(timeline, 200);
      },
    );

/** The state is in it too: a scheduled batch begins by the clock, with nothing written. */
export const tagOf = ({ version, batch }: BatchRecord): string => `"${version}-${batch.state}"`;

/** A proxy that compresses makes a tag weak. */
const isSameTag = (header: string | undefined, tag: string): boolean =>
  header?.split(',').some((each) => each.trim().replace(/^W\//, '') === tag) === true;

function readBatchKey(key: string | null): { createdAt: number; id: string } | null {
  if (key === null) return null;
  const [, at, id] = /^(\d{1,16})\/(\w+)$/.exec(key) ?? [];
  if (at === undefined || id === undefined) {
    throw invalidField('/cursor', 'invalid_cursor', 'Use the value of next as it came');
  }
  return { createdAt: Number(at), id };
}

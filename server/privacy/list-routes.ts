import { createRoute, z } from '@hono/zod-openapi';
import { PageQuery, pageOf } from '../../shared/api/paging.ts';
import {
  ListChanged,
  ListedNumber,
  NumberListName,
  NumbersToList,
  NumbersToTakeOff,
} from '../../shared/api/privacy.ts';
import { ProblemException } from '../../shared/api/problems.ts';
import { csvOf } from '../../shared/csv/csv.ts';
import { type Actor, actorOf, administratorOf } from '../access/actor.ts';
import { maySend } from '../access/rules.ts';
import { keyOfCursor, pageOfRows } from '../api/paging.ts';
import { invalidField } from '../api/problem-answers.ts';
import { jsonAnswer, jsonBody, problemAnswers, resource, signedIn } from '../api/routes.ts';
import type { Platform } from '../platform/platform.ts';
import { type ListPlace, listedBefore, putOnList, takeOffList } from './lists.ts';

const tags = ['Privacy'];
const ListParameter = z.object({ list: NumberListName });
/** Rows of one read for the file. */
const together = 5000;

/** Opt-outs and consents to marketing, of the whole organisation. */
export const numberListRoutes = (platform: Platform) => {
  const { database, clock } = platform;

  return resource()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/number-lists/{list}',
        tags,
        summary: 'Numbers of a list',
        security: signedIn,
        request: { params: ListParameter, query: PageQuery },
        responses: {
          200: jsonAnswer(pageOf(ListedNumber), 'One page, newest first'),
          ...problemAnswers(400, 401, 403),
        },
      }),
      async (c) => {
        const { organisationId } = administratorOf(c);
        const { list } = c.req.valid('param');
        const { cursor, limit } = c.req.valid('query');
        const rows = await listedBefore(
          database,
          list,
          organisationId,
          readPlace(keyOfCursor(cursor)),
          limit + 1,
        );
        return c.json(
          pageOfRows(
            rows,
            limit,
            (row) => `${row.at}/${row.number}`,
            (row) => row,
          ),
          200,
        );
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/number-lists/{list}/file',
        tags,
        summary: 'The whole list as a CSV file',
        security: signedIn,
        request: { params: ListParameter },
        responses: {
          200: { description: 'UTF-8, with headings', content: { 'text/csv': { schema: z.string() } } },
          ...problemAnswers(400, 401, 403),
        },
      }),
      async (c) => {
        const { organisationId } = administratorOf(c);
        const { list } = c.req.valid('param');
        const rows: string[][] = [['number', 'source', 'by', 'at']];
        let before: ListPlace | null = null;
        for (;;) {
          const page: ListedNumber[] = await listedBefore(database, list, organisationId, before, together);
          for (const { number, source, by, at } of page) {
            rows.push([number, source, by, new Date(at).toISOString()]);
          }
          before = page.at(-1) ?? null;
          if (page.length < together) break;
        }
        return c.body(csvOf(rows, ','), 200, {
          'Content-Type': 'text/csv; charset=utf-8',
          'Content-Disposition': `attachment; filename="${list}.csv"`,
        });
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/number-lists/{list}',
        tags,
        summary: 'Put numbers on a list',
        description:
          'For everyone who sends: whoever is told on the phone must be able to record it at once. ' +
          'What waits for a number that opts out is not sent any more.',
        security: signedIn,
        request: { params: ListParameter, body: jsonBody(NumbersToList) },
        responses: { 200: jsonAnswer(ListChanged, 'Recorded'), ...problemAnswers(400, 401, 403, 413) },
      }),
      async (c) => {
        const actor = recorder(actorOf(c));
        const { list } = c.req.valid('param');
        return c.json(await putOnList(database, list, actor, c.req.valid('json'), clock.now()), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/number-lists/{list}/remove',
        tags,
        summary: 'Take numbers off a list',
        description:
          'A consent is withdrawn by anyone who sends; an opt-out is lifted by an administrator alone.',
        security: signedIn,
        request: { params: ListParameter, body: jsonBody(NumbersToTakeOff) },
        responses: { 200: jsonAnswer(ListChanged, 'Taken off'), ...problemAnswers(400, 401, 403, 413) },
      }),
      async (c) => {
        const { list } = c.req.valid('param');
        const actor = list === 'opt-outs' ? administratorOf(c) : recorder(actorOf(c));
        const { numbers } = c.req.valid('json');
        return c.json(await takeOffList(database, list, actor, numbers, clock.now()), 200);
      },
    );
};

/** @throws {ProblemException} `forbidden` */
function recorder(actor: Actor): Actor {
  if (!maySend(actor, 'crm') && !maySend(actor, 'hrm')) throw new ProblemException('forbidden');
  return actor;
}

function readPlace(key: string | null): ListPlace | null {
  if (key === null) return null;
  const [, at, number] = /^(\d{1,16})\/(\+\d{1,20})$/.exec(key) ?? [];
  if (at === undefined || number === undefined) {
    throw invalidField('/cursor', 'invalid_cursor', 'Use the value of next as it came');
  }
  return { at: Number(at), number };
}

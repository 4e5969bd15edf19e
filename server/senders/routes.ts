import { createRoute } from '@hono/zod-openapi';
import { PageQuery, pageOf } from '../../shared/api/paging.ts';
import {
  NameAnswer,
  NameQuestion,
  SenderName,
  SenderNameDetail,
  SenderNameDraft,
  SenderNameEdit,
} from '../../shared/api/sender-names.ts';
import { administratorOf, readerOf } from '../access/actor.ts';
import { keyOfCursor, pageOfRows } from '../api/paging.ts';
import { IdParameter, jsonAnswer, jsonBody, problemAnswers, resource, signedIn } from '../api/routes.ts';
import type { Platform } from '../platform/platform.ts';
import { addName } from './adding.ts';
import { answerRoutes } from './answer-routes.ts';
import { blockedNameRoutes } from './blocked/routes.ts';
import { check, takenBy } from './checking.ts';
import { requireOpen } from './configuration.ts';
import { readDetail } from './detail.ts';
import type { SenderNameOptions } from './operation.ts';
import { editName, withdrawName } from './revising.ts';
import { slotRoutes } from './slot-routes.ts';
import { effectOf } from './slots.ts';
import { statementRoutes } from './statement-routes.ts';
import { nameOfRow, pageOfNames } from './store.ts';

const tags = ['Sender names'];

/** Sender names from their first letter to the operator's answer: names, slots, statements, reserved names. */
export const senderNameRoutes = (platform: Platform, options: SenderNameOptions = {}) =>
  nameRoutes(platform)
    .route('/', slotRoutes(platform))
    .route('/', statementRoutes(platform, options))
    .route('/', answerRoutes(platform, options))
    .route('/', blockedNameRoutes(platform));

const nameRoutes = (platform: Platform) => {
  const { database } = platform;
  return resource()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/sender-names',
        tags,
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
        const rows = await database.query(pageOfNames(actor.organisationId, keyOfCursor(cursor), limit));
        return c.json(
          pageOfRows(rows, limit, (row) => String(row.id), nameOfRow),
          200,
        );
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/sender-names/check',
        tags,
        summary: 'What a typed name would meet',
        description:
          'Refusals and warnings with their codes, who holds the name (one’s own can be selected; of another organisation ' +
          'nothing is told), and what changing the slot’s name would do. Nothing is stored.',
        security: signedIn,
        request: { body: jsonBody(NameQuestion) },
        responses: { 200: jsonAnswer(NameAnswer, 'The check'), ...problemAnswers(400, 401, 403, 404, 409) },
      }),
      async (c) => {
        const { organisationId } = administratorOf(c);
        const question = c.req.valid('json');
        await requireOpen(database, organisationId);
        const { name, key, refusals, warnings, notices } = await check(
          database,
          organisationId,
          question.name,
        );
        const [taken, effect] = await Promise.all([
          refusals.length === 0 ? takenBy(database, organisationId, key) : null,
          effectOf(platform, organisationId, question),
        ]);
        const answer = {
          name,
          refusals: [...refusals],
          warnings: [...warnings],
          notices: [...notices],
          taken,
          effect,
        };
        return c.json(NameAnswer.parse(answer), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/sender-names',
        tags,
        summary: 'Add a name with its accepted statement, or change the current one',
        description:
          'Without an accepted statement nothing is stored (R13). `intent: add` makes it current only where the slot is empty ' +
          '(R23); `intent: change` takes the slot once its statement is submitted (R26–R28). A change to the same name does ' +
          'nothing and answers 200.',
        security: signedIn,
        request: { body: jsonBody(SenderNameDraft) },
        responses: {
          200: jsonAnswer(SenderNameDetail, 'The same name: nothing was changed'),
          201: jsonAnswer(SenderNameDetail, 'Added; `next` says what comes next'),
          ...problemAnswers(400, 401, 403, 404, 409, 422),
        },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const { id, created } = await addName(platform, actor, c.req.valid('json'));
        const detail = await readDetail(platform, actor.organisationId, id);
        if (!created) return c.json(detail, 200);
        c.header('Location', `/v1/sender-names/${id}`);
        return c.json(detail, 201);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/sender-names/{id}',
        tags,
        summary: 'One name with its statement, its mail, the operator’s word and its timeline',
        security: signedIn,
        request: { params: IdParameter },
        responses: { 200: jsonAnswer(SenderNameDetail, 'The name'), ...problemAnswers(401, 403, 404) },
      }),
      async (c) => {
        const { organisationId } = administratorOf(c);
        return c.json(await readDetail(platform, organisationId, c.req.valid('param').id), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'patch',
        path: '/v1/sender-names/{id}',
        tags,
        summary: 'Edit a name that is not submitted yet',
        description: 'Its accepted statement is void: it has to be accepted again (R13).',
        security: signedIn,
        request: { params: IdParameter, body: jsonBody(SenderNameEdit) },
        responses: {
          200: jsonAnswer(SenderNameDetail, 'A draft'),
          ...problemAnswers(400, 401, 403, 404, 409, 422),
        },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const { id } = c.req.valid('param');
        await editName(platform, actor, id, c.req.valid('json'));
        return c.json(await readDetail(platform, actor.organisationId, id), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/sender-names/{id}/withdraw',
        tags,
        summary: 'Withdraw a name',
        description:
          'Nobody sends under it any more: its queued messages stop and their parts are given back. A slot that points at it ' +
          'is blocked until another name is selected.',
        security: signedIn,
        request: { params: IdParameter },
        responses: { 200: jsonAnswer(SenderNameDetail, 'Withdrawn'), ...problemAnswers(401, 403, 404, 409) },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const { id } = c.req.valid('param');
        await withdrawName(platform, actor, id);
        return c.json(await readDetail(platform, actor.organisationId, id), 200);
      },
    );
};

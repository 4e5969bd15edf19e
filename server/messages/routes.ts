import { createRoute } from '@hono/zod-openapi';
import type { TypedResponse } from 'hono';
import { Batch, BatchAccepted, BatchDraft, BatchPreview } from '../../shared/api/batches.ts';
import { MessageTimeline } from '../../shared/api/messages.ts';
import { ProblemException } from '../../shared/api/problems.ts';
import { actorOf } from '../access/actor.ts';
import { asWhoAsks } from '../access/claim.ts';
import { IdempotencyKey, requireKey } from '../api/idempotency.ts';
import { IdParameter, jsonAnswer, jsonBody, problemAnswers, resource, signedIn } from '../api/routes.ts';
import { type Platform, sharesRequests } from '../platform/platform.ts';
import { createAcceptance } from './accept.ts';
import { cancelBatch, cancelMessage } from './cancel.ts';
import type { Router } from './dispatch/routing.ts';
import { fingerprint } from './fingerprint.ts';
import { ourIds, readMessageId } from './our-id.ts';
import { batchById, timelineOf } from './reading.ts';
import { tagOf } from './reading-routes.ts';
import { retryOf } from './retrying.ts';
import { type TakingBackParts, takeBackDue, takeBackOne } from './taking-back.ts';

export interface MessageOptions {
  /** Parts of one message that the organisation's operators take; null: it has none. */
  maximumParts(organisationId: string): number | null;
  /** Who says so, to be asked whether it still holds. */
  router?: Pick<Router, 'changes' | 'current'>;
}

const gateStatuses = [400, 401, 402, 403, 404, 413, 422, 503] as const;

export const messageRoutes = (platform: Platform, { maximumParts, router }: MessageOptions) => {
  const { database, clock } = platform;
  const acceptance = createAcceptance({
    database,
    clock,
    newId: platform.newId,
    wakeUp: platform.wakeUp,
    maximumParts,
    router,
    together: sharesRequests(platform),
  });

  async function takingBack(): Promise<TakingBackParts> {
    const { operators } = (await router?.current()) ?? { operators: [] };
    return { database, operators, ourIds: await ourIds(database), now: clock.now };
  }

  /** What is not asked back now, dispatch asks back later: it is all written down. */
  async function askBack(): Promise<void> {
    if (router === undefined) return;
    const parts = await takingBack();
    while (await takeBackDue(parts));
  }

  return resource()
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/batches/preview',
        tags: ['Sending'],
        summary: 'What a send would do, with nothing stored',
        description:
          'The whole send gate. What recipients lack stands in `skipped`; a send refuses the whole batch for ' +
          '`fields-missing`. Where `parts` exceeds `balance`, a send is refused with 402.',
        security: signedIn,
        request: { body: jsonBody(BatchDraft) },
        responses: {
          200: jsonAnswer(BatchPreview, 'Who would get what, and who would not'),
          ...problemAnswers(400, 401, 403, 404, 413, 422),
        },
      }),
      async (c) => {
        const draft = c.req.valid('json');
        const preview = await asWhoAsks(c, database, (actor, reads) =>
          acceptance.preview({ actor, draft, reads }),
        );
        return c.json(preview, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/batches',
        tags: ['Sending'],
        summary: 'Send',
        description:
          'Answered after the batch is durable. `Idempotency-Key` (1–200 visible characters) is required: the same ' +
          'key with the same body gives the stored answer, with another body 422. Keys that grow with time (UUIDv7) ' +
          'are stored fastest.',
        security: signedIn,
        request: { headers: IdempotencyKey, body: jsonBody(BatchDraft) },
        responses: {
          201: jsonAnswer(BatchAccepted, 'Accepted: it will be sent'),
          ...problemAnswers(...gateStatuses),
        },
      }),
      async (c) => {
        const draft = c.req.valid('json');
        const idempotencyKey = requireKey(c.req.header('idempotency-key'));
        const print = fingerprint(await c.req.text());
        const { answer, replayed } = await asWhoAsks(c, database, (actor, reads) =>
          acceptance.send({ actor, draft, idempotencyKey, fingerprint: print, reads }),
        );
        const headers: Record<string, string> = { 'Content-Type': 'application/json' };
        if (replayed) headers['Idempotency-Replayed'] = 'true';
        // The answer is JSON already: made by the transaction, or stored by an earlier one.
        return c.body(answer, 201, headers) as unknown as TypedResponse<BatchAccepted, 201, 'json'>;
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/batches/{id}/cancel',
        tags: ['Sending'],
        summary: 'Stop what is not sent yet',
        description:
          'Parts of what is stopped come back to the package. What an operator has is asked back from it, where it can, and ' +
          'again while it does not answer; the counts and `askedBack` follow.',
        security: signedIn,
        request: { params: IdParameter },
        responses: { 200: jsonAnswer(Batch, 'The batch'), ...problemAnswers(401, 403, 404, 409) },
      }),
      async (c) => {
        const actor = actorOf(c);
        const { id } = c.req.valid('param');
        await cancelBatch(database, actor, id, clock.now());
        platform.later(
          askBack().catch((error: unknown) => {
            platform.log.warn('messages were not asked back', { batch: id, error: String(error) });
          }),
        );
        const record = await batchById(database, actor, id, clock.now());
        if (record === undefined) throw new ProblemException('not-found');
        c.header('ETag', tagOf(record));
        return c.json(record.batch, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/batches/{id}/retry',
        tags: ['Sending'],
        summary: 'Send the failed ones again',
        description:
          'A new batch of its rejected, undelivered and expired messages that were not sent anew before, with their texts ' +
          'as they were, through the whole send gate. Those of unknown fate are none of them. `Idempotency-Key` as for a send.',
        security: signedIn,
        request: { params: IdParameter, headers: IdempotencyKey },
        responses: {
          201: jsonAnswer(BatchAccepted, 'Accepted: it will be sent'),
          ...problemAnswers(...gateStatuses, 409),
        },
      }),
      async (c) => {
        const actor = actorOf(c);
        const { id } = c.req.valid('param');
        const { draft, retry } = await retryOf(database, actor, id);
        const { answer, replayed } = await acceptance.send({
          actor,
          draft,
          retry,
          idempotencyKey: requireKey(c.req.header('idempotency-key')),
          fingerprint: fingerprint(`retry ${id}`),
        });
        const headers: Record<string, string> = { 'Content-Type': 'application/json' };
        if (replayed) headers['Idempotency-Replayed'] = 'true';
        return c.body(answer, 201, headers) as unknown as TypedResponse<BatchAccepted, 201, 'json'>;
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/messages/{id}/cancel',
        tags: ['Sending'],
        summary: 'Stop one message',
        description:
          'In the queue at once; at its operator where that gives it back. While the operator does not answer, it is asked ' +
          'again: see `askedBack`.',
        security: signedIn,
        request: { params: IdParameter },
        responses: {
          200: jsonAnswer(MessageTimeline, 'The message'),
          ...problemAnswers(401, 403, 404, 409),
        },
      }),
      async (c) => {
        const actor = actorOf(c);
        const id = readMessageId(c.req.valid('param').id);
        if (id === null) throw new ProblemException('not-found');
        await cancelMessage(database, actor, id, clock.now(), async (record) =>
          takeBackOne(await takingBack(), id, record),
        );
        const timeline = await timelineOf(database, actor, id);
        if (timeline === undefined) throw new ProblemException('not-found');
        return c.json(timeline, 200);
      },
    );
};

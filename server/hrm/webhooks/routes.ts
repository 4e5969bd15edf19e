import { createRoute } from '@hono/zod-openapi';
import {
  HrmWebhook,
  HrmWebhookDelivery,
  HrmWebhookDraft,
  HrmWebhookMade,
} from '../../../shared/api/hrm-results.ts';
import { PageQuery, pageOf } from '../../../shared/api/paging.ts';
import { ProblemException } from '../../../shared/api/problems.ts';
import { actorOf, administratorOf } from '../../access/actor.ts';
import { keyOfCursor, pageOfRows } from '../../api/paging.ts';
import { IdParameter, jsonAnswer, jsonBody, problemAnswers, resource, signedIn } from '../../api/routes.ts';
import type { Platform } from '../../platform/platform.ts';
import { seal } from '../../secrets/seal.ts';
import { companyForHrm } from '../access.ts';
import { checkedAddress } from './address.ts';
import { sendTest } from './delivering.ts';
import { newWebhookSecret } from './signature.ts';
import { deliveriesBefore, sealedFor, webhookOf, webhookRemoved, webhookSet } from './store.ts';

/** Where a company's HRM application is told what became of its notifications. */
export const hrmWebhookRoutes = (platform: Platform) => {
  const { database, clock, settings, outward } = platform;
  const path = '/v1/companies/{id}/hrm/webhook';

  async function read(companyId: string): Promise<HrmWebhook> {
    const webhook = await webhookOf(database, companyId);
    if (webhook === undefined) throw new ProblemException('not-found', { detail: 'There is no webhook' });
    return webhook;
  }

  return resource()
    .openapi(
      createRoute({
        method: 'get',
        path,
        tags: ['HRM'],
        summary: 'The webhook, and how it fares',
        security: signedIn,
        request: { params: IdParameter },
        responses: {
          200: jsonAnswer(HrmWebhook, 'Without its secret'),
          ...problemAnswers(401, 403, 404),
        },
      }),
      async (c) => {
        const company = await companyForHrm(database, actorOf(c), c.req.valid('param').id);
        return c.json(await read(company.id), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'put',
        path,
        tags: ['HRM'],
        summary: 'Set the webhook; its secret is shown this once',
        description:
          'Results are posted there as `HrmResults`, signed by Standard Webhooks (standardwebhooks.com). What is not ' +
          'answered with 2xx is tried again, later and later, under the same `webhook-id`; after five days without ' +
          'success it is switched off until it is set anew. https, and no private address.',
        security: signedIn,
        request: { params: IdParameter, body: jsonBody(HrmWebhookDraft) },
        responses: { 200: jsonAnswer(HrmWebhookMade, 'Set'), ...problemAnswers(400, 401, 403, 404) },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const company = await companyForHrm(database, actor, c.req.valid('param').id);
        const url = checkedAddress(c.req.valid('json').url, outward.privateAddresses);
        const secret = newWebhookSecret();
        const secretSealed = await seal(settings.secret, sealedFor(company.id), secret);
        await database.batch(webhookSet(actor, company.id, { url, secretSealed }, clock.now()));
        return c.json({ ...(await read(company.id)), secret }, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'delete',
        path,
        tags: ['HRM'],
        summary: 'Remove the webhook; what waits for it is told to nobody',
        security: signedIn,
        request: { params: IdParameter },
        responses: { 204: { description: 'Removed' }, ...problemAnswers(401, 403, 404) },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const company = await companyForHrm(database, actor, c.req.valid('param').id);
        const [, removed] = await database.batch(webhookRemoved(actor, company.id, clock.now()));
        if (removed?.changes !== 1) throw new ProblemException('not-found');
        return c.body(null, 204);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: `${path}/test`,
        tags: ['HRM'],
        summary: 'Send a test to the webhook, now and once',
        security: signedIn,
        request: { params: IdParameter },
        responses: {
          200: jsonAnswer(HrmWebhookDelivery, 'What became of it'),
          ...problemAnswers(401, 403, 404),
        },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const company = await companyForHrm(database, actor, c.req.valid('param').id);
        await read(company.id);
        return c.json(await sendTest(platform, company.id), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: `${path}/deliveries`,
        tags: ['HRM'],
        summary: 'What was sent to the webhook, and what waits',
        security: signedIn,
        request: { params: IdParameter, query: PageQuery },
        responses: {
          200: jsonAnswer(pageOf(HrmWebhookDelivery), 'One page, newest first'),
          ...problemAnswers(400, 401, 403, 404),
        },
      }),
      async (c) => {
        const company = await companyForHrm(database, actorOf(c), c.req.valid('param').id);
        const { cursor, limit } = c.req.valid('query');
        const rows = await deliveriesBefore(database, company.id, keyOfCursor(cursor), limit + 1);
        return c.json(
          pageOfRows(
            rows,
            limit,
            (row) => row.id,
            (row) => row,
          ),
          200,
        );
      },
    );
};

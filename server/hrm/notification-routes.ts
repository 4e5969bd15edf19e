import { createRoute, z } from '@hono/zod-openapi';
import type { TypedResponse } from 'hono';
import {
  HrmAccepted,
  HrmCall,
  HrmNotification,
  mostNotified,
  NotifiedEmployee,
} from '../../shared/api/hrm.ts';
import { ProblemException } from '../../shared/api/problems.ts';
import { actorOf } from '../access/actor.ts';
import { IdempotencyKey, requireKey } from '../api/idempotency.ts';
import { invalidRequest } from '../api/problem-answers.ts';
import { IdParameter, jsonAnswer, jsonBody, problemAnswers, resource, signedIn } from '../api/routes.ts';
import { fingerprint } from '../messages/fingerprint.ts';
import { turn } from '../messages/later.ts';
import type { Platform } from '../platform/platform.ts';
import { companyForHrm } from './access.ts';
import { callOf } from './calls.ts';
import { notify } from './notifying.ts';
import { type SendingParts, sendDue } from './sending.ts';

/**
 * A call whose people are not looked at yet: checking 50,000 of them in one go would stop everybody else. The document
 * of the API has it whole.
 */
const Unread = HrmNotification.extend({
  employees: z
    .array(z.unknown())
    .min(1)
    .max(mostNotified)
    .openapi({ items: { $ref: '#/components/schemas/NotifiedEmployee' } }),
}).openapi('HrmNotificationCall');

/** Written out whole, as nothing else of the document leads there. */
const { $schema: _, ...documented } = z.toJSONSchema(NotifiedEmployee, {
  io: 'input',
  metadata: z.registry(),
}) as Record<string, unknown>;

/** People checked in one go. */
const slice = 1000;
const named = 100;

/** @throws {ProblemException} `invalid-request` at `/employees/{place}/…` */
async function readPeople(employees: readonly unknown[]): Promise<NotifiedEmployee[]> {
  const people: NotifiedEmployee[] = [];
  const issues: z.core.$ZodIssue[] = [];
  for (let from = 0; from < employees.length && issues.length < named; from += slice) {
    for (const [at, one] of employees.slice(from, from + slice).entries()) {
      const read = NotifiedEmployee.safeParse(one);
      if (read.success) people.push(read.data);
      else {
        for (const issue of read.error.issues) {
          issues.push({ ...issue, path: ['employees', from + at, ...issue.path] });
        }
      }
    }
    await turn();
  }
  if (issues.length > 0) throw invalidRequest({ issues });
  return people;
}

/** What an HRM application calls. */
export const hrmNotificationRoutes = (platform: Platform, parts: SendingParts) => {
  const { database } = platform;
  const app = resource();
  app.openAPIRegistry.registerComponent('schemas', 'NotifiedEmployee', documented);

  return app
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/hrm/notifications',
        tags: ['HRM'],
        summary: 'Tell people of an event: up to 50,000 employees in a call',
        description:
          'For API keys with `hrm:notify`. Employees by reference, by number, or both. The whole send gate is asked first, ' +
          'the company’s HRM permission with it, and a call that it refuses leaves nothing behind. `Idempotency-Key` is ' +
          'required: a call that was cut off is repeated under its key, and everyone is told once. Two employees who ' +
          'share a number are both told.',
        security: signedIn,
        request: { headers: IdempotencyKey, body: jsonBody(Unread) },
        responses: {
          201: jsonAnswer(HrmAccepted, 'Taken, all of it; those who get nothing stand in `skipped`'),
          ...problemAnswers(400, 401, 402, 403, 404, 413, 422, 503),
        },
      }),
      async (c) => {
        const actor = actorOf(c);
        const { employees, ...rest } = c.req.valid('json');
        const body = { ...rest, employees: await readPeople(employees) };
        const { answer, replayed } = await notify(parts, {
          actor,
          body,
          idempotencyKey: requireKey(c.req.header('idempotency-key')),
          fingerprint: fingerprint(await c.req.text()),
        });
        if (!replayed) platform.later(sendDue(parts, body.companyId));
        const headers: Record<string, string> = { 'Content-Type': 'application/json' };
        if (replayed) headers['Idempotency-Replayed'] = 'true';
        // The answer is JSON already, as it is kept.
        return c.body(answer, 201, headers) as unknown as TypedResponse<HrmAccepted, 201, 'json'>;
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/hrm/notifications/{id}',
        tags: ['HRM'],
        summary: 'How many of a call are in each state',
        description:
          'Who is in which state stands in the company’s report (`?call=`), and the webhook tells it.',
        security: signedIn,
        request: { params: IdParameter },
        responses: { 200: jsonAnswer(HrmCall, 'The call'), ...problemAnswers(401, 403, 404) },
      }),
      async (c) => {
        const actor = actorOf(c);
        const call = await callOf(database, actor.organisationId, c.req.valid('param').id);
        if (call === undefined) throw new ProblemException('not-found');
        await companyForHrm(database, actor, call.companyId);
        return c.json(call, 200);
      },
    );
};

import { createRoute } from '@hono/zod-openapi';
import { NumberAsked, NumberErased, NumberRecord } from '../../shared/api/privacy.ts';
import { administratorOf } from '../access/actor.ts';
import { invalidField } from '../api/problem-answers.ts';
import { jsonAnswer, jsonBody, problemAnswers, resource, signedIn } from '../api/routes.ts';
import { textable } from '../messages/recipients.ts';
import type { Platform } from '../platform/platform.ts';
import { aboutNumber, eraseNumber } from './person.ts';

/** What somebody may ask about their number, for administrators to answer. Numbers stand in bodies: addresses are logged. */
export const privacyRoutes = (platform: Platform) => {
  const { database, clock } = platform;
  return resource()
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/numbers/record',
        tags: ['Privacy'],
        summary: 'Everything that is kept about a number',
        security: signedIn,
        request: { body: jsonBody(NumberAsked) },
        responses: { 200: jsonAnswer(NumberRecord, 'The record'), ...problemAnswers(400, 401, 403) },
      }),
      async (c) => {
        const { organisationId } = administratorOf(c);
        return c.json(
          await aboutNumber(database, organisationId, readNumber(c.req.valid('json').number)),
          200,
        );
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/numbers/erasure',
        tags: ['Privacy'],
        summary: 'Erase what is kept about a number',
        description:
          'Stops what waits for it. An opt-out stays, or the number would be texted again. Repeat it later for what is ' +
          'under way.',
        security: signedIn,
        request: { body: jsonBody(NumberAsked) },
        responses: { 200: jsonAnswer(NumberErased, 'What was erased'), ...problemAnswers(400, 401, 403) },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const number = readNumber(c.req.valid('json').number);
        return c.json(await eraseNumber(database, actor, number, clock.now()), 200);
      },
    );
};

/** @throws {ProblemException} `invalid-request` */
function readNumber(text: string): string {
  const number = textable(text);
  if ('e164' in number) return number.e164;
  throw invalidField('/number', number.reason, 'Not a number that gets texts');
}

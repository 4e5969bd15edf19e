import { createRoute } from '@hono/zod-openapi';
import { CompanySending, CompanySendingChange } from '../../shared/api/companies.ts';
import { ProblemException } from '../../shared/api/problems.ts';
import { administratorOf, readerOf } from '../access/actor.ts';
import { mayUseCompany } from '../access/rules.ts';
import { invalidField } from '../api/problem-answers.ts';
import {
  IdParameter,
  IfMatch,
  jsonAnswer,
  jsonBody,
  problemAnswers,
  resource,
  signedIn,
} from '../api/routes.ts';
import { entityTag, requireVersion } from '../api/versions.ts';
import { isTimeZone } from '../messages/local-time.ts';
import type { Platform } from '../platform/platform.ts';
import { sendingChange, sendingOf } from './sending.ts';
import { type CompanyRecord, companyById } from './store.ts';

/** A company's time zone, quiet hours and monthly quota. */
export const companySendingRoutes = (platform: Platform) => {
  const { database, clock } = platform;

  async function read(organisationId: string, id: string): Promise<CompanyRecord> {
    const record = await companyById(database, organisationId, id);
    if (record === undefined) throw new ProblemException('not-found');
    return record;
  }

  return resource()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/companies/{id}/sending',
        tags: ['Companies'],
        summary: 'When a company may send, and how much in a month',
        security: signedIn,
        request: { params: IdParameter },
        responses: { 200: jsonAnswer(CompanySending, 'As it is'), ...problemAnswers(401, 403, 404) },
      }),
      async (c) => {
        const actor = readerOf(c);
        const record = await read(actor.organisationId, c.req.valid('param').id);
        if (!mayUseCompany(actor, record.id)) throw new ProblemException('company-not-permitted');
        c.header('ETag', entityTag(record.version));
        return c.json(await sendingOf(database, record, clock.now()), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'patch',
        path: '/v1/companies/{id}/sending',
        tags: ['Companies'],
        summary: 'Change it',
        description:
          'Texts to employees keep quiet hours always, others with `forAll`. `monthlyParts` is for the calendar month ' +
          'by the company’s clock, what was sent before it was set included; null: as much as the package has.',
        security: signedIn,
        request: { params: IdParameter, headers: IfMatch, body: jsonBody(CompanySendingChange) },
        responses: {
          200: jsonAnswer(CompanySending, 'As it is now'),
          ...problemAnswers(400, 401, 403, 404, 409),
        },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const record = await read(actor.organisationId, c.req.valid('param').id);
        requireVersion(record.version, c.req.valid('header')['if-match']);
        const now = clock.now();
        const before = await sendingOf(database, record, now);
        const change = c.req.valid('json');
        const after = { ...before, ...change, quietHours: { ...before.quietHours, ...change.quietHours } };
        if (!isTimeZone(after.timeZone)) throw invalidField('/timeZone', 'unknown_time_zone', 'An IANA name');
        if (after.quietHours.from >= after.quietHours.until) {
          throw invalidField('/quietHours/until', 'too_small', 'The day ends after it begins');
        }
        const { timeZone, quietHours, monthlyParts } = after;
        const statements = sendingChange(actor, record, { timeZone, quietHours, monthlyParts }, now);
        const [, updated] = await database.batch(statements);
        if (updated?.changes !== 1) throw new ProblemException('conflict');
        const changed = await read(actor.organisationId, record.id);
        c.header('ETag', entityTag(changed.version));
        return c.json(await sendingOf(database, changed, now), 200);
      },
    );
};

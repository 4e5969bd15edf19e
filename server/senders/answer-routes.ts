import { createRoute, z } from '@hono/zod-openapi';
import { ProblemException } from '../../shared/api/problems.ts';
import { RecordedAnswer, SenderNameDetail } from '../../shared/api/sender-names.ts';
import { SubmissionRequest } from '../../shared/api/statements.ts';
import { administratorOf } from '../access/actor.ts';
import { countRequest } from '../access/rate-limit.ts';
import { IdParameter, jsonAnswer, jsonBody, problemAnswers, resource, signedIn } from '../api/routes.ts';
import type { Platform } from '../platform/platform.ts';
import { recordAnswer } from './answers.ts';
import { readDetail } from './detail.ts';
import { readName } from './name-store.ts';
import { mailNotices } from './notices.ts';
import { registerAfterwards, type SenderNameOptions } from './operation.ts';
import { round } from './operator-rounds.ts';
import { confirmSent, submitByMail } from './submitting.ts';

const tags = ['Sender names'];
const detail = (description: string) => jsonAnswer(SenderNameDetail, description);
const IdempotencyKey = z.object({ 'idempotency-key': z.string().max(400).optional() });

/** An operator is not to be asked by every click of everyone. */
const asksOfOrganisation = { name: 'operator-asks', quota: 30, window: 600_000 };

/** From the accepted statement to the operator's answer. */
export const answerRoutes = (platform: Platform, options: SenderNameOptions) => {
  const { operators } = options;
  /** Mails to administrators go out now; what fails, the next turn repeats. */
  const tell = () => platform.later(mailNotices(platform));

  return resource()
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/sender-names/{id}/submission',
        tags,
        summary: 'Mail the accepted statement to the operator',
        description:
          'With the CRM module, through the mail account: one e-mail To the operator, Cc the person who accepted it (R18). ' +
          'The same Idempotency-Key never mails twice, and another key does not either: a mail that went out, or may have, is ' +
          'only repeated with `resend`. `mail-not-sent`: nothing went out, try again. `mail-outcome-unknown`: look for the ' +
          'copy, then `…/sent` or `resend` with a new key.',
        security: signedIn,
        request: { params: IdParameter, headers: IdempotencyKey, body: jsonBody(SubmissionRequest) },
        responses: {
          200: detail('Sent; or, for a second click, as it is: see `submission.state`'),
          ...problemAnswers(400, 401, 403, 404, 409, 422, 502),
        },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const { id } = c.req.valid('param');
        const key = c.req.valid('header')['idempotency-key']?.trim() ?? '';
        if (key === '' || key.length > 200) throw new ProblemException('idempotency-key-required');
        const { resend } = c.req.valid('json');
        await submitByMail(platform, actor, id, { key, resend }, options);
        await registerAfterwards(platform, actor.organisationId, id, operators);
        tell();
        return c.json(await readDetail(platform, actor.organisationId, id), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/sender-names/{id}/sent',
        tags,
        summary: '"I have sent it"',
        description:
          'Without the CRM module, after the mail program has sent the statement (R20); with it, where the mail’s outcome is ' +
          'unknown and the copy has arrived. Only now the 30-day clock of a change starts (R28).',
        security: signedIn,
        request: { params: IdParameter },
        responses: { 200: detail('Submitted'), ...problemAnswers(401, 403, 404, 409) },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const { id } = c.req.valid('param');
        await confirmSent(platform, actor, id);
        await registerAfterwards(platform, actor.organisationId, id, operators);
        tell();
        return c.json(await readDetail(platform, actor.organisationId, id), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/sender-names/{id}/answer',
        tags,
        summary: 'Record the operator’s answer',
        description:
          'For operators without a sender API: an audited act of an administrator with the operator’s reply as the note (R11). ' +
          'Open also while SMS cannot be configured: it is a fact, not a setting.',
        security: signedIn,
        request: { params: IdParameter, body: jsonBody(RecordedAnswer) },
        responses: { 200: detail('Recorded'), ...problemAnswers(400, 401, 403, 404, 409, 422) },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const { id } = c.req.valid('param');
        await recordAnswer(platform, actor, id, c.req.valid('json'));
        tell();
        return c.json(await readDetail(platform, actor.organisationId, id), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/sender-names/{id}/ask',
        tags,
        summary: 'Ask the operator for its answer now',
        description: 'It is also asked regularly. 409 `operator-not-asked` where it has no sender API.',
        security: signedIn,
        request: { params: IdParameter },
        responses: { 200: detail('As it is now'), ...problemAnswers(401, 403, 404, 409, 429, 502) },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const { id } = c.req.valid('param');
        await readName(platform.database, actor.organisationId, id);
        const operator = (await operators?.of(actor.organisationId)) ?? null;
        if (operator === null) throw new ProblemException('operator-not-asked');
        await countRequest(platform, c, [{ limit: asksOfOrganisation, subject: actor.organisationId }]);
        const asked = await round(platform, operator, [actor.organisationId]);
        if (!asked.ok) throw new ProblemException('operator-unavailable', { detail: asked.detail });
        tell();
        return c.json(await readDetail(platform, actor.organisationId, id), 200);
      },
    );
};

import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { Instant } from '../../shared/api/paging.ts';
import { ProblemException } from '../../shared/api/problems.ts';
import { CodeRequest, Session, SignedIn, SignIn } from '../../shared/api/session.ts';
import { type AppEnv, personOf } from '../access/actor.ts';
import { countRequest } from '../access/rate-limit.ts';
import { IdParameter, jsonAnswer, jsonBody, problemAnswers, resource, signedIn } from '../api/routes.ts';
import type { Platform } from '../platform/platform.ts';
import { codeMail } from './code-mail.ts';
import {
  codesForAddress,
  codesForAddressADay,
  codesForCaller,
  triesForAddress,
  triesForCaller,
} from './limits.ts';
import { readSession } from './reading.ts';
import { languageOf, sessionLife } from './rules.ts';
import { hmac, newCode, newToken, sha256 } from './secrets.ts';
import { endSession, keepCode, openSession, sessionsOf } from './store.ts';

/** One of the person's sessions; the token itself is never shown again. */
const SessionOnList = z
  .object({
    id: z.string(),
    /** What the browser said it is. */
    agent: z.string(),
    createdAt: Instant,
    usedAt: Instant,
    expiresAt: Instant,
    current: z.boolean(),
  })
  .meta({ id: 'SessionOnList' });

export interface SessionOptions {
  operatorOf(organisationId: string): Session['operator'];
  /** Where a call comes from, as far as the machine can tell. */
  clientAddress(c: Context<AppEnv>): string;
}

export const sessionRoutes = (platform: Platform, options: SessionOptions) =>
  resource()
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/session/codes',
        tags: ['Session'],
        summary: 'Ask for a sign-in code by e-mail',
        description:
          'The answer is the same whether the address is known or not. Mails are Polish or English.',
        request: { body: jsonBody(CodeRequest) },
        responses: {
          202: { description: 'If the address is known, a code is on its way' },
          ...problemAnswers(400, 429),
        },
      }),
      async (c) => {
        const { email } = c.req.valid('json');
        await countRequest(platform, c, [
          { limit: codesForAddress, subject: email },
          { limit: codesForAddressADay, subject: email },
          { limit: codesForCaller, subject: options.clientAddress(c) },
        ]);
        const code = newCode();
        const codeHash = await hashOfCode(platform, email, code);
        const known = await keepCode(platform.database, email, codeHash, platform.clock.now());
        if (known) {
          const mail = codeMail(
            code,
            languageOf(c.req.header('accept-language')),
            platform.settings.publicUrl,
          );
          // Not awaited: the time that a mail takes would tell that the address is known.
          platform.later(platform.mailer.send({ from: platform.settings.mailFrom, to: email, ...mail }));
        }
        return c.body(null, 202);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/session',
        tags: ['Session'],
        summary: 'Sign in with the code',
        request: { body: jsonBody(SignIn) },
        responses: {
          201: jsonAnswer(SignedIn, 'Signed in: send the token as a bearer'),
          ...problemAnswers(400, 429),
        },
      }),
      async (c) => {
        const { email, code } = c.req.valid('json');
        await countRequest(platform, c, [
          { limit: triesForAddress, subject: email },
          { limit: triesForCaller, subject: options.clientAddress(c) },
        ]);
        const token = newToken();
        const now = platform.clock.now();
        const opened = await openSession(platform.database, {
          email,
          codeHash: await hashOfCode(platform, email, code),
          tokenHash: await sha256(token),
          id: platform.newId('ses'),
          agent: (c.req.header('user-agent') ?? '').slice(0, 300),
          now,
        });
        if (!opened) throw new ProblemException('invalid-code');
        return c.json({ token, expiresAt: now + sessionLife }, 201);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/session',
        tags: ['Session'],
        summary: 'Who is signed in, and what the composer needs to know',
        security: signedIn,
        responses: { 200: jsonAnswer(Session, 'The session'), ...problemAnswers(401, 403) },
      }),
      async (c) => {
        const session = await readSession(platform.database, personOf(c), options.operatorOf);
        if (session === null) throw new ProblemException('unauthenticated');
        return c.json(session, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'delete',
        path: '/v1/session',
        tags: ['Session'],
        summary: 'Sign out',
        security: signedIn,
        responses: { 204: { description: 'The session has ended' }, ...problemAnswers(401, 403) },
      }),
      async (c) => {
        const actor = personOf(c);
        await endSession(platform.database, actor, actor.session?.id ?? '', platform.clock.now());
        return c.body(null, 204);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/sessions',
        tags: ['Session'],
        summary: 'Where the person is signed in',
        security: signedIn,
        responses: {
          200: jsonAnswer(z.object({ items: z.array(SessionOnList) }), 'Newest first'),
          ...problemAnswers(401, 403),
        },
      }),
      async (c) => {
        const actor = personOf(c);
        const sessions = await sessionsOf(platform.database, actor.id, platform.clock.now());
        const items = sessions.map((session) => ({ ...session, current: session.id === actor.session?.id }));
        return c.json({ items }, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'delete',
        path: '/v1/sessions/{id}',
        tags: ['Session'],
        summary: 'Sign out somewhere else',
        security: signedIn,
        request: { params: IdParameter },
        responses: { 204: { description: 'That session has ended' }, ...problemAnswers(401, 403, 404) },
      }),
      async (c) => {
        const ended = await endSession(
          platform.database,
          personOf(c),
          c.req.valid('param').id,
          platform.clock.now(),
        );
        if (!ended) throw new ProblemException('not-found');
        return c.body(null, 204);
      },
    );

const hashOfCode = (platform: Platform, email: string, code: string): Promise<string> =>
  hmac(platform.settings.secret, 'sign-in-code', `${email}\n${code}`);

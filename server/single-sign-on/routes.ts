import { createRoute } from '@hono/zod-openapi';
import { type Context, Hono } from 'hono';
import { ProblemException } from '../../shared/api/problems.ts';
import { SignInPlace, SignInWay, SingleSignOn, SingleSignOnDraft } from '../../shared/api/single-sign-on.ts';
import { type AppEnv, administratorOf } from '../access/actor.ts';
import { countRequest } from '../access/rate-limit.ts';
import { invalidField } from '../api/problem-answers.ts';
import { jsonAnswer, jsonBody, problemAnswers, resource, signedIn } from '../api/routes.ts';
import type { Platform } from '../platform/platform.ts';
import { openingSecrets } from '../secrets/opening.ts';
import { codesForCaller, triesForCaller } from '../session/limits.ts';
import { languageOf } from '../session/rules.ts';
import { hmac, newCode, newToken, sha256 } from '../session/secrets.ts';
import { keepProvidersCode } from '../session/store.ts';
import { codePage, failedPage, pagePolicy } from './page.ts';
import { addressSignedIn, authorizationUrl, discover } from './provider.ts';
import {
  clientSecretOf,
  keepWay,
  providerChange,
  providerForAddress,
  providerOf,
  providerRemoval,
  shown,
  takeWay,
} from './store.ts';

const tags = ['Single sign-on'];
const callbackPath = '/sign-in/callback';

export interface SingleSignOnOptions {
  clientAddress(c: Context<AppEnv>): string;
}

/** Sign-in through an organisation's own OpenID Connect provider, and its settings. */
export const singleSignOnRoutes = (platform: Platform, options: SingleSignOnOptions) => {
  const { database, clock, settings, outward } = platform;
  const redirectUri = settings.publicUrl + callbackPath;
  return resource()
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/session/single-sign-on',
        tags: ['Session'],
        summary: 'Where somebody with this address signs in',
        description:
          'With a provider: open `url`; the way ends on a page that shows a code for `POST /v1/session`. Each `url` is good for ' +
          'one sign-in within 15 minutes.',
        request: { body: jsonBody(SignInWay) },
        responses: {
          200: jsonAnswer(SignInPlace, 'The provider; null: by a code that is mailed'),
          ...problemAnswers(400, 422, 429),
        },
      }),
      async (c) => {
        const { email } = c.req.valid('json');
        await countRequest(platform, c, [{ limit: codesForCaller, subject: options.clientAddress(c) }]);
        const provider = await providerForAddress(database, email);
        if (provider === null) return c.json({ provider: null }, 200);
        const discovery = await discover(outward, provider.issuer);
        const [state, nonce, verifier] = [newToken(), newToken(), newToken()];
        const { organisationId, clientId, required } = provider;
        await database.batch(
          keepWay(
            { stateHash: await sha256(state), organisationId, nonce, codeVerifier: verifier },
            clock.now(),
          ),
        );
        const url = await authorizationUrl(discovery, {
          clientId,
          redirectUri,
          state,
          nonce,
          verifier,
          email,
        });
        return c.json({ provider: { url, name: new URL(provider.issuer).host, required } }, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/single-sign-on',
        tags,
        summary: 'The organisation’s provider',
        security: signedIn,
        responses: { 200: jsonAnswer(SingleSignOn, 'The provider'), ...problemAnswers(401, 403, 404) },
      }),
      async (c) => {
        const provider = await providerOf(database, administratorOf(c).organisationId);
        if (provider === null) throw new ProblemException('not-found');
        return c.json(shown(provider, redirectUri), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'put',
        path: '/v1/single-sign-on',
        tags,
        summary: 'Set the provider up, or change it',
        description:
          'It is asked what it says of itself first; another issuer needs the client secret again.',
        security: signedIn,
        request: { body: jsonBody(SingleSignOnDraft) },
        responses: { 200: jsonAnswer(SingleSignOn, 'Kept'), ...problemAnswers(400, 401, 403, 422) },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const draft = c.req.valid('json');
        const before = await providerOf(database, actor.organisationId);
        const keeps = draft.clientSecret === undefined && before !== null && before.secretSealed !== '';
        if (keeps && before.issuer !== draft.issuer) {
          throw invalidField('/clientSecret', 'secret_required', 'Enter it again for another issuer');
        }
        await discover(outward, draft.issuer);
        await database.batch(await providerChange(actor, draft, settings.secret, clock.now()));
        const after = await providerOf(database, actor.organisationId);
        if (after === null) throw new ProblemException('conflict');
        return c.json(shown(after, redirectUri), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'delete',
        path: '/v1/single-sign-on',
        tags,
        summary: 'Remove the provider: codes by e-mail again',
        security: signedIn,
        responses: { 204: { description: 'Removed' }, ...problemAnswers(401, 403, 404) },
      }),
      async (c) => {
        const [, removed] = await database.batch(providerRemoval(administratorOf(c), clock.now()));
        if (removed?.changes !== 1) throw new ProblemException('not-found');
        return c.body(null, 204);
      },
    );
};

/** The way back from the provider: a page with a code, for the browser that signed in and for nobody else. */
export const singleSignOnPages = (platform: Platform, options: SingleSignOnOptions) => {
  const { database, clock, settings, outward } = platform;
  return new Hono<AppEnv>().get(callbackPath, async (c) => {
    const language = languageOf(c.req.header('accept-language'));
    const headers = {
      'Content-Security-Policy': pagePolicy,
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
    };
    const failed = (detail: string) => c.html(failedPage(language, detail.slice(0, 300)), 400, headers);
    await countRequest(platform, c, [{ limit: triesForCaller, subject: options.clientAddress(c) }]);
    const { state = '', code = '', error = '' } = c.req.query();
    const now = clock.now();
    const way = await takeWay(database, await sha256(state), now);
    if (way === null) return failed('state');
    const provider = await providerOf(database, way.organisationId);
    if (provider === null) return failed('provider');
    if (error !== '' || code === '') return failed(error === '' ? 'code' : error);
    try {
      const email = await addressSignedIn(outward, await discover(outward, provider.issuer), {
        code,
        clientId: provider.clientId,
        clientSecret: await clientSecretOf(provider, openingSecrets(settings)),
        redirectUri: settings.publicUrl + callbackPath,
        verifier: way.codeVerifier,
        nonce: way.nonce,
        now,
      });
      const shownCode = newCode();
      const codeHash = await hmac(settings.secret, 'sign-in-code', `${email}\n${shownCode}`);
      const isKnown = await keepProvidersCode(database, way.organisationId, email, codeHash, now);
      return isKnown ? c.html(codePage(language, email, shownCode), 200, headers) : failed(email);
    } catch (thrown) {
      const detail = thrown instanceof ProblemException ? thrown.detail : 'internal';
      platform.log.warn('a sign-in through a provider failed', {
        organisation: way.organisationId,
        detail: thrown instanceof Error ? thrown.message : String(thrown),
      });
      return failed(detail);
    }
  });
};

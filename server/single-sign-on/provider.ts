import { base64url, createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { z } from 'zod';
import { ProblemException } from '../../shared/api/problems.ts';
import { checkedAddress } from '../hrm/webhooks/address.ts';
import type { Platform } from '../platform/platform.ts';

/** Milliseconds for each call. */
const patience = 10_000;

/** OpenID Connect Discovery 1.0 §3: what we need of it. */
const Discovery = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
});
export type Discovery = z.infer<typeof Discovery>;

const Tokens = z.object({ id_token: z.string().max(20_000) });
const Keys = z.object({ keys: z.array(z.record(z.string(), z.unknown())).max(200) });

type Outward = Pick<Platform, 'outward'>['outward'];

/** Only signatures by a key pair: a provider's client secret signs nothing here. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

const unusable = (detail: string): ProblemException =>
  new ProblemException('sign-in-provider-unusable', { detail });

/**
 * What the provider says of itself.
 * @throws {ProblemException} `sign-in-provider-unusable`, or `invalid-request` for an address that may not be called
 */
export async function discover(outward: Outward, issuer: string): Promise<Discovery> {
  const url = `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`;
  const found = await ask(outward, Discovery, 'discovery', { method: 'GET', url });
  // §4.3: the very issuer, or another one could speak for it.
  if (found.issuer !== issuer)
    throw unusable(`discovery: the issuer calls itself ${found.issuer.slice(0, 200)}`);
  if (!outward.privateAddresses && !found.authorization_endpoint.startsWith('https://')) {
    throw unusable('discovery: the authorization endpoint is not https');
  }
  return found;
}

/** Where the person signs in (OpenID Connect Core §3.1.2.1, RFC 7636). */
export async function authorizationUrl(
  { authorization_endpoint: endpoint }: Discovery,
  asked: {
    clientId: string;
    redirectUri: string;
    state: string;
    nonce: string;
    verifier: string;
    email: string;
  },
): Promise<string> {
  const url = new URL(endpoint);
  for (const [name, value] of Object.entries({
    response_type: 'code',
    scope: 'openid email profile',
    client_id: asked.clientId,
    redirect_uri: asked.redirectUri,
    state: asked.state,
    nonce: asked.nonce,
    code_challenge: await challengeOf(asked.verifier),
    code_challenge_method: 'S256',
    login_hint: asked.email,
  })) {
    url.searchParams.set(name, value);
  }
  return url.href;
}

/**
 * The address of whoever signed in, lower case, by the provider's signed word.
 * @throws {ProblemException} `sign-in-provider-unusable`
 */
export async function addressSignedIn(
  outward: Outward,
  discovery: Discovery,
  given: {
    code: string;
    clientId: string;
    clientSecret: string;
    redirectUri: string;
    verifier: string;
    nonce: string;
    now: number;
  },
): Promise<string> {
  const { clientId, clientSecret } = given;
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    code: given.code,
    redirect_uri: given.redirectUri,
    client_id: clientId,
    code_verifier: given.verifier,
  });
  const headers: Record<string, string> = { 'content-type': 'application/x-www-form-urlencoded' };
  const methods = discovery.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  if (clientSecret !== '') {
    if (methods.includes('client_secret_post')) form.set('client_secret', clientSecret);
    else headers.authorization = `Basic ${btoa([clientId, clientSecret].map(encodeURIComponent).join(':'))}`;
  }
  const { id_token: token } = await ask(outward, Tokens, 'token', {
    method: 'POST',
    url: discovery.token_endpoint,
    headers,
    body: form.toString(),
  });
  const keys = await ask(outward, Keys, 'keys', { method: 'GET', url: discovery.jwks_uri });
  const { payload } = await jwtVerify(token, createLocalJWKSet(keys as unknown as JSONWebKeySet), {
    issuer: discovery.issuer,
    audience: clientId,
    algorithms,
    currentDate: new Date(given.now),
    clockTolerance: 60,
    requiredClaims: ['exp', 'iat', 'sub', 'nonce'],
  }).catch((error: unknown) => {
    throw unusable(`token: ${error instanceof Error ? error.message : 'not valid'}`);
  });
  if (payload.nonce !== given.nonce) throw unusable('token: another nonce');
  if (payload.email_verified === false) throw unusable('token: the address is not verified');
  const address = typeof payload.email === 'string' ? payload.email : payload.preferred_username;
  if (typeof address !== 'string' || !address.includes('@')) throw unusable('token: it names no address');
  return address.trim().toLowerCase();
}

async function ask<Answer extends z.ZodType>(
  { transport, privateAddresses }: Outward,
  answer: Answer,
  what: string,
  request: { method: 'GET' | 'POST'; url: string; headers?: Record<string, string>; body?: string },
): Promise<z.output<Answer>> {
  const url = checkedAddress(request.url, privateAddresses, '/issuer');
  try {
    const { status, text } = await transport({
      method: request.method,
      url,
      headers: { accept: 'application/json', ...request.headers },
      ...(request.body === undefined ? {} : { body: request.body }),
      signal: AbortSignal.timeout(patience),
    });
    if (status !== 200) throw unusable(`${what}: HTTP ${status}`);
    return answer.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof ProblemException) throw error;
    throw unusable(
      `${what}: ${error instanceof z.ZodError || error instanceof SyntaxError ? 'not as OpenID Connect says' : 'no answer'}`,
    );
  }
}

async function challengeOf(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return base64url.encode(new Uint8Array(digest));
}

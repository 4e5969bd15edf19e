import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

/** What the provider says of the person, and how it misbehaves. */
export interface Says {
  claims: JWTPayload;
  /** Another signature than its published keys'. */
  signWith?: 'another-key' | 'client-secret' | 'none';
  discovery?: Record<string, unknown>;
  tokenStatus?: number;
}

export interface TestProvider {
  issuer: string;
  says: Says;
  /** Client authentications seen at the token endpoint. */
  clients: { by: 'basic' | 'post' | 'none'; id: string; secret: string }[];
  /** The person signs in: the address that their browser is sent back to. */
  signIn(url: string): Promise<string>;
  end(): Promise<void>;
}

/** A whole OpenID Connect provider on loopback: discovery, authorization with PKCE, token, keys. */
export async function startProvider(now: () => number): Promise<TestProvider> {
  const pair = await generateKeyPair('RS256');
  const other = await generateKeyPair('RS256');
  const keys = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }] };
  const codes = new Map<string, URLSearchParams>();
  const server = createServer((request, response) => {
    const json = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    void answer(request, json);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const made: TestProvider = {
    issuer,
    says: { claims: {} },
    clients: [],
    signIn: async (url) => {
      const asked = new URL(url).searchParams;
      const code = `code-${codes.size}`;
      codes.set(code, asked);
      const back = new URL(asked.get('redirect_uri') ?? '');
      back.searchParams.set('code', code);
      back.searchParams.set('state', asked.get('state') ?? '');
      return back.pathname + back.search;
    },
    end: () => new Promise((resolve) => server.close(() => resolve())),
  };

  async function answer(
    request: IncomingMessage,
    json: (status: number, body: unknown) => void,
  ): Promise<void> {
    if (request.url === '/.well-known/openid-configuration') {
      return json(200, {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        ...made.says.discovery,
      });
    }
    if (request.url === '/keys') return json(200, keys);
    if (request.url !== '/token') return json(404, {});
    let text = '';
    for await (const chunk of request) text += chunk;
    const form = new URLSearchParams(text);
    const basic = /^Basic (.*)$/.exec(request.headers.authorization ?? '');
    const [id = '', secret = ''] =
      basic === null
        ? [form.get('client_id') ?? '', form.get('client_secret') ?? '']
        : atob(basic[1] ?? '')
            .split(':')
            .map(decodeURIComponent);
    made.clients.push({
      by: basic !== null ? 'basic' : form.has('client_secret') ? 'post' : 'none',
      id,
      secret,
    });
    const asked = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (asked === undefined || challenge !== asked.get('code_challenge'))
      return json(400, { error: 'invalid_grant' });
    if (form.get('redirect_uri') !== asked.get('redirect_uri')) return json(400, { error: 'invalid_grant' });
    if (made.says.tokenStatus !== undefined) return json(made.says.tokenStatus, {});
    return json(200, { id_token: await token(asked, secret), token_type: 'Bearer', access_token: 'x' });
  }

  async function token(asked: URLSearchParams, secret: string): Promise<string> {
    const at = Math.floor(now() / 1000);
    const payload: JWTPayload = {
      iss: issuer,
      aud: asked.get('client_id') ?? '',
      sub: 'u1',
      iat: at,
      exp: at + 300,
      nonce: asked.get('nonce') ?? '',
      ...made.says.claims,
    };
    switch (made.says.signWith) {
      case 'none':
        return `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify(payload))}.`.replaceAll('=', '');
      case 'client-secret':
        return new SignJWT(payload)
          .setProtectedHeader({ alg: 'HS256' })
          .sign(new TextEncoder().encode(secret.padEnd(32, 'x')));
      default:
        return new SignJWT(payload)
          .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
          .sign(made.says.signWith === 'another-key' ? other.privateKey : pair.privateKey);
    }
  }
  return made;
}

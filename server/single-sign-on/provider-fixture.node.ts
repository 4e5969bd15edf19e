import {
  base64url,
  exportJWK,
  type GenerateKeyPairResult,
  generateKeyPair,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { type Asked, json, type Reply, startSimulatorServer } from '../operators/simulator-server.ts';

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

let made: Promise<[GenerateKeyPairResult, GenerateKeyPairResult]> | null = null;
/** Its keys and somebody else's, made once: that takes longer than all that they are for. */
const pairs = () => {
  made ??= Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  return made;
};

/** A whole OpenID Connect provider on loopback: discovery, authorization with PKCE, token, keys. */
export async function startProvider(now: () => number): Promise<TestProvider> {
  const [pair, other] = await pairs();
  const keys = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }] };
  const codes = new Map<string, URLSearchParams>();
  const { url: issuer, close } = await startSimulatorServer(answer);

  const provider: TestProvider = {
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
    end: close,
  };

  async function answer({ path, headers, body }: Asked): Promise<Reply> {
    if (path === '/.well-known/openid-configuration') {
      return json({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        ...provider.says.discovery,
      });
    }
    if (path === '/keys') return json(keys);
    if (path !== '/token') return json({}, 404);
    const form = new URLSearchParams(body);
    const basic = /^Basic (.*)$/.exec(headers.authorization ?? '');
    const [id = '', secret = ''] =
      basic === null
        ? [form.get('client_id') ?? '', form.get('client_secret') ?? '']
        : atob(basic[1] ?? '')
            .split(':')
            .map(decodeURIComponent);
    provider.clients.push({
      by: basic !== null ? 'basic' : form.has('client_secret') ? 'post' : 'none',
      id,
      secret,
    });
    const asked = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const verifier = new TextEncoder().encode(form.get('code_verifier') ?? '');
    const challenge = base64url.encode(new Uint8Array(await crypto.subtle.digest('SHA-256', verifier)));
    if (
      challenge !== asked?.get('code_challenge') ||
      form.get('redirect_uri') !== asked.get('redirect_uri')
    ) {
      return json({ error: 'invalid_grant' }, 400);
    }
    if (provider.says.tokenStatus !== undefined) return json({}, provider.says.tokenStatus);
    return json({ id_token: await token(asked, secret), token_type: 'Bearer', access_token: 'x' });
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
      ...provider.says.claims,
    };
    switch (provider.says.signWith) {
      case 'none':
        return `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify(payload))}.`.replaceAll('=', '');
      case 'client-secret':
        return new SignJWT(payload)
          .setProtectedHeader({ alg: 'HS256' })
          .sign(new TextEncoder().encode(secret.padEnd(32, 'x')));
      default:
        return new SignJWT(payload)
          .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
          .sign(provider.says.signWith === 'another-key' ? other.privateKey : pair.privateKey);
    }
  }
  return provider;
}

import { decodeBase64, encodeBase64 } from 'hono/utils/encode';

/** Standard Webhooks, https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */

const prefix = 'whsec_';

/** A new secret, 32 random bytes. */
export const newWebhookSecret = (): string =>
  `${prefix}${encodeBase64(crypto.getRandomValues(new Uint8Array(32)).buffer)}`;

/**
 * The headers of one try. Its time is signed with it, so that an old one cannot be played again.
 *
 * @param id the `webhook-id`, the same on every try
 * @param now milliseconds since the epoch
 */
export async function signedHeaders(
  secret: string,
  id: string,
  body: string,
  now: number,
): Promise<Record<string, string>> {
  const seconds = String(Math.floor(now / 1000));
  const raw = decodeBase64(secret.slice(prefix.length));
  const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const signed = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(`${id}.${seconds}.${body}`));
  return {
    'webhook-id': id,
    'webhook-timestamp': seconds,
    'webhook-signature': `v1,${encodeBase64(signed)}`,
  };
}

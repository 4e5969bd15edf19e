import { encodeBase64 } from 'hono/utils/encode';
import { base64url } from 'jose';

/**
 * Who may push a delivery report. SerwerSMS and SMSAPI sign nothing, so a secret of 256 bits stands in the path of
 * the address that they are given; Twilio signs. Everything here is Web Crypto or arithmetic: it runs anywhere.
 */

/** 32 random bytes, base64url. */
export function newCallbackSecret(): string {
  return base64url.encode(crypto.getRandomValues(new Uint8Array(32)));
}

/**
 * Equal? In a time that depends on the length of `given` alone, so that guessing letter by letter gains nothing.
 * An empty secret is equal to nothing: an operator without one takes no callbacks.
 */
export function sameSecret(given: string, expected: string): boolean {
  if (expected === '') return false;
  let difference = given.length ^ expected.length;
  for (let at = 0; at < given.length; at++) {
    difference |= given.charCodeAt(at) ^ expected.charCodeAt(at % expected.length);
  }
  return difference === 0;
}

/** What goes into the inbox: the query and the body of a callback, joined by `&` where there are both. */
export function rawReport(search: string, body: string): string {
  const query = search.replace(/^\?/, '');
  return query === '' || body === '' ? query + body : `${query}&${body}`;
}

/** Reads what `rawReport` made. The first value of a name counts; what is longer than 1 MB is not read. */
export function readCallback(raw: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  if (raw.length > 1_000_000) return fields;
  for (const [name, value] of new URLSearchParams(raw)) {
    if (!fields.has(name)) fields.set(name, value);
  }
  return fields;
}

export interface TwilioCallback {
  authToken: string;
  /** `X-Twilio-Signature`. */
  signature: string;
  /** As Twilio called it: scheme, host, path and query; behind a proxy, the public one. */
  url: string;
  /** The raw body; empty for GET. */
  body: string;
}

/**
 * Did Twilio, holding our token, make this call? Form bodies sign the URL and their sorted fields; JSON bodies sign
 * the URL, which carries the body's SHA-256 in `bodySHA256`. Twilio signs now with, now without the port.
 * Source: Twilio's security documentation and its official client.
 */
export async function isTwilioSignature({
  authToken,
  signature,
  url,
  body,
}: TwilioCallback): Promise<boolean> {
  if (authToken === '' || !URL.canParse(url)) return false;
  const bodyHash = new URL(url).searchParams.get('bodySHA256');
  if (bodyHash !== null && !sameSecret(bodyHash.toLowerCase(), await sha256Hex(body))) return false;
  const fields = bodyHash === null ? signedFields(body) : '';
  let matches = false;
  for (const variant of portVariants(url)) {
    matches = sameSecret(signature, await hmacSha1(authToken, variant + fields)) || matches;
  }
  return matches;
}

/** Names sorted; of a name that repeats, its distinct values sorted. */
function signedFields(body: string): string {
  const fields = new Map<string, Set<string>>();
  for (const [name, value] of new URLSearchParams(body)) {
    const values = fields.get(name);
    if (values === undefined) fields.set(name, new Set([value]));
    else values.add(value);
  }
  let signed = '';
  for (const name of [...fields.keys()].sort()) {
    for (const value of [...(fields.get(name) ?? [])].sort()) signed += name + value;
  }
  return signed;
}

/** The URL with and without its port; letter for letter otherwise, as it is what was signed. */
function portVariants(url: string): string[] {
  const [, scheme, host, port, rest] = /^(https?):\/\/([^/?#:]+|\[[^\]]*\])(?::(\d+))?(.*)$/i.exec(url) ?? [];
  if (scheme === undefined || host === undefined) return [url];
  const given = port ?? (scheme.toLowerCase() === 'https' ? '443' : '80');
  return [`${scheme}://${host}${rest ?? ''}`, `${scheme}://${host}:${given}${rest ?? ''}`];
}

async function hmacSha1(key: string, text: string): Promise<string> {
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-1' };
  const imported = await crypto.subtle.importKey('raw', encoder.encode(key), algorithm, false, ['sign']);
  return encodeBase64(await crypto.subtle.sign('HMAC', imported, encoder.encode(text)));
}

async function sha256Hex(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

import { base64url } from 'jose';

const encoder = new TextEncoder();

const hex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** SHA-256, hex. For tokens of 256 bits by chance alone: nothing shorter than those is safe behind it. */
export async function sha256(text: string): Promise<string> {
  return hex(await crypto.subtle.digest('SHA-256', encoder.encode(text)));
}

const importKey = (secret: string) =>
  crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);

const keys = new Map<string, ReturnType<typeof importKey>>();

/** HMAC-SHA-256 under the server's secret, hex. `purpose` keeps one use's values from serving another. */
export async function hmac(secret: string, purpose: string, text: string): Promise<string> {
  let key = keys.get(secret);
  if (key === undefined) {
    key = importKey(secret);
    keys.set(secret, key);
  }
  return hex(await crypto.subtle.sign('HMAC', await key, encoder.encode(`${purpose}\n${text}`)));
}

/** 256 bits by chance, base64url: 43 characters. */
export function newToken(): string {
  return base64url.encode(crypto.getRandomValues(new Uint8Array(32)));
}

/** Six digits, each code as likely as another. */
export function newCode(): string {
  const draw = new Uint32Array(1);
  // The last, incomplete million of the 32 bits is drawn again.
  do crypto.getRandomValues(draw);
  while ((draw[0] ?? 0) >= 4_294_000_000);
  return String((draw[0] ?? 0) % 1_000_000).padStart(6, '0');
}

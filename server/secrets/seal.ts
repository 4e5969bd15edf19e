import { base64url } from 'jose';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });
const version = 's1';

/** What was sealed cannot be read: the key is missing, the text was changed, or it was sealed for another use. */
export class SealError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SealError';
  }
}

interface SealKey {
  id: string;
  key: Awaited<ReturnType<typeof crypto.subtle.importKey>>;
}

const derived = new Map<string, Promise<SealKey>>();

/**
 * Seals a secret for the database: AES-256-GCM under a key derived (HKDF-SHA-256) from the server's secret, as
 * `s1.<key id>.<nonce>.<sealed>` in base64url. `purpose` is bound into it, so that a value copied into another
 * organisation's row, or another column, does not open.
 *
 * @param purpose e.g. `mail-account:org_1`
 */
export async function seal(secret: string, purpose: string, text: string): Promise<string> {
  const { id, key } = await keyOf(secret);
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: boundTo(purpose, id) },
    key,
    encoder.encode(text),
  );
  return [version, id, base64url.encode(nonce), base64url.encode(new Uint8Array(sealed))].join('.');
}

/**
 * Opens what `seal` made.
 *
 * @param secrets the server's secret, and after a change of it the earlier ones
 * @throws {SealError}
 */
export async function open(
  secrets: string | readonly string[],
  purpose: string,
  sealed: string,
): Promise<string> {
  const [made, id, nonce, body, ...rest] = sealed.split('.');
  if (made !== version || id === undefined || nonce === undefined || body === undefined || rest.length > 0) {
    throw new SealError('not a sealed value');
  }
  for (const secret of typeof secrets === 'string' ? [secrets] : secrets) {
    const known = await keyOf(secret);
    if (known.id !== id) continue;
    try {
      const opened = await crypto.subtle.decrypt(
        { name: 'AES-GCM', iv: fromBase64(nonce), additionalData: boundTo(purpose, id) },
        known.key,
        fromBase64(body),
      );
      return decoder.decode(opened);
    } catch (cause) {
      throw new SealError(
        `sealed value cannot be opened: ${cause instanceof Error ? cause.name : 'unreadable'}`,
      );
    }
  }
  throw new SealError(`no key ${id}: the server's secret was changed without sealing again`);
}

/** Whether a sealed value is under this very secret: those that are not are to be sealed again. */
export async function isSealedUnder(secret: string, sealed: string): Promise<boolean> {
  return sealed.split('.')[1] === (await keyOf(secret)).id;
}

function keyOf(secret: string): Promise<SealKey> {
  let key = derived.get(secret);
  if (key === undefined) {
    key = derive(secret);
    derived.set(secret, key);
  }
  return key;
}

async function derive(secret: string): Promise<SealKey> {
  const root = await crypto.subtle.importKey('raw', encoder.encode(secret), 'HKDF', false, [
    'deriveKey',
    'deriveBits',
  ]);
  const part = (info: string) => ({
    name: 'HKDF',
    hash: 'SHA-256',
    salt: encoder.encode('nadpis'),
    info: encoder.encode(info),
  });
  const id = await crypto.subtle.deriveBits(part('seal key id'), root, 48);
  const key = await crypto.subtle.deriveKey(part('seal key'), root, { name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  return { id: base64url.encode(new Uint8Array(id)), key };
}

const boundTo = (purpose: string, keyId: string) => encoder.encode(`${version}\n${keyId}\n${purpose}`);

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(base64url.decode(text));
  } catch {
    throw new SealError('not a sealed value');
  }
}

import type { OperatorSettings } from '../../shared/api/operator-accounts.ts';
import { ProblemException } from '../../shared/api/problems.ts';
import type { OperatorKind } from '../operators/catalogue.ts';
import { open, seal } from '../secrets/seal.ts';

/** Settings as they are stored: what may be shown, and what is sealed. */
export interface StoredSettings {
  plain: OperatorSettings;
  sealed: string;
}

/** Bound to the account: a sealed value copied into another row does not open. */
export const purposeOf = (accountId: string): string => `operator-account:${accountId}`;

export const secretKeys = (kind: OperatorKind): Set<string> =>
  new Set(kind.form.fields.filter((field) => field.secret).map((field) => field.key));

/**
 * Settings that pass the operator's own schema, with its defaults filled in.
 * @throws {ProblemException} `invalid-request` at `/settings/…`; values are not repeated
 */
export function checkedSettings(kind: OperatorKind, given: OperatorSettings): OperatorSettings {
  const parsed = kind.settings.safeParse(given);
  if (parsed.success) return parsed.data as OperatorSettings;
  throw new ProblemException('invalid-request', {
    errors: parsed.error.issues.slice(0, 100).map((issue) => ({
      path: ['/settings', ...issue.path.map((part) => String(part).slice(0, 120))].join('/'),
      code: issue.code,
      detail: issue.message,
    })),
  });
}

export async function sealSettings(
  kind: OperatorKind,
  accountId: string,
  settings: OperatorSettings,
  secret: string,
): Promise<StoredSettings> {
  const secrets = secretKeys(kind);
  const entries = Object.entries(settings);
  const sealed = Object.fromEntries(entries.filter(([key, value]) => secrets.has(key) && value !== null));
  return {
    plain: Object.fromEntries(entries.filter(([key]) => !secrets.has(key))),
    sealed: await seal(secret, purposeOf(accountId), JSON.stringify(sealed)),
  };
}

/**
 * @param secrets see `openingSecrets`
 * @throws {SealError} when they were sealed under another secret of the server
 */
export async function openSettings(
  accountId: string,
  stored: StoredSettings,
  secrets: readonly string[],
): Promise<{ settings: OperatorSettings; secrets: string[] }> {
  const opened = JSON.parse(await open(secrets, purposeOf(accountId), stored.sealed)) as OperatorSettings;
  return { settings: { ...stored.plain, ...opened }, secrets: Object.keys(opened) };
}

/** Where these settings send the secrets to: who changes that has to know the secrets. */
export function destinationOf(settings: OperatorSettings): string {
  const { baseUrl = null, host = null, port = null, tls = null } = settings;
  return JSON.stringify([baseUrl, host, port, tls]);
}

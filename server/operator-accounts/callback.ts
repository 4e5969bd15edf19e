import type { Platform } from '../platform/platform.ts';
import { openingSecrets } from '../secrets/opening.ts';
import { hmac } from '../session/secrets.ts';

/** The secret part of an operator's callback address: 256 bits, made of the server's own secret, stored nowhere. */
const callbackSecret = (secret: string, operator: string): Promise<string> =>
  hmac(secret, 'callback', operator);

/** What an address may end in: while the server's secret is being changed, addresses of both are in use. */
export const callbackSecrets = (
  { settings }: Pick<Platform, 'settings'>,
  operator: string,
): Promise<string[]> =>
  Promise.all(openingSecrets(settings).map((secret) => callbackSecret(secret, operator)));

/** The address that an operator pushes delivery reports to. `operator` is its account's id. */
export async function callbackUrl(platform: Pick<Platform, 'settings'>, operator: string): Promise<string> {
  return `${platform.settings.publicUrl}/operators/${operator}/reports/${await callbackSecret(platform.settings.secret, operator)}`;
}

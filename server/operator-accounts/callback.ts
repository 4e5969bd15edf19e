import type { Platform } from '../platform/platform.ts';
import { hmac } from '../session/secrets.ts';

/** The secret part of an operator's callback address: 256 bits, made of the server's own secret, stored nowhere. */
export const callbackSecret = (platform: Pick<Platform, 'settings'>, operator: string): Promise<string> =>
  hmac(platform.settings.secret, 'callback', operator);

/** The address that an operator pushes delivery reports to. `operator` is its account's id. */
export async function callbackUrl(platform: Pick<Platform, 'settings'>, operator: string): Promise<string> {
  return `${platform.settings.publicUrl}/operators/${operator}/reports/${await callbackSecret(platform, operator)}`;
}

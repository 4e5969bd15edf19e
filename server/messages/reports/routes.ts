import { Hono } from 'hono';
import { ProblemException } from '../../../shared/api/problems.ts';
import type { AppEnv } from '../../access/actor.ts';
import { rawReport, sameSecret } from '../../operators/callbacks.ts';
import type { Operator } from '../../operators/operator.ts';
import type { Platform } from '../../platform/platform.ts';
import { hmac } from '../../session/secrets.ts';
import { createInbox } from './inbox.ts';

export interface ReportOptions {
  operators: readonly Operator[];
  /** Told that there are reports to match. */
  onReports: () => void;
}

/** The secret part of an operator's callback address: 256 bits, made of the server's own secret, stored nowhere. */
export const callbackSecret = (platform: Pick<Platform, 'settings'>, operator: string): Promise<string> =>
  hmac(platform.settings.secret, 'callback', operator);

/** The address that an operator pushes delivery reports to. */
export async function callbackUrl(platform: Pick<Platform, 'settings'>, operator: string): Promise<string> {
  return `${platform.settings.publicUrl}/operators/${operator}/reports/${await callbackSecret(platform, operator)}`;
}

/**
 * `/operators/{operator}/reports/{secret}`: GET and POST, as operators push. Stored raw and durable, then answered;
 * what it says is found out later. Nobody is signed in here: the secret in the path is the proof, and a wrong one is
 * answered as an address that does not exist.
 */
export const reportRoutes = (platform: Platform, { operators, onReports }: ReportOptions) => {
  const inbox = createInbox(platform.database, platform.clock, onReports);
  const secrets = new Map(operators.map(({ name }) => [name, callbackSecret(platform, name)]));
  return new Hono<AppEnv>().on(['GET', 'POST'], '/operators/:operator/reports/:secret', async (c) => {
    const { operator: name, secret } = c.req.param();
    const operator = operators.find((it) => it.name === name);
    if (operator === undefined || !sameSecret(secret, (await secrets.get(name)) ?? '')) {
      throw new ProblemException('not-found');
    }
    const body = c.req.method === 'POST' ? await c.req.text() : '';
    const { pathname, search } = new URL(c.req.url);
    const url = platform.settings.publicUrl + pathname + search;
    // An operator that signs its callbacks (Twilio) is not taken at the address's word.
    const genuine = await operator.isGenuine?.({ url, body, header: (it) => c.req.header(it) ?? null });
    if (genuine === false) throw new ProblemException('not-found');
    const raw = rawReport(search, body);
    // Operators try an address out with nothing in it.
    if (raw !== '') await inbox.store(name, raw);
    return c.text(operator.callbackAnswer ?? 'OK', 200);
  });
};

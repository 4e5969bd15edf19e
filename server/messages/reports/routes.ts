import { Hono } from 'hono';
import { ProblemException } from '../../../shared/api/problems.ts';
import type { AppEnv } from '../../access/actor.ts';
import { callbackSecrets } from '../../operator-accounts/callback.ts';
import { rawReport, sameSecret } from '../../operators/callbacks.ts';
import { type Platform, sharesRequests } from '../../platform/platform.ts';
import type { Router, Routing } from '../dispatch/routing.ts';
import { createInbox } from './inbox.ts';

export interface ReportOptions {
  router: Router;
  /** Told that there are reports to match. */
  onReports: () => void;
}

/**
 * `/operators/{operator}/reports/{secret}`: GET and POST, as operators push. Stored raw and durable, then answered;
 * what it says is found out later. Nobody is signed in here: the secret in the path is the proof, and a wrong one is
 * answered as an address that does not exist.
 */
export const reportRoutes = (platform: Platform, { router, onReports }: ReportOptions) => {
  const inbox = createInbox(platform.database, platform.clock, onReports, sharesRequests(platform));
  const named = ({ operators }: Routing, name: string) => operators.find((it) => it.name === name);

  /** Who guesses, or calls an account that is gone, is seen in the log and in the figures. */
  function refused(operator: string, why: string): ProblemException {
    platform.log.warn('a callback was refused', { operator: operator.slice(0, 60), why });
    platform.metrics.count('nadpis_callbacks_refused_total', 'Callbacks that were not an operator’s', {
      why,
    });
    return new ProblemException('not-found');
  }

  return new Hono<AppEnv>().on(['GET', 'POST'], '/operators/:operator/reports/:secret', async (c) => {
    const { operator: name, secret } = c.req.param();
    // An account that another process has just added is looked for once more.
    const operator = named(router.latest(), name) ?? named(await router.current(), name);
    if (operator === undefined) throw refused(name, 'account');
    const known = await callbackSecrets(platform, name);
    if (!known.some((one) => sameSecret(secret, one))) throw refused(name, 'secret');
    const body = c.req.method === 'POST' ? await c.req.text() : '';
    const { pathname, search } = new URL(c.req.url);
    const url = platform.settings.publicUrl + pathname + search;
    // An operator that signs its callbacks (Twilio) is not taken at the address's word.
    const genuine = await operator.isGenuine?.({ url, body, header: (it) => c.req.header(it) ?? null });
    if (genuine === false) throw refused(name, 'signature');
    const raw = rawReport(search, body);
    // Operators try an address out with nothing in it.
    if (raw !== '') await inbox.store(name, raw);
    return c.text(operator.callbackAnswer ?? 'OK', 200);
  });
};

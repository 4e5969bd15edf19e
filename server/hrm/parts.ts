import { createAcceptance } from '../messages/accept.ts';
import type { Router } from '../messages/dispatch/routing.ts';
import { type Platform, sharesRequests } from '../platform/platform.ts';
import type { SendingParts } from './sending.ts';

/** Who sends for whom; none: the built-in operator. */
export type HrmRouter = Pick<Router, 'latest' | 'changes' | 'current'> | undefined;

/** Of one process: its requests and what goes on beside them know of each other. */
const underWay = new WeakMap<Platform, Set<string>>();

function begin(platform: Platform): Set<string> {
  const keys = new Set<string>();
  underWay.set(platform, keys);
  return keys;
}

/** What taking and sending notifications need. */
export const hrmParts = (platform: Platform, router: HrmRouter): SendingParts => {
  const maximumParts = (organisationId: string): number | null =>
    router === undefined ? 6 : router.latest().maximumParts(organisationId);
  const { database, clock, newId, log } = platform;
  return {
    database,
    clock,
    newId,
    log,
    maximumParts,
    underWay: underWay.get(platform) ?? begin(platform),
    acceptance: createAcceptance({
      database,
      clock,
      newId,
      wakeUp: platform.wakeUp,
      maximumParts,
      router,
      together: sharesRequests(platform),
    }),
  };
};

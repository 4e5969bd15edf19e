import { createAcceptance } from '../messages/accept.ts';
import type { Router } from '../messages/dispatch/routing.ts';
import { type Platform, sharesRequests } from '../platform/platform.ts';
import type { SendingParts } from './sending.ts';

export interface HrmOptions {
  /** Parts of one message that the organisation's operators take; null: it has none. */
  maximumParts(organisationId: string): number | null;
  /** Who says so, to be asked whether it still holds. */
  router?: Pick<Router, 'changes' | 'current'> | undefined;
}

/** What taking and sending notifications need. */
export const hrmParts = (platform: Platform, { maximumParts, router }: HrmOptions): SendingParts => {
  const { database, clock, newId, log } = platform;
  return {
    database,
    clock,
    newId,
    log,
    maximumParts,
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

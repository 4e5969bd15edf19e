import type { Platform } from '../platform/platform.ts';
import { eraseHrm } from './erasing.ts';
import { type HrmRouter, hrmParts } from './parts.ts';
import { sendDue } from './sending.ts';
import { deliverWebhooks } from './webhooks/delivering.ts';
import { tellResults } from './webhooks/telling.ts';

/** Milliseconds between looks for what is to be erased. */
const erasing = 60 * 60_000;

/**
 * Notifications looked at in a millisecond, over time: while a wave of 50,000 is on its way, its results are told every ten
 * seconds, and a few of them at once.
 */
const looks = 5;

/**
 * What goes on beside the API for HRM, each by itself: sends what is due, tells results, delivers webhooks, erases. All
 * of it may run in many processes over one database.
 */
export function hrmChores(platform: Platform, router: HrmRouter): Record<string, () => Promise<unknown>> {
  const parts = hrmParts(platform, router);
  let erasedAt = Number.NEGATIVE_INFINITY;
  let lookAt = Number.NEGATIVE_INFINITY;
  return {
    'hrm sending': () => sendDue(parts),
    'hrm results': async () => {
      if (platform.clock.now() < lookAt) return;
      const seen = await tellResults(platform);
      lookAt = platform.clock.now() + seen / looks;
    },
    'hrm webhooks': () => deliverWebhooks(platform),
    'hrm erasing': async () => {
      const now = platform.clock.now();
      if (now - erasedAt < erasing) return;
      await eraseHrm(platform.database, now);
      erasedAt = now;
    },
  };
}

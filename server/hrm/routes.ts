import { resource } from '../api/routes.ts';
import type { Platform } from '../platform/platform.ts';
import { hrmConsentRoutes } from './consent-routes.ts';
import { hrmEmployeeRoutes } from './employee-routes.ts';
import { hrmNotificationRoutes } from './notification-routes.ts';
import { type HrmRouter, hrmParts } from './parts.ts';
import { hrmReportRoutes } from './report-routes.ts';
import { hrmSettingsRoutes } from './settings-routes.ts';
import { hrmWebhookRoutes } from './webhooks/routes.ts';

/** Everything about texts to employees. */
export const hrmRoutes = (platform: Platform, router: HrmRouter) => {
  const parts = hrmParts(platform, router);
  return resource()
    .route('/', hrmSettingsRoutes(platform))
    .route('/', hrmEmployeeRoutes(platform))
    .route('/', hrmConsentRoutes(platform))
    .route('/', hrmNotificationRoutes(platform, parts))
    .route('/', hrmReportRoutes(platform))
    .route('/', hrmWebhookRoutes(platform));
};

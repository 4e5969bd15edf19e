import type { Context } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { ProblemException } from '../shared/api/problems.ts';
import type { AppEnv } from './access/actor.ts';
import { authenticate } from './access/authenticate.ts';
import { bodyLimit } from './api/body-limit.ts';
import { extensionOrigins, frame } from './api/frame.ts';
import { answerProblem, problemHandler } from './api/problem-answers.ts';
import { resource } from './api/routes.ts';
import { apiKeyRoutes } from './api-keys/routes.ts';
import { auditRoutes } from './audit/routes.ts';
import { companyRoutes } from './companies/routes.ts';
import { companySendingRoutes } from './companies/sending-routes.ts';
import type { Migration } from './database/migrate.ts';
import { healthRoutes } from './health.ts';
import { hrmRoutes } from './hrm/routes.ts';
import { inboundRoutes } from './inbound/routes.ts';
import { mailAccountRoutes } from './mail-accounts/routes.ts';
import type { Router } from './messages/dispatch/routing.ts';
import { findingRoutes } from './messages/finding-routes.ts';
import { readingRoutes } from './messages/reading-routes.ts';
import { reportRoutes } from './messages/reports/routes.ts';
import { messageRoutes } from './messages/routes.ts';
import { watchOutbox } from './metrics/outbox.ts';
import { metricsRoutes } from './metrics/routes.ts';
import { describeOperator } from './operator-accounts/describing.ts';
import { operatorAccountRoutes } from './operator-accounts/routes.ts';
import { operatorRouteRoutes } from './operator-accounts/routing-routes.ts';
import type { OperatorAccounts } from './operator-accounts/running.ts';
import { unknownReportRoutes } from './operator-accounts/unknown-reports.ts';
import { organisationRoutes } from './organisations/routes.ts';
import { packageRoutes } from './packages/routes.ts';
import { peopleRoutes } from './people/routes.ts';
import { type Platform, sharesRequests } from './platform/platform.ts';
import { numberListRoutes } from './privacy/list-routes.ts';
import { privacyRoutes } from './privacy/routes.ts';
import { referenceRoutes } from './reference/routes.ts';
import { sandboxRoutes } from './sandbox/routes.ts';
import type { SenderNameOptions } from './senders/operation.ts';
import { senderNameRoutes } from './senders/routes.ts';
import { sessionRoutes } from './session/routes.ts';
import { singleSignOnPages, singleSignOnRoutes } from './single-sign-on/routes.ts';
import { siteRoutes } from './sites/routes.ts';
import { templateRoutes } from './templates/routes.ts';

export interface AppOptions {
  /** What `/readyz` holds the database to; none: only that it answers. */
  migrations?: readonly Migration[];
  /** Bytes; 16 MiB by default, room for 10,000 recipients with their fields. */
  bodyLimit?: number;
  /** Where a call comes from, for rate limits; behind a proxy it is what the proxy says. */
  clientAddress?: (c: Context<AppEnv>) => string;
  /** Who sends for whom, and may push delivery reports; none: the built-in operator, which pushes nothing. */
  router?: Router;
  /** Operator accounts of organisations, where the machine runs them. */
  accounts?: OperatorAccounts;
  /** Told that delivery reports have come. */
  onReports?: () => void;
  /** The operator's sender API, and what the machine can do for sender names. */
  senderNames?: SenderNameOptions;
  /** A bearer that `/metrics` asks for; none: it is open. */
  metricsToken?: string;
}

/** Routes under `/v1` that need nobody to be signed in. */
const open: ReadonlySet<string> = new Set([
  'POST /v1/session/codes',
  'POST /v1/session',
  'POST /v1/session/single-sign-on',
]);

/**
 * Routes that find out who asks in the round trip in which they read. Sends do where requests share nothing: elsewhere
 * those that come at once look who asks together, and are stored together.
 */
const reading = [
  'GET /v1/batches',
  'GET /v1/batches/:id',
  'GET /v1/batches/:id/messages',
  'GET /v1/messages',
  'GET /v1/messages/:id',
  'POST /v1/messages/search',
];
const sending = ['POST /v1/batches', 'POST /v1/batches/preview'];

/** The whole application, the same on Node and at the edge: everything of the machine comes in with the platform. */
export function createApp(platform: Platform, options: AppOptions = {}) {
  const { publicUrl } = platform.settings;
  const { router, accounts, onReports = () => {} } = options;
  const maximumParts = (organisationId: string): number | null =>
    router === undefined ? 6 : router.latest().maximumParts(organisationId);

  const clientAddress = options.clientAddress ?? (() => 'unknown');
  const app = resource();
  app.use(frame(platform));
  app.use(extensionOrigins());
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) =>
        answerProblem(
          c as Context<AppEnv>,
          new ProblemException('method-not-allowed', { headers: { Allow: methods.join(', ') } }),
          publicUrl,
        ),
    }),
  );
  app.use(bodyLimit(options.bodyLimit ?? 16 * 1024 * 1024));
  const together = new Set(sharesRequests(platform) ? reading : [...reading, ...sending]);
  app.use('/v1/*', authenticate(platform, { open, together }));
  app.onError(problemHandler(platform));
  app.notFound((c) => answerProblem(c, new ProblemException('not-found'), publicUrl));

  const routes = app
    .route('/', healthRoutes(platform, options.migrations ?? []))
    .route(
      '/',
      sessionRoutes(platform, {
        operatorOf: (organisationId) =>
          describeOperator(router?.latest() ?? null, accounts ?? null, organisationId, platform.sandbox),
        clientAddress,
      }),
    )
    .route('/', singleSignOnRoutes(platform, { clientAddress }))
    .route('/', organisationRoutes(platform))
    .route('/', companyRoutes(platform))
    .route('/', companySendingRoutes(platform))
    .route('/', peopleRoutes(platform))
    .route('/', apiKeyRoutes(platform))
    .route('/', auditRoutes(platform))
    .route('/', senderNameRoutes(platform, options.senderNames))
    .route('/', mailAccountRoutes(platform, options.senderNames))
    .route('/', templateRoutes(platform))
    .route('/', siteRoutes(platform))
    .route('/', findingRoutes(platform))
    .route('/', readingRoutes(platform))
    .route('/', messageRoutes(platform, router === undefined ? { maximumParts } : { maximumParts, router }))
    .route('/', hrmRoutes(platform, router))
    .route('/', packageRoutes(platform))
    .route('/', numberListRoutes(platform))
    .route('/', privacyRoutes(platform))
    .route('/', inboundRoutes(platform))
    .route('/', operatorAccountRoutes(platform, accounts ?? null))
    .route('/', operatorRouteRoutes(platform))
    .route('/', unknownReportRoutes(platform, accounts ?? null));

  if (router !== undefined) app.route('/', reportRoutes(platform, { router, onReports }));
  if (platform.sandbox) app.route('/', sandboxRoutes(platform));
  app.route('/', singleSignOnPages(platform, { clientAddress }));
  // Not part of the typed API: for people and machines that look at the server.
  watchOutbox(platform);
  app.route('/', metricsRoutes(platform.metrics, options.metricsToken));
  app.route('/', referenceRoutes(app, publicUrl));
  // Whoever types the bare address is shown what there is to see.
  app.get('/', (c) => c.redirect(platform.sandbox ? '/sandbox' : '/docs'));
  return routes;
}

/** The shape of the API, for the extension's RPC client: `hc<Api>(url)`. */
export type Api = ReturnType<typeof createApp>;

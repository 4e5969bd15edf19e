import { createRoute, z } from '@hono/zod-openapi';
import {
  HrmCompanyEvent,
  HrmCompanyEventChange,
  HrmEventId,
  HrmPreview,
  HrmPreviewDraft,
  HrmSettings,
  HrmSettingsChange,
} from '../../shared/api/hrm.ts';
import { type ProblemError, ProblemException } from '../../shared/api/problems.ts';
import { unknownFields } from '../../shared/hrm/text.ts';
import { actorOf, administratorOf } from '../access/actor.ts';
import {
  IdParameter,
  IfMatch,
  jsonAnswer,
  jsonBody,
  problemAnswers,
  resource,
  signedIn,
} from '../api/routes.ts';
import { entityTag, requireVersion } from '../api/versions.ts';
import type { Platform } from '../platform/platform.ts';
import { companyForHrm } from './access.ts';
import { previewOf } from './previewing.ts';
import { eventChange, eventOf, eventsOf, settingsChange, settingsOf } from './settings.ts';

const EventParameters = IdParameter.extend({ event: HrmEventId });

/** What a company has settled about texts to employees: numbers, names, digests, events and their templates. */
export const hrmSettingsRoutes = (platform: Platform) => {
  const { database, clock } = platform;

  return resource()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/companies/{id}/hrm',
        tags: ['HRM'],
        summary: 'How a company texts its employees',
        description:
          'Whether it may at all is its HRM permission (`/v1/companies/{id}`); when, its quiet hours (`…/sending`).',
        security: signedIn,
        request: { params: IdParameter },
        responses: {
          200: jsonAnswer(HrmSettings, 'The settings; their ETag is for If-Match'),
          ...problemAnswers(401, 403, 404),
        },
      }),
      async (c) => {
        const company = await companyForHrm(database, actorOf(c), c.req.valid('param').id);
        const { value, version } = await settingsOf(database, company.id);
        c.header('ETag', entityTag(version));
        return c.json(value, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'patch',
        path: '/v1/companies/{id}/hrm',
        tags: ['HRM'],
        summary: 'Change it',
        security: signedIn,
        request: { params: IdParameter, headers: IfMatch, body: jsonBody(HrmSettingsChange) },
        responses: {
          200: jsonAnswer(HrmSettings, 'As they are now'),
          ...problemAnswers(400, 401, 403, 404, 409),
        },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const company = await companyForHrm(database, actor, c.req.valid('param').id);
        const { value, version } = await settingsOf(database, company.id);
        requireVersion(version, c.req.valid('header')['if-match']);
        const after: HrmSettings = { ...value, ...c.req.valid('json') };
        const [, changed] = await database.batch(
          settingsChange(actor, company.id, version, after, clock.now()),
        );
        if (changed?.changes !== 1) throw new ProblemException('conflict');
        c.header('ETag', entityTag(version + 1));
        return c.json(after, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/companies/{id}/hrm/events',
        tags: ['HRM'],
        summary: 'What employees and superiors are told of',
        description: 'The whole catalogue of events, each as the company uses it.',
        security: signedIn,
        request: { params: IdParameter },
        responses: {
          200: jsonAnswer(z.object({ items: z.array(HrmCompanyEvent) }), 'In the order of the catalogue'),
          ...problemAnswers(401, 403, 404),
        },
      }),
      async (c) => {
        const company = await companyForHrm(database, actorOf(c), c.req.valid('param').id);
        return c.json({ items: await eventsOf(database, company.id) }, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'patch',
        path: '/v1/companies/{id}/hrm/events/{event}',
        tags: ['HRM'],
        summary: 'Switch an event on or off, or write its templates',
        description:
          'A template that is null is the one that the product came with. If-Match takes the event’s `version` in ' +
          'quotes. What waits to be gathered of an event that is switched off is not sent.',
        security: signedIn,
        request: { params: EventParameters, headers: IfMatch, body: jsonBody(HrmCompanyEventChange) },
        responses: {
          200: jsonAnswer(HrmCompanyEvent, 'As it is now'),
          ...problemAnswers(400, 401, 403, 404, 409),
        },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const { id, event } = c.req.valid('param');
        const company = await companyForHrm(database, actor, id);
        const before = await eventOf(database, company.id, event);
        requireVersion(before.version, c.req.valid('header')['if-match']);
        const change = c.req.valid('json');
        refuseUnknownFields(event, change.templates ?? {});
        const own = {
          pl: before.own.pl ? before.templates.pl : null,
          en: before.own.en ? before.templates.en : null,
          ...change.templates,
        };
        const after = { enabled: change.enabled ?? before.enabled, own };
        const [, changed] = await database.batch(eventChange(actor, company.id, before, after, clock.now()));
        if (changed?.changes !== 1) throw new ProblemException('conflict');
        const now = await eventOf(database, company.id, event);
        c.header('ETag', entityTag(now.version));
        return c.json(now, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/companies/{id}/hrm/events/{event}/preview',
        tags: ['HRM'],
        summary: 'What a template comes to; nothing is stored',
        security: signedIn,
        request: { params: EventParameters, body: jsonBody(HrmPreviewDraft) },
        responses: {
          200: jsonAnswer(HrmPreview, 'The text with its parts'),
          ...problemAnswers(400, 401, 403, 404),
        },
      }),
      async (c) => {
        const { id, event } = c.req.valid('param');
        const company = await companyForHrm(database, actorOf(c), id);
        const [settings, { templates }] = await Promise.all([
          settingsOf(database, company.id),
          eventOf(database, company.id, event),
        ]);
        return c.json(previewOf(event, templates, settings.value, c.req.valid('json')), 200);
      },
    );
};

/** @throws {ProblemException} `invalid-request` at `/templates/{language}` */
function refuseUnknownFields(
  event: HrmCompanyEvent['event'],
  templates: Partial<Record<'pl' | 'en', string | null>>,
): void {
  const errors = Object.entries(templates).flatMap(([language, text]): ProblemError[] =>
    unknownFields(event, text ?? '').map((name) => ({
      path: `/templates/${language}`,
      code: 'unknown_field',
      detail: `The event ${event} has no field ${name}`,
    })),
  );
  if (errors.length > 0) throw new ProblemException('invalid-request', { errors: errors.slice(0, 100) });
}

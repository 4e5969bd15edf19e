import { createRoute } from '@hono/zod-openapi';
import {
  Consent,
  ConsentDraft,
  ConsentQuery,
  ConsentWithdrawal,
  HrmImport,
  HrmImported,
} from '../../shared/api/hrm.ts';
import { pageOf } from '../../shared/api/paging.ts';
import { ProblemException } from '../../shared/api/problems.ts';
import { actorOf } from '../access/actor.ts';
import { numberOfCursor, pageOfRows } from '../api/paging.ts';
import { invalidField } from '../api/problem-answers.ts';
import { IdParameter, jsonAnswer, jsonBody, problemAnswers, resource, signedIn } from '../api/routes.ts';
import type { CompanyRecord } from '../companies/store.ts';
import { dayOf } from '../messages/local-time.ts';
import type { Platform } from '../platform/platform.ts';
import { companyForHrm } from './access.ts';
import { consentsBefore, recordConsents, standingConsent, withdrawConsent } from './consents.ts';
import { referencesOf } from './employees.ts';
import { readConsentCsv } from './imports.ts';

/** Employees' consents to texts on their private numbers (domain §7): recorded, withdrawn, never deleted. */
export const hrmConsentRoutes = (platform: Platform) => {
  const { database, clock } = platform;

  const today = ({ timeZone }: CompanyRecord): string => dayOf(clock.now(), timeZone);

  return resource()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/companies/{id}/hrm/consents',
        tags: ['HRM'],
        summary: 'Consents: of whom, for what, since when, who recorded them',
        security: signedIn,
        request: { params: IdParameter, query: ConsentQuery },
        responses: {
          200: jsonAnswer(pageOf(Consent), 'One page, newest first'),
          ...problemAnswers(400, 401, 403, 404),
        },
      }),
      async (c) => {
        const company = await companyForHrm(database, actorOf(c), c.req.valid('param').id);
        const { cursor, limit, employee, show } = c.req.valid('query');
        const rows = await consentsBefore(database, company.id, {
          before: numberOfCursor(cursor),
          employee,
          all: show === 'all',
          limit: limit + 1,
        });
        return c.json(
          pageOfRows(
            rows,
            limit,
            (row) => row.id,
            (row) => row,
          ),
          200,
        );
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/companies/{id}/hrm/consents',
        tags: ['HRM'],
        summary: 'Record a consent',
        description: 'One that stands already stays as it is and is answered.',
        security: signedIn,
        request: { params: IdParameter, body: jsonBody(ConsentDraft) },
        responses: { 201: jsonAnswer(Consent, 'It stands'), ...problemAnswers(400, 401, 403, 404) },
      }),
      async (c) => {
        const actor = actorOf(c);
        const company = await companyForHrm(database, actor, c.req.valid('param').id);
        const draft = c.req.valid('json');
        if (draft.givenOn > today(company)) {
          throw invalidField('/givenOn', 'in_the_future', 'A consent is recorded after it was given');
        }
        await recordConsents(database, actor, company.id, [draft], clock.now());
        const consent = await standingConsent(database, company.id, draft.employee, draft.purpose);
        if (consent === undefined) throw new ProblemException('conflict');
        return c.json(consent, 201);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/companies/{id}/hrm/consents/withdraw',
        tags: ['HRM'],
        summary: 'Write down that an employee has withdrawn a consent',
        security: signedIn,
        request: { params: IdParameter, body: jsonBody(ConsentWithdrawal) },
        responses: { 204: { description: 'It stands no more' }, ...problemAnswers(400, 401, 403, 404) },
      }),
      async (c) => {
        const actor = actorOf(c);
        const company = await companyForHrm(database, actor, c.req.valid('param').id);
        const { employee, purpose } = c.req.valid('json');
        const [, withdrawn] = await database.batch(
          withdrawConsent(actor, company.id, employee, purpose, clock.now()),
        );
        if (withdrawn?.changes !== 1) throw new ProblemException('not-found');
        return c.body(null, 204);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/companies/{id}/hrm/consents/import',
        tags: ['HRM'],
        summary: 'Consents of a CSV file',
        description:
          'Headings in Polish or English: numer; cel (powiadomienia or życzenia); data; uwagi. Employees must be in the ' +
          'register. One broken line, and nothing is imported.',
        security: signedIn,
        request: { params: IdParameter, body: jsonBody(HrmImport) },
        responses: {
          200: jsonAnswer(HrmImported, 'Imported, all of it'),
          ...problemAnswers(400, 401, 403, 404, 413, 422),
        },
      }),
      async (c) => {
        const actor = actorOf(c);
        const company = await companyForHrm(database, actor, c.req.valid('param').id);
        const known = await referencesOf(database, company.id);
        const { csv } = c.req.valid('json');
        const drafts = readConsentCsv(csv, today(company), (employee) => known.has(employee));
        const added = await recordConsents(database, actor, company.id, drafts, clock.now());
        return c.json({ lines: drafts.length, added, unchanged: drafts.length - added }, 200);
      },
    );
};

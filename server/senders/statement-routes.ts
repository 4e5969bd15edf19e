import { createRoute, z } from '@hono/zod-openapi';
import { ProblemException } from '../../shared/api/problems.ts';
import { SenderNameDetail } from '../../shared/api/sender-names.ts';
import {
  Scan,
  Slot,
  StatementAcceptance,
  StatementDraft,
  StatementQuestion,
} from '../../shared/api/statements.ts';
import { administratorOf } from '../access/actor.ts';
import { bodyLimit } from '../api/body-limit.ts';
import { IdParameter, jsonAnswer, jsonBody, problemAnswers, resource, signedIn } from '../api/routes.ts';
import type { Platform } from '../platform/platform.ts';
import { requireOpen } from './configuration.ts';
import { readDetail } from './detail.ts';
import { readName, readStatement } from './name-store.ts';
import type { SenderNameOptions } from './operation.ts';
import { acceptAgain } from './revising.ts';
import { describeScan, kindOfScan, longestScan, readScan, scanName, storeScan } from './scan-store.ts';
import { draftStatement } from './statement-drafts.ts';
import { pagePolicy, statementPage } from './statement-page.ts';

const tags = ['Owner’s statements'];
const binary = z.string().meta({ format: 'binary' });
const asBinary = (description: string, types: readonly string[]) => ({
  description,
  content: Object.fromEntries(types.map((type) => [type, { schema: binary }])),
});

export const statementRoutes = (platform: Platform, options: SenderNameOptions) => {
  const { database, clock } = platform;

  async function statementFor(organisationId: string, id: string) {
    const name = await readName(database, organisationId, id);
    const statement = name.state === 'draft' ? null : await readStatement(database, id);
    if (statement === null) throw new ProblemException('not-found', { detail: 'No statement is accepted' });
    return statement;
  }

  const app = resource();
  app.use('/v1/sender-names/:id/statement/scan', bodyLimit(longestScan));
  return app
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/statements/draft',
        tags,
        summary: 'What the owner’s statement for a name would say',
        description:
          'Prefilled from the company’s stamp (R15). In the program scope of several companies `companyId` is null until one ' +
          'is chosen from `companies`. `missing` names what is to be filled in. Nothing is stored.',
        security: signedIn,
        request: { body: jsonBody(StatementQuestion) },
        responses: {
          200: jsonAnswer(StatementDraft, 'The draft'),
          ...problemAnswers(400, 401, 403, 404, 409),
        },
      }),
      async (c) => {
        const actor = administratorOf(c);
        await requireOpen(database, actor.organisationId);
        return c.json(await draftStatement(platform, actor, c.req.valid('json')), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/sender-names/{id}/statement',
        tags,
        summary: 'Accept the owner’s statement for a name that has none',
        description:
          'For an edited draft, and for a name that was rejected or deactivated, for another try (R11, R13).',
        security: signedIn,
        request: {
          params: IdParameter,
          body: jsonBody(StatementAcceptance.extend({ slot: Slot.default('program') })),
        },
        responses: {
          200: jsonAnswer(SenderNameDetail, 'Accepted'),
          ...problemAnswers(400, 401, 403, 404, 409, 422),
        },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const { id } = c.req.valid('param');
        const { slot, ...statement } = c.req.valid('json');
        await acceptAgain(platform, actor, id, { slot, statement });
        return c.json(await readDetail(platform, actor.organisationId, id), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/sender-names/{id}/statement.html',
        tags,
        summary: 'The accepted statement as a page to print',
        security: signedIn,
        request: { params: IdParameter },
        responses: { 200: asBinary('The page', ['text/html']), ...problemAnswers(401, 403, 404) },
      }),
      async (c) => {
        const { organisationId } = administratorOf(c);
        const statement = await statementFor(organisationId, c.req.valid('param').id);
        return c.html(statementPage(statement), 200, { 'Content-Security-Policy': pagePolicy });
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/sender-names/{id}/statement.pdf',
        tags,
        summary: 'The accepted statement as a PDF, to sign and scan',
        description: 'Where the server cannot make a PDF, the page to print is answered (`text/html`).',
        security: signedIn,
        request: { params: IdParameter },
        responses: {
          200: asBinary('The file', ['application/pdf', 'text/html']),
          ...problemAnswers(401, 403, 404),
        },
      }),
      async (c) => {
        const { organisationId } = administratorOf(c);
        const statement = await statementFor(organisationId, c.req.valid('param').id);
        if (options.statementPdf === undefined) {
          return c.html(statementPage(statement), 200, { 'Content-Security-Policy': pagePolicy });
        }
        return c.body(await options.statementPdf(statement), 200, {
          'Content-Type': 'application/pdf',
          'Content-Disposition': 'attachment; filename="oswiadczenie.pdf"',
        });
      },
    )
    .openapi(
      createRoute({
        method: 'put',
        path: '/v1/sender-names/{id}/statement/scan',
        tags,
        summary: 'Attach a signed scan of the statement',
        description:
          'A PDF, PNG or JPEG of at most 10 MiB, told by its first bytes. It goes with the mail to the operator.',
        security: signedIn,
        request: {
          params: IdParameter,
          body: {
            required: true,
            content: Object.fromEntries(
              ['application/pdf', 'image/png', 'image/jpeg', 'application/octet-stream'].map((type) => [
                type,
                { schema: binary },
              ]),
            ),
          },
        },
        responses: { 200: jsonAnswer(Scan, 'Attached'), ...problemAnswers(401, 403, 404, 413, 422) },
      }),
      async (c) => {
        const actor = administratorOf(c);
        await requireOpen(database, actor.organisationId);
        const { id } = c.req.valid('param');
        const statement = await statementFor(actor.organisationId, id);
        const bytes = new Uint8Array(await c.req.arrayBuffer());
        const kind = kindOfScan(bytes);
        await database.batch(storeScan(actor, statement.id, id, { kind, bytes }, clock.now()));
        const scan = await describeScan(database, statement.id);
        if (scan === null) throw new ProblemException('conflict');
        return c.json(scan, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/sender-names/{id}/statement/scan',
        tags,
        summary: 'The signed scan',
        security: signedIn,
        request: { params: IdParameter },
        responses: {
          200: asBinary('The file', ['application/pdf', 'image/png', 'image/jpeg']),
          ...problemAnswers(401, 403, 404),
        },
      }),
      async (c) => {
        const { organisationId } = administratorOf(c);
        const statement = await statementFor(organisationId, c.req.valid('param').id);
        const scan = await readScan(database, organisationId, statement.id);
        if (scan === null) throw new ProblemException('not-found', { detail: 'No scan is attached' });
        return c.body(Uint8Array.from(scan.bytes), 200, {
          'Content-Type': scan.kind,
          'Content-Disposition': `attachment; filename="${scanName(scan.kind)}"`,
        });
      },
    );
};

import { createRoute, z } from '@hono/zod-openapi';
import { HrmReportFile, HrmReportQuery, HrmReportRow } from '../../shared/api/hrm-results.ts';
import { pageOf } from '../../shared/api/paging.ts';
import { actorOf } from '../access/actor.ts';
import { numberOfCursor, pageOfRows } from '../api/paging.ts';
import { IdParameter, jsonAnswer, problemAnswers, resource, signedIn } from '../api/routes.ts';
import { dayOf } from '../messages/local-time.ts';
import type { Platform } from '../platform/platform.ts';
import { companyForHrm } from './access.ts';
import { reportBefore } from './report.ts';
import { fileHead, fileLines } from './report-file.ts';
import { written } from './streaming.ts';

/** Rows read for a file at a time. */
const atOnce = 2000;

/** Who was told of what and when, and whether it came. */
export const hrmReportRoutes = (platform: Platform) => {
  const { database, clock } = platform;

  return resource()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/companies/{id}/hrm/report',
        tags: ['HRM'],
        summary: 'Who was told of what and when, delivered or not',
        description:
          'Without the texts that retention has erased and those that are for the recipient alone.',
        security: signedIn,
        request: { params: IdParameter, query: HrmReportQuery },
        responses: {
          200: jsonAnswer(pageOf(HrmReportRow), 'One page, newest first'),
          ...problemAnswers(400, 401, 403, 404),
        },
      }),
      async (c) => {
        const actor = actorOf(c);
        const company = await companyForHrm(database, actor, c.req.valid('param').id);
        const { cursor, limit, ...filter } = c.req.valid('query');
        const page = { before: numberOfCursor(cursor), limit: limit + 1 };
        const rows = await reportBefore(database, actor, company, filter, page);
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
        method: 'get',
        path: '/v1/companies/{id}/hrm/report.csv',
        tags: ['HRM'],
        summary: 'The same as a file for spreadsheets',
        security: signedIn,
        request: { params: IdParameter, query: HrmReportFile },
        responses: {
          200: {
            description: 'All rows, newest first; what would run as a formula has an apostrophe before it',
            content: { 'text/csv': { schema: z.string() } },
          },
          ...problemAnswers(400, 401, 403, 404),
        },
      }),
      async (c) => {
        const actor = actorOf(c);
        const company = await companyForHrm(database, actor, c.req.valid('param').id);
        const { language, ...filter } = c.req.valid('query');
        async function* pieces() {
          yield fileHead(language);
          for (let before: number | null = null; ; ) {
            const rows = await reportBefore(database, actor, company, filter, { before, limit: atOnce });
            if (rows.length > 0) yield fileLines(rows, language, company.timeZone);
            before = rows.at(-1)?.id ?? null;
            if (rows.length < atOnce) return;
          }
        }
        return c.body(written(pieces()), 200, {
          'Content-Type': 'text/csv; charset=utf-8',
          'Content-Disposition': `attachment; filename="hrm-${dayOf(clock.now(), company.timeZone)}.csv"`,
        });
      },
    );
};

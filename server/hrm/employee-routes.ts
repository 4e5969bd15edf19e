import { createRoute, z } from '@hono/zod-openapi';
import {
  EmployeeKey,
  EmployeeQuery,
  Employees,
  HrmImport,
  HrmImported,
  ListedEmployee,
} from '../../shared/api/hrm.ts';
import { pageOf } from '../../shared/api/paging.ts';
import { ProblemException } from '../../shared/api/problems.ts';
import { actorOf } from '../access/actor.ts';
import { keyOfCursor, pageOfRows } from '../api/paging.ts';
import { IdParameter, jsonAnswer, jsonBody, problemAnswers, resource, signedIn } from '../api/routes.ts';
import type { Platform } from '../platform/platform.ts';
import { companyForHrm } from './access.ts';
import { employeeDelete, employeesAfter, putEmployees, storeEmployees } from './employees.ts';
import { readEmployeeCsv } from './imports.ts';

/** The register of employees: numbers, whose they are, superiors. */
export const hrmEmployeeRoutes = (platform: Platform) => {
  const { database, clock } = platform;

  return resource()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/companies/{id}/hrm/employees',
        tags: ['HRM'],
        summary: 'Employees with the purposes of their standing consents',
        security: signedIn,
        request: { params: IdParameter, query: EmployeeQuery },
        responses: {
          200: jsonAnswer(pageOf(ListedEmployee), 'One page, by reference'),
          ...problemAnswers(400, 401, 403, 404),
        },
      }),
      async (c) => {
        const actor = actorOf(c);
        const company = await companyForHrm(database, actor, c.req.valid('param').id);
        const { cursor, limit, search } = c.req.valid('query');
        const query = { after: keyOfCursor(cursor) ?? '', search, limit: limit + 1 };
        const rows = await employeesAfter(database, actor, company.id, query);
        return c.json(
          pageOfRows(
            rows,
            limit,
            (row) => row.reference,
            (row) => row,
          ),
          200,
        );
      },
    )
    .openapi(
      createRoute({
        method: 'put',
        path: '/v1/companies/{id}/hrm/employees',
        tags: ['HRM'],
        summary: 'Add employees, or replace those of the same references',
        description:
          'Others stay. A number in a form that nobody can text is kept, and said when it is used.',
        security: signedIn,
        request: { params: IdParameter, body: jsonBody(Employees) },
        responses: {
          200: jsonAnswer(z.object({ changed: z.number().int() }), 'How many are new or changed'),
          ...problemAnswers(400, 401, 403, 404, 413),
        },
      }),
      async (c) => {
        const actor = actorOf(c);
        const company = await companyForHrm(database, actor, c.req.valid('param').id);
        const { employees } = c.req.valid('json');
        const changed = await putEmployees(database, actor, company.id, employees, clock.now());
        return c.json({ changed }, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/companies/{id}/hrm/employees/import',
        tags: ['HRM'],
        summary: 'Employees of a CSV file',
        description:
          'Headings in Polish or English: numer; nazwisko i imię; telefon służbowy; telefon prywatny; telefon SMS; ' +
          'przełożony; język. One broken line, and nothing is imported.',
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
        const employees = readEmployeeCsv(c.req.valid('json').csv);
        // One transaction: half a file would be worse than none.
        const added = await storeEmployees(database, actor, company.id, employees, clock.now());
        return c.json({ lines: employees.length, added, unchanged: employees.length - added }, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'delete',
        path: '/v1/companies/{id}/hrm/employees',
        tags: ['HRM'],
        summary: 'Take an employee out of the register',
        description: 'Recorded consents stay: they tell what was permitted.',
        security: signedIn,
        request: { params: IdParameter, query: EmployeeKey },
        responses: { 204: { description: 'Taken out' }, ...problemAnswers(400, 401, 403, 404) },
      }),
      async (c) => {
        const actor = actorOf(c);
        const company = await companyForHrm(database, actor, c.req.valid('param').id);
        const { reference } = c.req.valid('query');
        const [, , deleted] = await database.batch(employeeDelete(actor, company.id, reference, clock.now()));
        if (deleted?.changes !== 1) throw new ProblemException('not-found');
        return c.body(null, 204);
      },
    );
};

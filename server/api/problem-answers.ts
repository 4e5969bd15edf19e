import type { Context, ErrorHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { z } from 'zod';
import { type Problem, ProblemException, problems } from '../../shared/api/problems.ts';
import type { AppEnv } from '../access/actor.ts';
import { DatabaseBusy, DatabaseUnavailable } from '../database/database.ts';
import type { Platform } from '../platform/platform.ts';

/** Errors listed in one answer; a hostile body of 10,000 wrong rows is not answered with 10,000 errors. */
const maximumErrors = 100;

/** An RFC 9457 answer. `type` leads to the code's explanation on the reference page. */
export function answerProblem(c: Context<AppEnv>, problem: ProblemException, publicUrl: string): Response {
  const { status, title, fix } = problems[problem.code];
  const body: Problem = {
    type: `${publicUrl}/docs#problem-${problem.code}`,
    code: problem.code,
    status,
    title,
    detail: problem.detail,
    fix,
    errors: problem.errors,
    facts: problem.facts,
    requestId: c.get('requestId'),
  };
  return c.body(JSON.stringify(body), status, {
    'Content-Type': 'application/problem+json; charset=utf-8',
    ...problem.headers,
  });
}

/** Every error ends here: what a use case threw, what the framework refused, and what nobody expected. */
export function problemHandler(platform: Platform): ErrorHandler<AppEnv> {
  return (error, c) => {
    const problem = asProblem(error);
    if (problem.code === 'internal' || problem.code === 'unavailable') {
      platform.log.error('request failed', {
        requestId: c.get('requestId'),
        method: c.req.method,
        path: c.req.routePath ?? c.req.path,
        code: problem.code,
        error: error instanceof Error ? (error.stack ?? String(error)) : String(error),
        cause: error instanceof Error && error.cause !== undefined ? String(error.cause) : '',
      });
    }
    return answerProblem(c, problem, platform.settings.publicUrl);
  };
}

function asProblem(error: unknown): ProblemException {
  if (error instanceof ProblemException) return error;
  if (error instanceof DatabaseBusy || error instanceof DatabaseUnavailable) {
    return new ProblemException('unavailable', { headers: { 'Retry-After': '1' } });
  }
  if (error instanceof HTTPException) {
    // Malformed JSON (400) and a body of another media type (415) come from the validator.
    if (error.status === 400 || error.status === 415) return new ProblemException('invalid-json');
    if (error.status === 413) return new ProblemException('body-too-large');
    if (error.status === 404) return new ProblemException('not-found');
  }
  return new ProblemException('internal');
}

/** What zod found, as JSON Pointers (RFC 6901). The values themselves are not repeated: they may be phone numbers. */
export function invalidRequest(error: Pick<z.ZodError, 'issues'>): ProblemException {
  return new ProblemException('invalid-request', {
    errors: error.issues.slice(0, maximumErrors).map((issue) => ({
      path: issue.path
        .map((part) => `/${String(part).slice(0, 120).replaceAll('~', '~0').replaceAll('/', '~1')}`)
        .join(''),
      code: issue.code,
      detail: issue.message,
    })),
  });
}

/** One wrong field, found after the schema. `path` is a JSON Pointer. */
export const invalidField = (path: string, code: string, detail: string): ProblemException =>
  new ProblemException('invalid-request', { errors: [{ path, code, detail }] });

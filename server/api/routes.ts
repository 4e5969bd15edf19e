import { OpenAPIHono, z } from '@hono/zod-openapi';
import { Problem } from '../../shared/api/problems.ts';
import type { AppEnv } from '../access/actor.ts';
import { invalidRequest } from './problem-answers.ts';

/** An application for one resource's routes: what does not fit its schemas is answered as `invalid-request`. */
export const resource = () =>
  new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (!result.success) throw invalidRequest(result.error);
    },
  });

/** A JSON body; without one the route answers `invalid-request`. */
export const jsonBody = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true as const,
  content: { 'application/json': { schema } },
});

/** A JSON answer. */
export const jsonAnswer = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});

/**
 * The statuses that a route may answer with a problem. They stand in the OpenAPI document; the type does not know of
 * them, so that a client's type is the answer alone (a client looks at `ok` first) and compiling stays fast.
 */
export function problemAnswers(...statuses: number[]): Record<never, never> {
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: descriptions[status] ?? 'Refused',
        content: { 'application/problem+json': { schema: Problem } },
      },
    ]),
  );
}

const descriptions: Record<number, string> = {
  400: 'The request does not have the expected form',
  401: 'Nobody is signed in',
  402: 'The package does not cover it',
  403: 'Not permitted',
  404: 'There is no such thing in this organisation',
  409: 'It was changed meanwhile, or exists already',
  413: 'The body is too large',
  422: 'Understood, but a rule of the domain refuses it',
  429: 'Too many requests: see Retry-After',
  503: 'Not ready: try again in a moment',
};

/** `{id}` in a path. */
export const IdParameter = z.object({ id: z.string().min(1).max(60) });

/** The header of a change that must not overwrite another's: the `ETag` that was read. */
export const IfMatch = z.object({ 'if-match': z.string().max(100).optional() });

/** Needs a session or an API key. */
export const signedIn = [{ bearer: [] }];

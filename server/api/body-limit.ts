import type { MiddlewareHandler } from 'hono';
import { bodyLimit as countedLimit } from 'hono/body-limit';
import { ProblemException } from '../../shared/api/problems.ts';
import type { AppEnv } from '../access/actor.ts';

/** Refuses a body of more bytes before it is read. */
export function bodyLimit(bytes: number): MiddlewareHandler<AppEnv> {
  const refuse = (): never => {
    throw new ProblemException('body-too-large', { facts: { limit: bytes } });
  };
  const counted = countedLimit({ maxSize: bytes, onError: refuse });
  return (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
    const length = c.req.header('content-length');
    // With a length the server's parser holds the body to it, so that nothing has to be counted here.
    if (length === undefined || c.req.header('transfer-encoding') !== undefined) return counted(c, next);
    return Number(length) <= bytes ? next() : refuse();
  };
}

import { Hono } from 'hono';
import { ProblemException } from '../../shared/api/problems.ts';
import type { AppEnv } from '../access/actor.ts';
import type { Metrics } from './metrics.ts';

/** `/metrics` for Prometheus; with a token it answers only to `Authorization: Bearer <token>`. */
export const metricsRoutes = (metrics: Metrics, token: string | undefined): Hono<AppEnv> =>
  new Hono<AppEnv>().get('/metrics', async (c) => {
    if (token !== undefined && c.req.header('authorization') !== `Bearer ${token}`) {
      throw new ProblemException('unauthenticated', {
        headers: { 'WWW-Authenticate': 'Bearer realm="metrics"' },
      });
    }
    return c.body(await metrics.text(), 200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' });
  });

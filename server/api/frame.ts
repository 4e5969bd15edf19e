import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { routePath } from 'hono/route';
import type { AppEnv } from '../access/actor.ts';
import type { Platform } from '../platform/platform.ts';

/** Answers are data: nothing in them may run, be framed, sniffed or kept by a proxy. A page says otherwise for itself. */
const guards: readonly [string, string][] = [
  ['Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'"],
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
  ['Referrer-Policy', 'no-referrer'],
  ['Cache-Control', 'no-store'],
];

/**
 * Around every request: its id, the headers that keep an answer harmless, and its time. A caller may give the id
 * (`X-Request-Id`), so that its logs and ours can be read together.
 */
export function frame(platform: Platform): MiddlewareHandler<AppEnv> {
  const secure = platform.settings.publicUrl.startsWith('https:');
  return async (c, next) => {
    const start = performance.now();
    const given = c.req.header('x-request-id');
    const requestId = given !== undefined && /^[\w-]{8,64}$/.test(given) ? given : platform.newId('req');
    c.set('requestId', requestId);
    await next();
    const { headers, status } = c.res;
    headers.set('X-Request-Id', requestId);
    for (const [name, value] of guards) if (!headers.has(name)) headers.set(name, value);
    if (secure) headers.set('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
    const route = routePath(c, -1);
    const labels = { method: c.req.method, route: route.includes('*') ? 'none' : route, status };
    const seconds = (performance.now() - start) / 1000;
    platform.metrics.observe('nadpis_http_request_seconds', 'Time to answer a request', labels, seconds);
  };
}

/**
 * Calls from the extension's pages and its background. There are no cookies, so an origin gains nothing by itself: a
 * call needs a token, which pages never hold.
 */
export function extensionOrigins(): MiddlewareHandler<AppEnv> {
  const answer = cors({
    origin: (origin) => (/^(chrome|moz)-extension:\/\/[\w-]+$/.test(origin) ? origin : null),
    allowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowHeaders: [
      'Authorization',
      'Content-Type',
      'Accept-Language',
      'Idempotency-Key',
      'If-Match',
      'If-None-Match',
      'X-Request-Id',
    ],
    exposeHeaders: ['ETag', 'Location', 'RateLimit', 'RateLimit-Policy', 'Retry-After', 'X-Request-Id'],
    maxAge: 86_400,
    credentials: false,
  });
  return (c, next) => (c.req.header('origin') === undefined ? next() : answer(c, next));
}

import type { OpenAPIHono } from '@hono/zod-openapi';
import { Hono } from 'hono';
import type { AppEnv } from '../access/actor.ts';
import { type ReferenceDocument, referencePage, referenceStyle } from './page.ts';

const pageGuards = {
  'Content-Security-Policy': "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'",
  'Cache-Control': 'no-cache',
};

/** The OpenAPI document of all routes, and the page that shows it. Both are made once, when first asked for. */
export function referenceRoutes(app: OpenAPIHono<AppEnv>, publicUrl: string): Hono<AppEnv> {
  let made: ReferenceDocument | undefined;
  const document = (): ReferenceDocument => {
    made ??= app.getOpenAPI31Document({
      openapi: '3.1.0',
      info: {
        title: 'Nadpis API',
        version: '1',
        description:
          'Send SMS under a sender name that the recipient recognises. Times are milliseconds since the epoch, UTC. ' +
          'Lists are paged: give next back as cursor.',
      },
      servers: [{ url: publicUrl }],
    }) as ReferenceDocument;
    return made;
  };
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    description: 'The token of a session, or an API key (nadpis_…).',
  });
  return new Hono<AppEnv>()
    .get('/openapi.json', (c) => c.json(document() as object, 200, { 'Cache-Control': 'no-cache' }))
    .get('/docs', (c) => c.html(referencePage(document()), 200, pageGuards))
    .get('/docs/style.css', (c) =>
      c.body(referenceStyle, 200, { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'no-cache' }),
    );
}

import { createRoute, z } from '@hono/zod-openapi';
import { Balance, BoughtPackage, LedgerEntry, Purchase } from '../../shared/api/packages.ts';
import { PageQuery, pageOf } from '../../shared/api/paging.ts';
import { actorOf, administratorOf, readerOf } from '../access/actor.ts';
import { keyOfCursor, pageOfRows } from '../api/paging.ts';
import { invalidField } from '../api/problem-answers.ts';
import { jsonAnswer, jsonBody, problemAnswers, resource, signedIn } from '../api/routes.ts';
import type { Platform } from '../platform/platform.ts';
import { packagesOf } from './lapsing.ts';
import { balanceOf, type LedgerPlace, ledgerBefore, recordPurchase } from './store.ts';

export const packageRoutes = (platform: Platform) => {
  const { database, clock } = platform;
  return resource()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/packages/balance',
        tags: ['Packages'],
        summary: 'Parts that are left',
        security: signedIn,
        responses: { 200: jsonAnswer(Balance, 'The balance'), ...problemAnswers(401) },
      }),
      async (c) => c.json({ parts: await balanceOf(database, actorOf(c).organisationId) }, 200),
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/packages/ledger',
        tags: ['Packages'],
        summary: 'Every change of the balance',
        security: signedIn,
        request: { query: PageQuery },
        responses: {
          200: jsonAnswer(pageOf(LedgerEntry), 'One page, newest first, each with the balance after it'),
          ...problemAnswers(400, 401, 403),
        },
      }),
      async (c) => {
        const { organisationId } = readerOf(c);
        const { cursor, limit } = c.req.valid('query');
        const rows = await ledgerBefore(database, organisationId, readPlace(keyOfCursor(cursor)), limit + 1);
        return c.json(
          pageOfRows(
            rows,
            limit,
            (row) => `${row.id}/${row.previous}`,
            (row) => row.entry,
          ),
          200,
        );
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/packages',
        tags: ['Packages'],
        summary: 'Bought packages, with what remains of each',
        security: signedIn,
        responses: {
          200: jsonAnswer(z.object({ items: z.array(BoughtPackage) }), 'Newest first'),
          ...problemAnswers(401, 403),
        },
      }),
      async (c) => {
        const packages = await packagesOf(database, administratorOf(c).organisationId);
        const items = packages.reverse().map((each) => ({
          id: `led_${each.ledgerId}`,
          parts: each.parts,
          remaining: each.remaining,
          price: each.price,
          invoice: each.invoice,
          boughtAt: each.boughtAt,
          validUntil: each.validUntil,
          lapsedAt: each.lapsedAt,
        }));
        return c.json({ items }, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/packages',
        tags: ['Packages'],
        summary: 'Record a bought package',
        security: signedIn,
        request: { body: jsonBody(Purchase) },
        responses: { 201: jsonAnswer(LedgerEntry, 'Recorded'), ...problemAnswers(400, 401, 403) },
      }),
      async (c) =>
        c.json(await recordPurchase(database, administratorOf(c), c.req.valid('json'), clock.now()), 201),
    );
};

/** A cursor holds the last entry and the balance before it, from which the next page counts back. */
function readPlace(key: string | null): LedgerPlace | null {
  if (key === null) return null;
  const [, id, balance] = /^(\d{1,15})\/(\d{1,15})$/.exec(key) ?? [];
  if (id === undefined || balance === undefined) {
    throw invalidField('/cursor', 'invalid_cursor', 'Use the value of next as it came');
  }
  return { id: Number(id), balance: Number(balance) };
}

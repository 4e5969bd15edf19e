import { createRoute, z } from '@hono/zod-openapi';
import { ProblemException } from '../../shared/api/problems.ts';
import { SlotMove, SlotSelection, Slots } from '../../shared/api/sender-names.ts';
import { Slot } from '../../shared/api/statements.ts';
import { administratorOf } from '../access/actor.ts';
import { jsonAnswer, jsonBody, problemAnswers, resource, signedIn } from '../api/routes.ts';
import type { Platform } from '../platform/platform.ts';
import { program } from './slot-store.ts';
import { clearSlot, readSlots, selectName } from './slots.ts';

const SlotParameter = z.object({ slot: Slot });
const tags = ['Sender names'];

export const slotRoutes = (platform: Platform) =>
  resource()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/sender-name-slots',
        tags,
        summary: 'The current names of the program and of each company',
        description:
          'Each with the effective name and its source (R7), its 30-day lock, and how many companies a change touches (R9). ' +
          '`closed` says why SMS cannot be configured (R3).',
        security: signedIn,
        responses: { 200: jsonAnswer(Slots, 'Both scopes'), ...problemAnswers(401, 403) },
      }),
      async (c) => c.json(await readSlots(platform, administratorOf(c).organisationId), 200),
    )
    .openapi(
      createRoute({
        method: 'put',
        path: '/v1/sender-name-slots/{slot}',
        tags,
        summary: 'Select an existing name for the program or a company',
        description:
          'No statement, no e-mail, no clock (R25). `dryRun` only says what it would do; `companies` refuses as `conflict` ' +
          'where it would touch another number than the user was told.',
        security: signedIn,
        request: { params: SlotParameter, body: jsonBody(SlotSelection) },
        responses: { 200: jsonAnswer(SlotMove, 'Selected'), ...problemAnswers(400, 401, 403, 404, 409) },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const { slot } = c.req.valid('param');
        return c.json(await selectName(platform, actor, slot, c.req.valid('json')), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'delete',
        path: '/v1/sender-name-slots/{slot}',
        tags,
        summary: 'Return a company to the program’s name',
        description:
          'Only a company has something to return to (R8): the program’s own name is changed or selected.',
        security: signedIn,
        request: {
          params: SlotParameter,
          query: z.object({ dryRun: z.enum(['true', 'false']).default('false') }),
        },
        responses: {
          200: jsonAnswer(SlotMove, 'The company sends under the program’s name'),
          ...problemAnswers(400, 401, 403, 404, 409),
        },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const { slot } = c.req.valid('param');
        if (slot === program) {
          throw new ProblemException('not-found', {
            detail: 'The program’s name cannot be cleared: select another',
          });
        }
        return c.json(await clearSlot(platform, actor, slot, c.req.valid('query').dryRun === 'true'), 200);
      },
    );

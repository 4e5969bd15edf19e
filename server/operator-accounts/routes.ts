import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  OperatorAccount,
  OperatorAccountChange,
  OperatorAccountDraft,
  OperatorAccountPause,
  OperatorKind,
} from '../../shared/api/operator-accounts.ts';
import { ProblemException } from '../../shared/api/problems.ts';
import { type Actor, type AppEnv, administratorOf } from '../access/actor.ts';
import {
  IdParameter,
  IfMatch,
  jsonAnswer,
  jsonBody,
  problemAnswers,
  resource,
  signedIn,
} from '../api/routes.ts';
import { entityTag, requireVersion } from '../api/versions.ts';
import { auditRecord } from '../audit/record.ts';
import type { Platform } from '../platform/platform.ts';
import { readNow } from './balances.ts';
import { addAccount, changeAccount } from './changing.ts';
import type { OperatorAccounts } from './running.ts';
import { showAccounts } from './showing.ts';
import {
  type AccountRecord,
  accountById,
  accountPause,
  accountRemoval,
  readAccounts,
  stillThatAccount,
} from './store.ts';

const tags = ['Operator accounts'];
const changed = { 200: jsonAnswer(OperatorAccount, 'As it is now') };
const list = <T extends z.ZodType>(schema: T) => z.object({ items: z.array(schema) });

/** @param given null where the machine runs no accounts */
export const operatorAccountRoutes = (platform: Platform, given: OperatorAccounts | null) => {
  const { database, clock } = platform;

  function running(): OperatorAccounts {
    if (given === null) throw new ProblemException('unavailable');
    return given;
  }

  async function find(actor: Actor, id: string): Promise<AccountRecord> {
    const record = await accountById(database, actor.organisationId, id);
    if (record === undefined) throw new ProblemException('not-found');
    return record;
  }

  async function show(c: Context<AppEnv>, actor: Actor, id: string): Promise<OperatorAccount> {
    const record = await find(actor, id);
    const [shown] = await showAccounts(platform, running(), [record]);
    if (shown === undefined) throw new ProblemException('not-found');
    c.header('ETag', entityTag(record.version));
    return shown;
  }

  /** Null: it goes on. */
  async function pause(actor: Actor, id: string, reason: string | null): Promise<void> {
    const record = await find(actor, id);
    const now = clock.now();
    const act = reason === null ? 'operator-account.resumed' : 'operator-account.paused';
    const detail = reason === null ? {} : { reason };
    const [, paused] = await database.batch([
      auditRecord(actor, act, id, detail, now, stillThatAccount(record)),
      ...accountPause(record, reason, now),
    ]);
    if (paused?.changes !== 1) throw new ProblemException('conflict');
    platform.wakeUp.hint();
  }

  return resource()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/operators',
        tags,
        summary: 'Operators that can be set up, with forms that describe themselves',
        security: signedIn,
        responses: {
          200: jsonAnswer(list(OperatorKind), 'The catalogue'),
          ...problemAnswers(401, 403, 503),
        },
      }),
      (c) => {
        administratorOf(c);
        const items = running().kinds.map(({ name, form }) => ({
          name,
          ...form,
          fields: form.fields.map(({ choices, ...field }) => ({
            ...field,
            ...(choices !== undefined && { choices: [...choices] }),
          })),
        }));
        return c.json({ items }, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/operator-accounts',
        tags,
        summary: 'The organisation’s accounts, with what stops them and what is left',
        security: signedIn,
        responses: {
          200: jsonAnswer(list(OperatorAccount), 'In the order in which they were added'),
          ...problemAnswers(401, 403, 503),
        },
      }),
      async (c) => {
        const { organisationId } = administratorOf(c);
        const records = await readAccounts(database, organisationId);
        return c.json({ items: await showAccounts(platform, running(), records) }, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/operator-accounts',
        tags,
        summary: 'Set an account up',
        description:
          'Secrets are encrypted and never shown. It stands at the end of the routes, for everything; with the first ' +
          'account the built-in operator sends no more for this organisation.',
        security: signedIn,
        request: { body: jsonBody(OperatorAccountDraft) },
        responses: { 201: jsonAnswer(OperatorAccount, 'Added'), ...problemAnswers(400, 401, 403, 503) },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const record = await addAccount(platform, running().kinds, actor, c.req.valid('json'));
        platform.wakeUp.hint();
        c.header('Location', `/v1/operator-accounts/${record.id}`);
        return c.json(await show(c, actor, record.id), 201);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/operator-accounts/{id}',
        tags,
        summary: 'One account',
        security: signedIn,
        request: { params: IdParameter },
        responses: { 200: jsonAnswer(OperatorAccount, 'The account'), ...problemAnswers(401, 403, 404, 503) },
      }),
      async (c) => c.json(await show(c, administratorOf(c), c.req.valid('param').id), 200),
    )
    .openapi(
      createRoute({
        method: 'patch',
        path: '/v1/operator-accounts/{id}',
        tags,
        summary: 'Change an account',
        description:
          'Settings that are left out stay, secrets too. Another address needs the secrets again, so that stored ones ' +
          'cannot be sent elsewhere. What the operator had stopped is tried again at once.',
        security: signedIn,
        request: { params: IdParameter, headers: IfMatch, body: jsonBody(OperatorAccountChange) },
        responses: { ...changed, ...problemAnswers(400, 401, 403, 404, 409, 503) },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const record = await find(actor, c.req.valid('param').id);
        requireVersion(record.version, c.req.valid('header')['if-match']);
        await changeAccount(platform, running().kinds, actor, record, c.req.valid('json'));
        platform.wakeUp.hint();
        return c.json(await show(c, actor, record.id), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'delete',
        path: '/v1/operator-accounts/{id}',
        tags,
        summary: 'Delete an account and its secrets',
        description:
          'Reports of what it has sent are not read any more; what it may hold ends as `unknown` after three days.',
        security: signedIn,
        request: { params: IdParameter, headers: IfMatch },
        responses: { 204: { description: 'Deleted' }, ...problemAnswers(401, 403, 404, 409) },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const record = await find(actor, c.req.valid('param').id);
        requireVersion(record.version, c.req.valid('header')['if-match']);
        const now = clock.now();
        const { title, kind } = record;
        const guard = stillThatAccount(record);
        const [, removed] = await database.batch([
          auditRecord(actor, 'operator-account.deleted', record.id, { title, operator: kind }, now, guard),
          ...accountRemoval(record, now),
        ]);
        if (removed?.changes !== 1) throw new ProblemException('conflict');
        platform.wakeUp.hint();
        return c.body(null, 204);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/operator-accounts/{id}/pause',
        tags,
        summary: 'Send nothing over this account until it is resumed',
        description: 'Its messages go to the next account of the routes, or wait.',
        security: signedIn,
        request: { params: IdParameter, body: jsonBody(OperatorAccountPause) },
        responses: { ...changed, ...problemAnswers(400, 401, 403, 404, 409, 503) },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const { id } = c.req.valid('param');
        await pause(actor, id, c.req.valid('json').reason);
        return c.json(await show(c, actor, id), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/operator-accounts/{id}/resume',
        tags,
        summary: 'Send over it again, whoever had stopped it',
        security: signedIn,
        request: { params: IdParameter },
        responses: { ...changed, ...problemAnswers(401, 403, 404, 409, 503) },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const { id } = c.req.valid('param');
        await pause(actor, id, null);
        return c.json(await show(c, actor, id), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/operator-accounts/{id}/balance',
        tags,
        summary: 'Ask the operator now what is left: shows whether the settings work',
        description: 'At most once a minute; otherwise the last answer.',
        security: signedIn,
        request: { params: IdParameter },
        responses: { ...changed, ...problemAnswers(401, 403, 404, 503) },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const record = await find(actor, c.req.valid('param').id);
        await running().current();
        await readNow(platform, running(), record.id);
        return c.json(await show(c, actor, record.id), 200);
      },
    );
};

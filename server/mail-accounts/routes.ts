import { createRoute } from '@hono/zod-openapi';
import { MailAccount, MailAccountDraft, MailTested } from '../../shared/api/mail-accounts.ts';
import { ProblemException } from '../../shared/api/problems.ts';
import { administratorOf } from '../access/actor.ts';
import { countRequest } from '../access/rate-limit.ts';
import { invalidField } from '../api/problem-answers.ts';
import { jsonAnswer, jsonBody, problemAnswers, resource, signedIn } from '../api/routes.ts';
import type { Platform } from '../platform/platform.ts';
import { sendThroughAccount } from './sending.ts';
import type { SmtpOptions } from './smtp.ts';
import { accountChange, accountRemoval, accountTested, readAccount } from './store.ts';
import { testMail } from './test-mail.ts';

export interface MailAccountOptions {
  smtp?: SmtpOptions;
}

/** A server of somebody else's must not be tried out by the thousand. */
const testsOfOrganisation = { name: 'mail-tests', quota: 20, window: 3_600_000 };

export const mailAccountRoutes = (platform: Platform, options: MailAccountOptions = {}) => {
  const { database, clock } = platform;
  const tags = ['Mail account'];

  return resource()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/mail-account',
        tags,
        summary: 'The organisation’s mail account, without its password',
        security: signedIn,
        responses: { 200: jsonAnswer(MailAccount, 'The account'), ...problemAnswers(401, 403, 404) },
      }),
      async (c) => {
        const account = await readAccount(database, administratorOf(c).organisationId);
        if (account === null)
          throw new ProblemException('not-found', { detail: 'No mail account is set up' });
        return c.json(account, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'put',
        path: '/v1/mail-account',
        tags,
        summary: 'Set the mail account up, or change it',
        description:
          'Owner’s statements leave through it (R3). The password is encrypted and never shown; leave it out to keep it. ' +
          'Another server or user needs it again, so that a stored password cannot be sent elsewhere.',
        security: signedIn,
        request: { body: jsonBody(MailAccountDraft) },
        responses: { 200: jsonAnswer(MailAccount, 'As it is now'), ...problemAnswers(400, 401, 403) },
      }),
      async (c) => {
        const actor = administratorOf(c);
        const draft = c.req.valid('json');
        const before = await readAccount(database, actor.organisationId);
        const elsewhere =
          before === null ||
          before.host !== draft.host ||
          before.port !== draft.port ||
          before.user !== draft.user ||
          before.security !== draft.security;
        if (draft.user !== '' && draft.password === undefined && elsewhere) {
          throw invalidField('/password', 'password_required', 'Enter the password for this server and user');
        }
        await database.batch(await accountChange(actor, draft, platform.settings.secret, clock.now()));
        const account = await readAccount(database, actor.organisationId);
        if (account === null) throw new ProblemException('conflict');
        return c.json(account, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'delete',
        path: '/v1/mail-account',
        tags,
        summary: 'Remove the mail account',
        description: 'With the CRM module SMS cannot be configured then; authorised names still send (R3).',
        security: signedIn,
        responses: { 204: { description: 'Removed' }, ...problemAnswers(401, 403, 404) },
      }),
      async (c) => {
        const [, removed] = await database.batch(accountRemoval(administratorOf(c), clock.now()));
        if (removed?.changes !== 1) throw new ProblemException('not-found');
        return c.body(null, 204);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/mail-account/test',
        tags,
        summary: 'Send a test mail to yourself through the mail account',
        description:
          '`mail-not-sent` says in `facts.failure` what failed, and in `facts.detail` the server’s words.',
        security: signedIn,
        responses: {
          200: jsonAnswer(MailTested, 'The server took it'),
          ...problemAnswers(401, 403, 404, 429, 502),
        },
      }),
      async (c) => {
        const actor = administratorOf(c);
        await countRequest(platform, c, [{ limit: testsOfOrganisation, subject: actor.organisationId }]);
        const account = await readAccount(database, actor.organisationId);
        if (account === null)
          throw new ProblemException('not-found', { detail: 'No mail account is set up' });
        const [person] = await database.query<{ email: string }>({
          sql: 'SELECT email FROM people WHERE id = ?',
          args: [actor.id],
        });
        if (person === undefined) throw new ProblemException('unauthenticated');
        const now = clock.now();
        const domain = account.address.split('@')[1] ?? 'nadpis.invalid';
        const result = await sendThroughAccount(
          platform,
          actor.organisationId,
          { to: person.email, messageId: `<${platform.newId('tst')}@${domain}>`, ...testMail(account.host) },
          options.smtp,
        );
        if (result.outcome !== 'sent') {
          throw new ProblemException('mail-not-sent', {
            detail: result.detail,
            facts: { failure: result.failure, detail: result.detail },
          });
        }
        await database.batch([accountTested(actor.organisationId, account.changedAt, now)]);
        return c.json({ to: person.email, at: now }, 200);
      },
    );
};

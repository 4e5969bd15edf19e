import { type Behaviour, type MailServerOptions, mailServer } from '../mail-accounts/smtp-fixture.node.ts';
import { type OfficeOptions, office } from './fixture.node.ts';

export const login = { user: 'biuro@nowak.test', password: 'tajne hasło' };

/** With the CRM module, and a mail account on a real SMTP server. */
export async function crmOffice(
  more: { server?: MailServerOptions; office?: OfficeOptions; password?: string } = {},
) {
  const server = await mailServer({ login, ...more.server });
  const at = await office({ hasCrm: true, smtp: { patience: 400, deadline: 1500 }, ...more.office });
  const account = (port: number, password = more.password ?? login.password) =>
    at.call('PUT', '/v1/mail-account', {
      host: '127.0.0.1',
      port,
      security: more.server?.security ?? 'none',
      user: login.user,
      password,
      address: 'biuro@nowak.test',
    });
  const { status } = await account(server.port);
  if (status !== 200) throw new Error(`the mail account was refused: ${status}`);
  const behave = (behaviour: Behaviour) => server.behave(behaviour);
  const end = async () => {
    await server.end();
    await at.settled();
    await at.end();
  };
  return { at, server, account, behave, end };
}

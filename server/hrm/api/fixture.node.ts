import type { HrmAccepted, HrmNotificationInput } from '../../../shared/api/hrm.ts';
import { type SendingApp, sendingApp } from '../../messages/api/fixture.node.ts';

/** The application with a company that permits texts to employees, and an HRM application's key for it. */
export interface HrmApp extends SendingApp {
  /** The secret of an API key with `hrm:notify` for the first company alone. */
  key: string;
  permit(permitted: boolean, company?: string): Promise<void>;
  /** `POST /v1/hrm/notifications`, under a new idempotency key. */
  notify(body: Partial<HrmNotificationInput>, more?: { token?: string; key?: string }): Promise<Response>;
  /** The same, which must be taken. */
  told(body: Partial<HrmNotificationInput>): Promise<HrmAccepted>;
  /** Makes an API key. */
  keyFor(scopes: string[], companies: string[], token?: string): Promise<string>;
  /** Texts in the order of acceptance, with their numbers. */
  texts(): Promise<{ number: string; text: string; state: string; reason: string }[]>;
}

export async function hrmApp(parts = 100): Promise<HrmApp> {
  const app = await sendingApp(parts);
  const { call, administrator, platform } = app;
  let keys = 0;

  const permit = async (permitted: boolean, company = 'com_1a'): Promise<void> => {
    const answer = await call('PATCH', `/v1/companies/${company}`, {
      token: administrator,
      body: { hrmPermission: permitted },
    });
    if (!answer.ok) throw new Error(await answer.text());
  };
  const keyFor = async (scopes: string[], companies: string[], token = administrator): Promise<string> => {
    const made = await call('POST', '/v1/api-keys', { token, body: { name: 'HRM', scopes, companies } });
    return ((await made.json()) as { secret: string }).secret;
  };
  await permit(true);
  const key = await keyFor(['hrm:notify'], ['com_1a']);

  const notify: HrmApp['notify'] = (body, more = {}) =>
    call('POST', '/v1/hrm/notifications', {
      token: more.token ?? key,
      body: { companyId: 'com_1a', event: 'absence-approved', employees: [], ...body },
      headers: { 'Idempotency-Key': more.key ?? `hrm-call-${++keys}` },
    });
  return {
    ...app,
    key,
    permit,
    keyFor,
    notify,
    told: async (body) => {
      const answer = await notify(body);
      if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
      await platform.settled();
      return (await answer.json()) as HrmAccepted;
    },
    texts: async () =>
      (await app.sql('SELECT number, text, state, reason FROM messages ORDER BY id')).map((row) => ({
        number: String(row.number),
        text: String(row.text),
        state: String(row.state),
        reason: String(row.reason),
      })),
  };
}

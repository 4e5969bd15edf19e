import { sandboxOf } from '../../scripts/sandbox-client.ts';

/** A call of the API as somebody. @throws where it is refused */
export type ApiCaller = (method: string, path: string, body?: unknown) => Promise<unknown>;

const json = { 'Content-Type': 'application/json' };

/** Signs in beside the browser with the code from the mail, for what another person does meanwhile. */
export const apiCaller = async (server: { url: string }, email: string): Promise<ApiCaller> => {
  const sandbox = sandboxOf(server);
  const before = await sandbox.newest(email);
  const post = (path: string, body: unknown) =>
    fetch(`${server.url}${path}`, { method: 'POST', headers: json, body: JSON.stringify(body) });
  await post('/v1/session/codes', { email });
  const signedIn = await post('/v1/session', { email, code: await sandbox.code(email, before) });
  const { token } = (await signedIn.json()) as { token: string };
  return async (method, path, body) => {
    const answer = await fetch(`${server.url}${path}`, {
      method,
      headers: { ...json, Authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
};

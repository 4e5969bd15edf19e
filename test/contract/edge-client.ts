import { type ServerProcess, startServer } from '../../scripts/server-process.ts';
import { endSharedServer, type Temporary } from '../../server/database/temporary.node.ts';
import type { TestApp, TestPlatform } from '../../server/fixture.node.ts';

/** One Worker in workerd for all tests of a process. */
let shared: Promise<ServerProcess> | null = null;

/** Ends it with the last test of the file. */
export async function endShared(): Promise<void> {
  const server = await shared;
  shared = null;
  await server?.stop();
  await endSharedServer();
}

const start = (settings: TestPlatform['settings']): Promise<ServerProcess> =>
  startServer({
    data: '',
    program: ['scripts/edge/serve.ts', '--cron=0', '--no-queues', '--entry=test/contract/worker-entry.ts'],
    env: {
      NADPIS_SANDBOX: '1',
      NADPIS_SECRET: settings.secret,
      NADPIS_PUBLIC_URL: settings.publicUrl,
      NADPIS_MAIL_FROM: settings.mailFrom,
      NADPIS_STATEMENTS_ADDRESS: settings.statementsAddress,
    },
  });

/** The part of a test's application that a Worker does: calls, and what goes on beside them. */
export function atTheEdge(
  temporary: Temporary,
  { clock, settings }: TestPlatform,
): Pick<TestApp, 'call'> & Required<Pick<TestApp, 'turn'>> {
  const { url: database = '' } = temporary as Temporary & { url?: string };

  const call: TestApp['call'] = async (method, path, { token, body, headers = {} } = {}) => {
    shared ??= start(settings);
    const { url } = await shared;
    const sent = new Headers(headers);
    sent.set('X-Test-Database', database);
    sent.set('X-Test-Now', String(clock.now()));
    if (token !== undefined) sent.set('Authorization', `Bearer ${token}`);
    if (body !== undefined && !sent.has('Content-Type')) sent.set('Content-Type', 'application/json');
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    return fetch(`${url}${path}`, {
      method,
      headers: sent,
      redirect: 'manual',
      ...(text === undefined ? {} : { body: text }),
    });
  };
  return {
    call,
    turn: async () => {
      const answer = await call('POST', '/x-test/turn');
      if (!answer.ok) throw new Error(await answer.text());
    },
  };
}

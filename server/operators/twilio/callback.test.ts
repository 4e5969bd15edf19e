import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../../fixture.node.ts';
import { fixedRouter } from '../../messages/dispatch/routing.ts';
import { callbackUrl } from '../../operator-accounts/callback.ts';
import { createNodeTransport } from '../../platform/http.node.ts';
import type { Operator } from '../operator.ts';
import { createTwilio } from './adapter.ts';
import { twilioSettings } from './settings.ts';
import { startTwilioSimulator, type TwilioSimulator } from './simulator.ts';

const http = createNodeTransport();
let simulator: TwilioSimulator;
let twilio: Operator;
let server: TestApp;

beforeAll(async () => {
  simulator = await startTwilioSimulator();
  simulator.addName('Firma Nowak');
  const { accountSid, authToken } = simulator.state;
  const settings = twilioSettings.parse({ accountSid, authToken, baseUrl: simulator.url });
  const ports = { transport: http.transport, now: Date.now, reportsUrl: null };
  server = await testApp({ router: fixedRouter([createTwilio(settings, ports)]) });
  const reportsUrl = await callbackUrl(server.platform, 'twilio');
  twilio = createTwilio(settings, { ...ports, reportsUrl });
});

afterAll(async () => {
  await server.end();
  await simulator.close();
  await http.close();
});

test('a callback is stored only with Twilio’s signature, whoever knows the address', async () => {
  const messages = [{ ourId: 'nadpis1', number: '+48600100200', text: 'Hej', parts: 1 }];
  await twilio.send({ senderName: 'Firma Nowak', messages, signal: AbortSignal.timeout(10_000) });
  const [taken] = simulator.taken.all;
  if (taken === undefined) throw new Error('nothing was taken');
  const { body, signature } = simulator.pushOf(taken, 'delivered');
  const push = (given: string, sent = body) =>
    server.call('POST', taken.reportsUrl ?? '', {
      body: sent,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'X-Twilio-Signature': given },
    });
  const stored = () => server.platform.database.query({ sql: 'SELECT raw FROM reports' });

  for (const forged of [push(''), push('x'), push(signature, body.replace('delivered', 'undelivered'))]) {
    expect((await forged).status).toBe(404);
  }
  expect(await stored()).toEqual([]);

  expect((await push(signature)).status).toBe(200);
  const [report] = await stored();
  expect(twilio.readReport(String(report?.raw))).toMatchObject([{ ourId: 'nadpis1', state: 'delivered' }]);
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../fixture.node.ts';

let t: TestApp;
beforeAll(async () => {
  t = await testApp({ bodyLimit: 1000 });
});
afterAll(() => t.end());

describe('413', () => {
  it('refuses a body by its announced length before reading it', async () => {
    const answer = await t.call('POST', '/v1/session/codes', {
      body: '{}',
      headers: { 'Content-Length': '1001' },
    });
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ code: 'body-too-large', facts: { limit: 1000 } });
  });

  it('refuses a body without a length as soon as it is too long', async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 100;
        controller.enqueue(new Uint8Array(100));
      },
    });
    const request = new Request('http://nadpis.example/v1/session/codes', {
      method: 'POST',
      body: endless,
      headers: { 'Content-Type': 'application/json' },
      duplex: 'half',
    } as RequestInit);
    expect((await t.app.request(request)).status).toBe(413);
    expect(sent).toBeLessThan(5000);
  });

  it('takes a body up to the limit, with and without a length', async () => {
    const body = `{"email":"a@nadpis.example"${' '.repeat(900)}}`;
    expect((await t.call('POST', '/v1/session/codes', { body })).status).toBe(202);
    const length = { 'Content-Length': String(body.length) };
    expect((await t.call('POST', '/v1/session/codes', { body, headers: length })).status).toBe(202);
  });
});

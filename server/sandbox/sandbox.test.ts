import { afterEach, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from '../fixture.node.ts';

let it: TestApp;
afterEach(() => it.end());

async function phoneGets(number: string, text: string, senderName = 'Firma Nowak', more = '') {
  const id = crypto.randomUUID();
  await it.platform.database.batch([
    {
      sql: `INSERT INTO sandbox_texts (operator_message_id, our_id, sender_name, number, text, parts, accepted_at,
        report_due_at, reported_at) VALUES (?, ?, ?, ?, ?, 1, ?, ?, ${more === '' ? 'NULL' : more})`,
      args: [id, id, senderName, number, text, it.platform.clock.now(), it.platform.clock.now()],
    },
  ]);
}

describe('the sandbox page', () => {
  test('a text stands on its phone, under its sender name, and nothing in it is markup', async () => {
    it = await testApp();
    await phoneGets('+48600100200', '<script>alert(1)</script> & "cześć"', '<b>X</b>');
    const answer = await it.call('GET', '/sandbox', { headers: { 'Accept-Language': 'en' } });
    const page = await answer.text();
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(page).toContain('600 100 200');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;cześć&quot;');
    expect(page).toContain('&lt;b&gt;X&lt;/b&gt;');
    expect(page).not.toMatch(/<script(?! type="module" src="\/sandbox\/sandbox.js")/);
    expect(page).toContain('on its way');
    expect(page).toContain('lang="en"');
  });

  test('it speaks Polish unless English is wanted; the toggle wins', async () => {
    it = await testApp();
    const language = async (path: string, header: string) =>
      /<html lang="(..)"/.exec(
        await (await it.call('GET', path, { headers: { 'Accept-Language': header } })).text(),
      )?.[1];
    expect(await language('/sandbox', 'de')).toBe('pl');
    expect(await language('/sandbox', 'en-GB,pl;q=0.5')).toBe('en');
    expect(await language('/sandbox?lang=pl', 'en')).toBe('pl');
    expect(await language('/sandbox?lang="><script>', 'pl')).toBe('pl');
  });

  test('phones are found by any part of their number', async () => {
    it = await testApp();
    await phoneGets('+48600100200', 'a');
    await phoneGets('+48601222333', 'b', 'Firma Nowak', '1');
    const { items } = (await (await it.call('GET', '/sandbox/texts?number=601%20222')).json()) as {
      items: unknown[];
    };
    expect(items).toMatchObject([
      { number: '+48601222333', text: 'b', state: 'delivered', encoding: 'GSM-7' },
    ]);
    expect(await (await it.call('GET', '/sandbox?number=%27%25_<x>')).text()).toContain('&lt;x&gt;');
  });

  test('a caught mail is read as text; its HTML is shown nowhere', async () => {
    it = await testApp();
    await it.platform.mailer.send({ to: 'ala@nadpis.example', subject: 'Kod <i>', text: 'Zażółć 123456' });
    const { items } = (await (await it.call('GET', '/sandbox/mails?to=ALA@nadpis.example')).json()) as {
      items: unknown[];
    };
    expect(items).toMatchObject([{ to: 'ala@nadpis.example', subject: 'Kod <i>', text: 'Zażółć 123456' }]);
    await it.platform.database.batch([
      {
        sql: `INSERT INTO caught_mails (mail_from, mail_to, subject, raw, at) VALUES ('a', 'b', 'c', ?, 1)`,
        args: ['Content-Type: text/html\r\n\r\n<img src=x onerror=alert(1)>'],
      },
    ]);
    expect(await (await it.call('GET', '/sandbox')).text()).not.toContain('onerror');
  });

  test('emptied, it has nothing left', async () => {
    it = await testApp();
    await phoneGets('+48600100200', 'a');
    expect((await it.call('DELETE', '/sandbox')).status).toBe(204);
    expect(await (await it.call('GET', '/sandbox/texts')).json()).toEqual({ items: [] });
  });

  test('changes are told as events', async () => {
    it = await testApp();
    const answer = await it.call('GET', '/sandbox/events');
    const reader = answer.body?.getReader();
    const told = async () => new TextDecoder().decode((await reader?.read())?.value);
    expect(await told()).toContain('data: 0-0-0');
    await phoneGets('+48600100200', 'a');
    expect(await told()).toContain('data: 1-0-0');
    await reader?.cancel();
  });
});

test('with a real operator there is no sandbox', async () => {
  it = await testApp();
  const { createApp } = await import('../app.ts');
  const app = createApp({ ...it.platform, sandbox: false });
  for (const path of ['/sandbox', '/sandbox/texts', '/sandbox/mails', '/sandbox/events']) {
    expect((await app.request(path)).status).toBe(404);
  }
});

import '../browser.fixture.ts';

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { Balance } from '../../shared/api/packages.ts';
import { problems } from '../../shared/api/problems.ts';
import { ask, read } from './call.ts';
import { mayHaveArrived } from './failure.ts';
import { readToken, writeToken } from './token.ts';

let answer: () => Response | Promise<Response>;
let asked: { url: string; init: RequestInit }[];

beforeEach(async () => {
  fakeBrowser.reset();
  Object.assign(fakeBrowser.storage.local, { setAccessLevel: async () => undefined });
  asked = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    asked.push({ url, init });
    return answer();
  });
  await writeToken('token');
});
afterEach(() => vi.unstubAllGlobals());

const session = () => ask((client) => client.v1.session.$get());
const ledger = () => ask((client) => client.v1.packages.ledger.$get({ query: { limit: '5' } }));
const signIn = () =>
  ask((client) => client.v1.session.$post({ json: { email: 'a@b.example', code: '123456' } }), {
    anonymous: true,
  });

const problem = (code: keyof typeof problems, status = problems[code].status) =>
  Response.json(
    { type: '', code, status, title: '', detail: '', fix: '', errors: [], facts: {}, requestId: '' },
    { status },
  );

test('the token goes to the server of the settings, and to no other', async () => {
  answer = () => Response.json({ parts: 5 });
  await ledger();
  expect(asked[0]?.url).toBe('http://127.0.0.1:8787/v1/packages/ledger?limit=5');
  expect(new Headers(asked[0]?.init.headers).get('Authorization')).toBe('Bearer token');
  expect(asked[0]?.init).toMatchObject({ credentials: 'omit', redirect: 'error' });
});

test('without a session nothing is asked', async () => {
  await fakeBrowser.storage.local.clear();
  expect(await session()).toEqual({ ok: false, failure: { kind: 'signed-out' } });
  expect(asked).toEqual([]);
});

test('a session that has ended forgets the token, but not one that came meanwhile', async () => {
  answer = () => problem('unauthenticated');
  expect(await session()).toMatchObject({ failure: { kind: 'signed-out' } });
  expect(await readToken()).toBeNull();

  await writeToken('old');
  answer = async () => {
    await writeToken('new');
    return problem('unauthenticated');
  };
  await session();
  expect(await readToken()).toBe('new');
});

test('a wrong code at sign-in is a problem, not a sign-out', async () => {
  answer = () => problem('invalid-code');
  const failed = await signIn();
  expect(failed).toMatchObject({ failure: { kind: 'problem', problem: { code: 'invalid-code' } } });
  expect(new Headers(asked[0]?.init.headers).get('Authorization')).toBeNull();
});

describe('server down and signed out are told apart', () => {
  test.each([
    [
      'nobody answers',
      () => Promise.reject(new TypeError('Failed to fetch')),
      { kind: 'unreachable', why: 'network' },
    ],
    [
      'a proxy answers',
      () => new Response('<h1>Bad gateway</h1>', { status: 502 }),
      { kind: 'broken', status: 502 },
    ],
    ['a page answers 200', () => new Response('<h1>Welcome</h1>'), { kind: 'broken', status: 200 }],
    [
      'JSON of something else, 404',
      () => Response.json({ error: 'x' }, { status: 404 }),
      { kind: 'broken', status: 404 },
    ],
  ] as const)('%s', async (_, reply, failure) => {
    answer = reply as () => Response;
    expect(await session()).toEqual({ ok: false, failure });
    expect(await readToken()).toBe('token');
  });

  test('an answer that breaks off half-way is silence', async () => {
    answer = () => {
      const body = new ReadableStream({
        start(stream) {
          stream.enqueue(new TextEncoder().encode('{"par'));
          stream.error(new Error('reset'));
        },
      });
      return new Response(body);
    };
    expect(await session()).toMatchObject({ failure: { kind: 'unreachable' } });
  });

  test('an answer of another shape is broken, and does not crash a screen later', async () => {
    answer = () => Response.json({ parts: 'many' });
    expect(read(Balance, await session())).toEqual({
      ok: false,
      failure: { kind: 'broken', status: 200 },
    });
  });
});

test('only silence and failures inside the server leave a send in doubt', async () => {
  answer = () => problem('internal');
  const internal = await session();
  answer = () => problem('rate-limited');
  const limited = await session();
  expect([internal, limited].map((one) => !one.ok && mayHaveArrived(one.failure))).toEqual([true, false]);
  expect(mayHaveArrived({ kind: 'unreachable', why: 'timeout' })).toBe(true);
  expect(mayHaveArrived({ kind: 'signed-out' })).toBe(false);
});

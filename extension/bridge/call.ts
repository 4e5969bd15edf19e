import type { z } from 'zod';
import { Problem } from '../../shared/api/problems.ts';
import type { Answer, Failure } from './failure.ts';
import { readServerUrl } from './server-url.ts';
import { forgetToken, readToken } from './token.ts';

/** Longer than the server needs for 10,000 recipients, shorter than anyone's patience. */
const patience = 20_000;

export interface Request {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Begins with `/v1/`. */
  path: string;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  headers?: Record<string, string>;
  /** Signing in is the one thing done without a session. */
  anonymous?: boolean;
  signal?: AbortSignal;
}

export interface Reply {
  status: number;
  etag: string | null;
  json: unknown;
}

const failed = (failure: Failure): { ok: false; failure: Failure } => ({ ok: false, failure });

/**
 * One call to the server. Never throws: what goes wrong comes back as a `Failure`. 304 is an answer without a body.
 * A 401 forgets the token, so that every open page shows the sign-in at once.
 */
export async function call(request: Request): Promise<Answer<Reply>> {
  const token = request.anonymous === true ? null : await readToken();
  if (token === null && request.anonymous !== true) return failed({ kind: 'signed-out' });
  const headers = new Headers({ Accept: 'application/json', ...request.headers });
  if (token !== null) headers.set('Authorization', `Bearer ${token}`);
  if (request.body !== undefined) headers.set('Content-Type', 'application/json');

  const clock = AbortSignal.timeout(patience);
  try {
    const response = await fetch(await addressOf(request), {
      method: request.method ?? 'GET',
      headers,
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      signal: request.signal === undefined ? clock : AbortSignal.any([clock, request.signal]),
      // The token is the only credential, and polling decides by ETag itself.
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
    });
    const text = response.status === 304 || response.status === 204 ? '' : await response.text();
    return await judge(response, text, token);
  } catch {
    // The body of an answer may break off as well as the call: both are silence.
    if (clock.aborted) return failed({ kind: 'unreachable', why: 'timeout' });
    return failed({ kind: 'unreachable', why: navigator.onLine === false ? 'offline' : 'network' });
  }
}

async function judge(response: Response, text: string, token: string | null): Promise<Answer<Reply>> {
  const json = parse(text);
  if (response.ok || response.status === 304) {
    if (json === undefined) return failed({ kind: 'broken', status: response.status });
    return { ok: true, value: { status: response.status, etag: response.headers.get('ETag'), json } };
  }
  const problem = Problem.safeParse(json);
  if (!problem.success) return failed({ kind: 'broken', status: response.status });
  if (response.status === 401 && token !== null) {
    // Somebody may have signed in anew while this call was on its way.
    if ((await readToken()) === token) await forgetToken();
    return failed({ kind: 'signed-out' });
  }
  return failed({ kind: 'problem', problem: problem.data });
}

/** Reads the answer by its schema; an answer of another shape is `broken`, not a crash further on. */
export function read<Schema extends z.ZodType>(
  schema: Schema,
  answer: Answer<Reply>,
): Answer<z.output<Schema>> {
  if (!answer.ok) return answer;
  const parsed = schema.safeParse(answer.value.json);
  return parsed.success
    ? { ok: true, value: parsed.data }
    : failed({ kind: 'broken', status: answer.value.status });
}

async function addressOf({ path, query = {} }: Request): Promise<string> {
  const url = new URL(path, (await readServerUrl()).url);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url.href;
}

/** Undefined where the text is not JSON; null where there is no text. */
function parse(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { hc } from 'hono/client';
import { z } from 'zod';
import type { Api } from '../../server/app.ts';
import { Problem } from '../../shared/api/problems.ts';
import { language } from '../locales/texts.ts';
import type { Answer, Failure } from './failure.ts';
import { readServerUrl } from './server-url.ts';
import { forgetToken, readToken } from './token.ts';

// Our pages run no code made out of strings (their content security policy); zod must not even try.
z.config({ jitless: true });

/** Longer than the server needs for 10,000 recipients, shorter than anyone's patience. */
const patience = 20_000;

/** The server's own routes, as types: a wrong path or body does not compile. */
export type Client = ReturnType<typeof hc<Api>>;

export interface How {
  /** Signing in is the one thing done without a session. */
  anonymous?: boolean;
  /** Calls the question off: its answer is no longer wanted. */
  signal?: AbortSignal;
  /** A file to send, with its own type. */
  file?: Blob;
  /** Milliseconds to wait, where it may take longer: files, and mail servers that are slow to answer. */
  patience?: number;
  /** The answer is a file. */
  wantsFile?: boolean;
}

export interface Reply {
  status: number;
  etag: string | null;
  json: unknown;
  /** Where a file was asked for and given. */
  file?: Blob;
}

type Response = Pick<globalThis.Response, 'ok' | 'status' | 'headers' | 'text' | 'blob'>;

const failed = (failure: Failure): { ok: false; failure: Failure } => ({ ok: false, failure });

/**
 * One call to the server. Never throws: what goes wrong comes back as a `Failure`. 304 is an answer without a body.
 * A 401 forgets the token, so that every open page shows the sign-in at once.
 */
export async function ask(
  send: (client: Client) => Promise<Response>,
  how: How = {},
): Promise<Answer<Reply>> {
  const token = how.anonymous === true ? null : await readToken();
  if (token === null && how.anonymous !== true) return failed({ kind: 'signed-out' });

  const clock = AbortSignal.timeout(how.patience ?? patience);
  const client = hc<Api>((await readServerUrl()).url, {
    headers: {
      Accept: 'application/json',
      'Accept-Language': language(),
      ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      ...(how.file === undefined ? {} : { 'Content-Type': how.file.type || 'application/octet-stream' }),
    },
    init: {
      signal: how.signal === undefined ? clock : AbortSignal.any([clock, how.signal]),
      // The token is the only credential, and polling decides by ETag itself.
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      ...(how.file === undefined ? {} : { body: how.file }),
    },
  });
  try {
    const response = await send(client);
    if (response.ok && how.wantsFile === true) {
      const { status } = response;
      return { ok: true, value: { status, etag: null, json: null, file: await response.blob() } };
    }
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

/** An answer whose content nobody needs. */
export function nothing(answer: Answer<Reply>): Answer<null> {
  return answer.ok ? { ok: true, value: null } : answer;
}

/** An answer that is a file. */
export function fileOf(answer: Answer<Reply>): Answer<Blob> {
  if (!answer.ok) return answer;
  const { file, status } = answer.value;
  return file === undefined ? failed({ kind: 'broken', status }) : { ok: true, value: file };
}

/** Something with the version that a change of it names, so that nobody's work is overwritten unseen. */
export interface Versioned<Value> {
  value: Value;
  etag: string | null;
}

export function versioned<Schema extends z.ZodType>(
  schema: Schema,
  answer: Answer<Reply>,
): Answer<Versioned<z.output<Schema>>> {
  const value = read(schema, answer);
  if (!value.ok) return value;
  return { ok: true, value: { value: value.value, etag: answer.ok ? answer.value.etag : null } };
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

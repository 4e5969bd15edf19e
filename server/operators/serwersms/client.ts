import { z } from 'zod';
import { exchange, type OperatorPorts, wholeNumber } from '../exchange.ts';
import type { Blame } from '../operator.ts';
import { blameOf, shortened, type Trouble } from '../outcomes.ts';
import { troubleOf } from './errors.ts';
import type { SerwerSmsSettings } from './settings.ts';

const errorAnswer = z.object({
  error: z.object({
    code: wholeNumber,
    type: z.string().catch(''),
    message: z.string().catch(''),
  }),
  success: z.unknown().optional(),
});

export type Answer = { ok: true; json: unknown } | Failure;

export interface Failure {
  ok: false;
  trouble: Trouble;
  /** The operator's code; null where it said none. */
  code: number | null;
  detail: string;
  retryAfter: number | null;
}

export type Client = (action: string, body: object, signal: AbortSignal) => Promise<Answer>;

/** `POST /<action>.json` with a bearer token; every action is a POST and errors come with HTTP 200. Never throws. */
export function createClient(settings: SerwerSmsSettings, ports: OperatorPorts): Client {
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${settings.token}`,
  };
  return async (action, body, signal) => {
    const url = `${settings.baseUrl}/${action}.json`;
    const heard = await exchange(ports, { method: 'POST', url, headers, body: JSON.stringify(body), signal });
    if (!heard.ok) return { ...heard, code: null };
    const refused = errorAnswer.safeParse(heard.json);
    if (!refused.success) {
      if (heard.status < 300) return { ok: true, json: heard.json };
      const detail = `HTTP ${heard.status}`;
      return { ok: false, trouble: 'unsure', code: null, detail, retryAfter: heard.retryAfter };
    }
    const { code, type, message } = refused.data.error;
    return {
      ok: false,
      // An answer that says both is no proof of either.
      trouble: refused.data.success === true ? 'unsure' : troubleOf(code),
      code,
      detail: `${code} ${type} ${message}`,
      retryAfter: heard.retryAfter,
    };
  };
}

/** The failure of what is not a send. */
export function failed(failure: Failure): { ok: false; blame: Blame; detail: string } {
  return { ok: false, blame: blameOf(failure.trouble), detail: shortened(failure.detail) };
}

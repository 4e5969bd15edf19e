import { z } from 'zod';
import { exchange, formBody, type OperatorPorts, wholeNumber } from '../exchange.ts';
import type { Trouble } from '../outcomes.ts';
import { troubleOf } from './errors.ts';
import type { TwilioSettings } from './settings.ts';

const errorAnswer = z.object({ code: wholeNumber, message: z.string().catch('') });

export type Answer =
  | { ok: true; json: unknown }
  | { ok: false; trouble: Trouble; status: number | null; detail: string; retryAfter: number | null };

export interface Client {
  post(path: string, fields: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Answer>;
  get(path: string, signal: AbortSignal): Promise<Answer>;
}

/** Forms and Basic authentication under `/2010-04-01/Accounts/{Sid}`. Never throws. */
export function createClient(settings: TwilioSettings, ports: OperatorPorts): Client {
  const { accountSid, authToken, apiKeySid, apiKeySecret } = settings;
  const login = apiKeySid === null ? `${accountSid}:${authToken}` : `${apiKeySid}:${apiKeySecret}`;
  const headers = { authorization: `Basic ${btoa(login)}` };
  const base = `${settings.baseUrl}/2010-04-01/Accounts/${accountSid}`;

  const ask = async (request: Parameters<typeof exchange>[1]): Promise<Answer> => {
    const heard = await exchange(ports, request);
    if (!heard.ok) return { ...heard, status: null };
    const { status, json, retryAfter } = heard;
    if (status < 300) return { ok: true, json };
    const refused = errorAnswer.safeParse(json);
    if (!refused.success)
      return { ok: false, trouble: 'unsure', status, detail: `HTTP ${status}`, retryAfter };
    const { code, message } = refused.data;
    return { ok: false, trouble: troubleOf(code), status, detail: `${code} ${message}`, retryAfter };
  };
  return {
    post: (path, fields, signal) =>
      ask({
        method: 'POST',
        url: base + path,
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
        body: formBody(fields),
        signal,
      }),
    get: (path, signal) => ask({ method: 'GET', url: base + path, headers, signal }),
  };
}

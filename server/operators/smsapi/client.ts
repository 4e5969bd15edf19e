import { z } from 'zod';
import { exchange, formBody, type OperatorPorts, wholeNumber } from '../exchange.ts';
import type { Blame } from '../operator.ts';
import { blameOf, shortened, type Trouble } from '../outcomes.ts';
import { troubleOf } from './errors.ts';
import type { SmsApiSettings } from './settings.ts';

/** A number as SMSAPI writes it: digits alone. A leading "+" makes it refuse the number (13). */
export function digitsOf(number: unknown): string {
  return typeof number === 'string' || typeof number === 'number' ? String(number).replace(/\D/g, '') : '';
}

/** Digits of the numbers that an answer calls invalid, in either spelling. */
export const invalidNumbers = z
  .array(z.object({ number: z.unknown().optional(), submitted_number: z.unknown().optional() }))
  .catch([])
  .transform((items) => {
    const digits = items.flatMap((it) => [digitsOf(it.submitted_number), digitsOf(it.number)]);
    return new Set(digits.filter(Boolean));
  });

/** `sms.do` numbers its errors, the REST resources name them. */
const errorAnswer = z.object({
  error: z.union([wholeNumber, z.string()]),
  message: z.string().catch(''),
  invalid_numbers: invalidNumbers,
  list: z.unknown().optional(),
});

export type Answer = { ok: true; json: unknown } | Failure;

export interface Failure {
  ok: false;
  trouble: Trouble;
  /** The number of the error; null where it has none. */
  code: number | null;
  detail: string;
  retryAfter: number | null;
  /** Digits of the numbers that the refusal is about. */
  invalidNumbers: ReadonlySet<string>;
}

export interface Client {
  /** Sends a form by POST. */
  post(path: string, fields: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Answer>;
  get(path: string, signal: AbortSignal): Promise<Answer>;
}

/** Never throws. */
export function createClient(settings: SmsApiSettings, ports: OperatorPorts): Client {
  const authorization = `Bearer ${settings.token}`;
  const ask = async (request: Parameters<typeof exchange>[1]): Promise<Answer> => {
    const heard = await exchange(ports, request);
    if (!heard.ok) return { ...heard, code: null, invalidNumbers: new Set() };
    const { json, status, retryAfter } = heard;
    const refused = errorAnswer.safeParse(json);
    if (!refused.success) {
      if (status < 300) return { ok: true, json };
      const detail = `HTTP ${status}`;
      return { ok: false, trouble: 'unsure', code: null, detail, retryAfter, invalidNumbers: new Set() };
    }
    const { error, message, invalid_numbers, list } = refused.data;
    const code = typeof error === 'number' ? error : null;
    const refusal: Trouble = code === null ? 'our-mistake' : troubleOf(code);
    return {
      ok: false,
      // An answer that refuses and lists what it took proves neither.
      trouble: list === undefined ? refusal : 'unsure',
      code,
      detail: `${error} ${message}`,
      retryAfter,
      invalidNumbers: invalid_numbers,
    };
  };
  return {
    post: (path, fields, signal) =>
      ask({
        method: 'POST',
        url: `${settings.baseUrl}${path}`,
        headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
        body: formBody(fields),
        signal,
      }),
    get: (path, signal) =>
      ask({ method: 'GET', url: `${settings.baseUrl}${path}`, headers: { authorization }, signal }),
  };
}

/** The failure of what is not a send. */
export function failed(failure: Failure): { ok: false; blame: Blame; detail: string } {
  return { ok: false, blame: blameOf(failure.trouble), detail: shortened(failure.detail) };
}

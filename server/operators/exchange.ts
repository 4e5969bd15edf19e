import { z } from 'zod';
import type { Trouble } from './outcomes.ts';
import { type Transport, TransportError, type TransportRequest } from './transport.ts';

/** What every adapter is given. */
export interface OperatorPorts {
  transport: Transport;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Where the operator pushes delivery reports, with the secret in its path; null: reports are polled. */
  reportsUrl: string | null;
  /** Told what went wrong where the contract says to leave out and go on. */
  onTrouble?(what: string, detail: string): void;
}

/** How long anything but a send may take: those have no signal of their own. */
export const patience = 30_000;

/** The end of one question: its own patience, or the asker's. */
export const within = (signal: AbortSignal | undefined): AbortSignal =>
  AbortSignal.any([AbortSignal.timeout(patience), ...(signal === undefined ? [] : [signal])]);

/** A whole number that some operators write as a string. */
export const wholeNumber = z.union([
  z.number().int(),
  z
    .string()
    .regex(/^-?\d{1,9}$/)
    .transform(Number),
]);

/** What came of a request: an answer in JSON, or the trouble that stands for its lack. */
export type Exchange =
  | { ok: true; status: number; json: unknown; retryAfter: number | null }
  | { ok: false; trouble: Trouble; detail: string; retryAfter: number | null };

/**
 * One request, one JSON answer. Never throws.
 *
 * Not taken, proven: nothing was written, 429, 401 and 403. Unsure: cut off, ended, 408, 5xx, a redirection, unreadable.
 * Any other status whose body is JSON is the adapter's to read; the content type decides nothing, as operators
 * send JSON under any.
 */
export async function exchange(ports: OperatorPorts, request: TransportRequest): Promise<Exchange> {
  let answer: Awaited<ReturnType<Transport>>;
  try {
    answer = await ports.transport(request);
  } catch (error) {
    const written = !(error instanceof TransportError) || error.written;
    const words = error instanceof Error ? error.message : String(error);
    return { ok: false, trouble: written ? 'unsure' : 'busy', detail: words, retryAfter: null };
  }
  const { status, text } = answer;
  const retryAfter = retryAfterOf(answer.header('retry-after'), ports.now());
  const json = readJson(text);
  const failed = (trouble: Trouble): Exchange => ({
    ok: false,
    trouble,
    detail: `HTTP ${status}${wordsOf(json)}`,
    retryAfter,
  });
  if (status === 429) return failed('busy');
  if (status === 401 || status === 403) return failed('auth');
  const vague = status < 200 || (status >= 300 && status < 400) || status === 408 || status >= 500;
  if (vague) return failed('unsure');
  if (json === undefined)
    return { ok: false, trouble: 'unsure', detail: unreadable(status, text), retryAfter };
  return { ok: true, status, json, retryAfter };
}

/** `Retry-After`, seconds or an HTTP date (RFC 9110 §10.2.3), in milliseconds; at most a day, at least nothing. */
export function retryAfterOf(header: string | null, now: number): number | null {
  if (header === null) return null;
  const wait = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), 86_400_000);
}

export function formBody(fields: Readonly<Record<string, string>>): string {
  return new URLSearchParams(fields).toString();
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `: code message`, when an error's body says either. */
function wordsOf(json: unknown): string {
  if (typeof json !== 'object' || json === null) return '';
  const { code, error, message } = json as Record<string, unknown>;
  const words = [code, error, message].filter((word) => typeof word === 'string' || typeof word === 'number');
  return words.length === 0 ? '' : `: ${words.join(' ')}`;
}

function unreadable(status: number, text: string): string {
  return text.trim() === '' ? `HTTP ${status} with an empty body` : `HTTP ${status} with an unreadable body`;
}

import { countParts } from '../../../shared/sms-text/index.ts';
import type { Fault, Faults, ReportFault } from '../simulator-faults.ts';
import { json, type Reply, refusedByServer, spoiled } from '../simulator-server.ts';
import type { Taken, TakenMessages } from '../simulator-taken.ts';
import { toWarsaw } from './time.ts';

/** What the official clients may put into a request. */
export interface Body {
  phone?: string | string[];
  text?: string;
  messages?: { phone: string; text: string }[];
  sender?: string;
  details?: boolean;
  unique_id?: string | string[];
  id?: string | string[];
  dlr_url?: string;
  name?: string;
}

export interface SendingState {
  duplicateControl: boolean;
  /** Parts left of FULL; null: no limit. */
  credit: number | null;
}

interface Parts {
  state: SendingState;
  senders: ReadonlyMap<string, { status: string }>;
  taken: TakenMessages;
  faults: Faults<Fault>;
  reportFaults: Faults<ReportFault>;
  push(it: Taken, status: string): Promise<void>;
}

export function error(code: number, type: string, message: string): Reply {
  return json({ error: { code, type, message } });
}

const sendError = (code: number, message: string): Reply => error(code, 'SendError', message);

/** `messages/send_sms` and `messages/send_personalized`. */
export function createSending({ state, senders, taken, faults, reportFaults, push }: Parts) {
  let sequence = 0;

  /** Why the whole request is refused, in the order in which the operator would look; null: it is not. */
  function refusal(body: Body, count: number, most: number, fault: Fault | null): Reply | null {
    const ids = body.unique_id === undefined ? null : [body.unique_id].flat();
    const usable = body.sender === undefined || senders.get(body.sender)?.status === 'authorized';
    if (fault === 'busy') return error(1010, 'SystemError', 'System chwilowo niedostępny');
    if (fault === 'token-expired') return error(1011, 'InvalidToken', 'Token wygasł');
    if (fault === 'no-credit') return sendError(3002, 'Wyczerpano limit dostępnych wiadomości SMS FULL');
    if (fault === 'unknown-code') return sendError(9876, 'Nowy błąd');
    if (fault === 'refused-message') return sendError(3103, 'Nieprawidłowy odbiorca');
    if (count === 0) return sendError(3104, 'Brak numerów');
    if (count > most) return sendError(3110, 'Za dużo wiadomości');
    if (!usable || fault === 'sender-pending') return sendError(3106, 'Nie można użyć tej nazwy nadawcy');
    if (ids === null) return null;
    if (ids.some((id) => !/^[a-zA-Z0-9]{3,50}$/.test(id))) {
      return sendError(3200, 'Niepoprawne znaki w unique_id');
    }
    if (ids.length !== count) return sendError(3202, 'Niezgodna liczba unique_id');
    const known = state.duplicateControl && ids.some((id) => taken.ofOurs(id).length > 0);
    return known ? sendError(3201, 'unique_id nie jest unikalne') : null;
  }

  return async function send(body: Body, personalised: boolean): Promise<Reply> {
    const messages = personalised
      ? (body.messages ?? [])
      : [body.phone ?? []].flat().map((phone) => ({ phone, text: body.text ?? '' }));
    const fault = faults.take(messages.map((it) => it.phone));
    const refused =
      refusedByServer(fault) ?? refusal(body, messages.length, personalised ? 10_000 : 100_000, fault);
    if (refused !== null) return refused;
    const numbers = new Set<string>();
    const items = [];
    for (const [at, { phone, text }] of messages.entries()) {
      // A number's second text in one request is dropped without a word.
      if (numbers.has(phone)) continue;
      numbers.add(phone);
      const halfway = at >= messages.length / 2;
      const parts = countParts(text).parts;
      const short = state.credit !== null && state.credit < parts;
      if (fault === 'some-unsent' && at % 2 === 1) items.push(unsent(phone, 3103, 'Nieprawidłowy odbiorca'));
      else if (!/^\+?\d{8,15}$/.test(phone)) items.push(unsent(phone, 2001, 'Nieprawidłowy numer'));
      else if (parts > 6) items.push(unsent(phone, 3102, 'Za długa treść'));
      else if (short || (fault === 'credit-mid-batch' && halfway)) {
        items.push(unsent(phone, 3002, 'Wyczerpano limit'));
      } else {
        const it = take([body.unique_id ?? []].flat()[at] ?? null, phone, text, parts, body);
        if (reportFaults.due('report-before-answer')) await push(it, 'delivered');
        items.push(queued(it, fault));
      }
    }
    const left = items.filter((item) => item.status === 'unsent').length;
    const counts = { success: true, queued: items.length - left, unsent: left };
    const detailed = body.details === true && fault !== 'success-without-items';
    const honest = json(detailed ? { ...counts, items } : counts);
    return spoiled(fault, honest) ?? honest;
  };

  function take(ourId: string | null, number: string, text: string, parts: number, body: Body): Taken {
    sequence += 1;
    if (state.credit !== null) state.credit -= parts;
    return taken.add({
      operatorMessageId: ((sequence * 2654435761) % 0x10000000000).toString(16).padStart(10, '0'),
      ourId,
      number,
      sender: body.sender ?? 'ECO',
      text,
      parts,
      at: Date.now(),
      cancelled: false,
      status: 'sent',
      reportsUrl: body.dlr_url ?? null,
    });
  }

  function queued(it: Taken, fault: Fault | null) {
    return {
      id: it.operatorMessageId,
      phone: it.number,
      status: 'queued',
      queued: toWarsaw(it.at),
      parts: fault === 'negative-parts' ? -3 : fault === 'parts-as-string' ? String(it.parts) : it.parts,
      text: it.text,
      stat_id: String(sequence),
    };
  }
}

function unsent(phone: string, error_code: number, error_message: string) {
  return { id: '', phone, status: 'unsent', error_code, error_message };
}

import { describe, expect, test } from 'vitest';
import { senderNameStates } from '../api/sender-names.ts';
import {
  type Cause,
  isReserved,
  isSelectable,
  maySendUnder,
  type SenderNameEvent,
  transition,
  transitions,
} from './state.ts';
import { eventOf, serwersmsReceipt, serwersmsVerdict, smsapiVerdict, type Verdict } from './verdict.ts';

const user: Cause = { by: 'user' };
const operator: Cause = { by: 'operator' };
const administrator: Cause = { by: 'administrator', note: 'Odpowiedź operatora: zgoda' };
const causes = [user, operator, administrator];
const events = Object.keys(transitions) as SenderNameEvent[];

describe('R11: states of a sender name', () => {
  test('from draft to authorised, and on to deactivated', () => {
    const steps: [SenderNameEvent, Cause][] = [
      ['accept-statement', user],
      ['submit', user],
      ['authorise', operator],
      ['deactivate', operator],
    ];
    let state: (typeof senderNameStates)[number] = 'draft';
    const path = steps.map(([event, cause]) => {
      const result = transition(state, event, cause);
      if (result.ok) state = result.to;
      return state;
    });
    expect(path).toEqual(['statement-accepted', 'submitted', 'authorised', 'deactivated']);
  });

  test('every move that is allowed, and no other', () => {
    const allowed = senderNameStates.flatMap((from) =>
      events.flatMap((event) =>
        causes.flatMap((cause) => {
          const result = transition(from, event, cause);
          return result.ok ? [`${from} > ${result.to} by ${cause.by}`] : [];
        }),
      ),
    );
    expect(allowed.sort()).toEqual(
      [
        'draft > statement-accepted by user',
        'rejected > statement-accepted by user',
        'deactivated > statement-accepted by user',
        'statement-accepted > draft by user',
        'statement-accepted > submitted by user',
        'submitted > authorised by operator',
        'submitted > authorised by administrator',
        'deactivated > authorised by operator',
        'deactivated > authorised by administrator',
        'submitted > rejected by operator',
        'submitted > rejected by administrator',
        'authorised > deactivated by operator',
        'authorised > deactivated by administrator',
        ...senderNameStates
          .filter((state) => state !== 'withdrawn')
          .map((state) => `${state} > withdrawn by user`),
      ].sort(),
    );
  });

  test('R27: a rejected name is authorised again only by the whole way from its statement on', () => {
    expect(transition('rejected', 'authorise', operator).ok).toBe(false);
    expect(transition('rejected', 'submit', user).ok).toBe(false);
    expect(transition('rejected', 'accept-statement', user)).toEqual({ ok: true, to: 'statement-accepted' });
  });

  test('no user authorises, and no administrator without the operator’s reply', () => {
    expect(transition('submitted', 'authorise', user)).toEqual({ ok: false, refusal: 'not-by-them' });
    for (const note of ['', '  \n']) {
      const result = transition('submitted', 'authorise', { by: 'administrator', note });
      expect(result).toEqual({ ok: false, refusal: 'note-missing' });
    }
  });

  test('R13: a name is authorised only after its statement was submitted', () => {
    for (const from of ['draft', 'statement-accepted', 'rejected', 'withdrawn'] as const) {
      expect(transition(from, 'authorise', operator)).toEqual({ ok: false, refusal: 'not-from-this-state' });
    }
  });

  test('R21: under an authorised name alone anything is sent', () => {
    expect(senderNameStates.filter(maySendUnder)).toEqual(['authorised']);
  });

  test('R24, R25: what may be selected: a name whose authorisation need not run again', () => {
    expect(senderNameStates.filter(isSelectable)).toEqual(['statement-accepted', 'submitted', 'authorised']);
  });

  test('R10b: rejected and withdrawn names release the reservation', () => {
    expect(senderNameStates.filter(isReserved)).toEqual([
      'statement-accepted',
      'submitted',
      'authorised',
      'deactivated',
    ]);
  });
});

describe("operators' words", () => {
  test('SerwerSMS', () => {
    const words = [
      'pending_authorization',
      'authorized',
      'rejected',
      'deactivated',
      'new_word',
      '',
      '__proto__',
    ];
    expect(words.map(serwersmsVerdict)).toEqual([
      'pending',
      'authorised',
      'rejected',
      'deactivated',
      'unknown',
      'unknown',
      'unknown',
    ]);
    const agreements = ['required', 'delivered', 'not_required', '?'];
    expect(agreements.map(serwersmsReceipt)).toEqual(['required', 'received', 'not-required', 'unknown']);
  });

  test('SMSAPI', () => {
    const words = ['PENDING', 'ACTIVE', 'REJECTED', 'INACTIVE', 'DELETED', 'OTHER'];
    expect(words.map(smsapiVerdict)).toEqual([
      'pending',
      'authorised',
      'rejected',
      'deactivated',
      'deactivated',
      'unknown',
    ]);
  });

  test('a verdict only ever causes a move that the states allow, and told twice nothing more', () => {
    const verdicts: Verdict[] = ['pending', 'authorised', 'rejected', 'deactivated', 'unknown'];
    for (const state of senderNameStates) {
      for (const verdict of verdicts) {
        const event = eventOf(verdict, state);
        if (event === undefined) continue;
        const result = transition(state, event, operator);
        expect(result.ok, `${verdict} in ${state}`).toBe(true);
        if (result.ok) expect(eventOf(verdict, result.to)).toBeUndefined();
      }
    }
  });

  test('R5, R11: a name is defined here: an operator’s yes is heard only where a statement was submitted', () => {
    expect(senderNameStates.filter((state) => eventOf('authorised', state) !== undefined)).toEqual([
      'submitted',
      'deactivated',
    ]);
    expect(eventOf('rejected', 'submitted')).toBe('reject');
    expect(eventOf('deactivated', 'submitted')).toBeUndefined();
    expect(eventOf('deactivated', 'authorised')).toBe('deactivate');
  });
});

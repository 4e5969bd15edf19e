import { describe, expect, it } from 'vitest';
import { effectiveName, mayResendAt, type NameRecord, nextStep, usualAnswer, waitingFor } from './rules.ts';

const names = new Map<string, NameRecord>([
  ['snd_1', { id: 'snd_1', name: 'Grupa Nowak', state: 'authorised', stateSince: 1 }],
  ['snd_2', { id: 'snd_2', name: 'Nowak', state: 'submitted', stateSince: 2 }],
]);

describe('the effective name of a company', () => {
  it('R9: is the program’s where the company has none of its own', () => {
    expect(effectiveName({ senderNameId: null }, { senderNameId: 'snd_1' }, names)).toEqual({
      id: 'snd_1',
      name: 'Grupa Nowak',
      state: 'authorised',
      since: 1,
      source: 'program',
    });
  });

  it('R9, R21: is the company’s own even while it waits, with no silent fallback', () => {
    const found = effectiveName({ senderNameId: 'snd_2' }, { senderNameId: 'snd_1' }, names);
    expect(found).toMatchObject({ id: 'snd_2', state: 'submitted', source: 'individual' });
  });

  it('is none where no slot is set, and none where a slot points at nothing', () => {
    expect(effectiveName({ senderNameId: null }, { senderNameId: null }, names)).toBeNull();
    expect(effectiveName({ senderNameId: 'snd_9' }, { senderNameId: 'snd_1' }, names)).toBeNull();
  });
});

describe('R22: the operator usually answers within 24 hours', () => {
  it('and it is longer than usual from the 24th hour on, to the millisecond', () => {
    expect(waitingFor(1000, 1000 + usualAnswer - 1).longerThanUsual).toBe(false);
    expect(waitingFor(1000, 1000 + usualAnswer)).toEqual({
      since: 1000,
      usuallyUntil: 1000 + usualAnswer,
      longerThanUsual: true,
    });
  });

  it('a second mail gives it that time again', () => {
    expect(mayResendAt({ since: 0, lastSentAt: null })).toBe(usualAnswer);
    expect(mayResendAt({ since: 0, lastSentAt: 5000 })).toBe(5000 + usualAnswer);
  });
});

describe('what the user does next', () => {
  const facts = { variant: 'crm', submission: null, resendAt: 100, now: 0 } as const;
  it.each([
    ['draft', {}, 'accept-statement'],
    ['rejected', {}, 'accept-statement'],
    ['deactivated', {}, 'accept-statement'],
    ['statement-accepted', {}, 'submit'],
    ['statement-accepted', { submission: 'failed' }, 'submit'],
    ['statement-accepted', { submission: 'sending' }, 'sending'],
    ['statement-accepted', { submission: 'unknown' }, 'check-and-resend'],
    ['statement-accepted', { variant: 'without-crm' }, 'send-yourself'],
    ['submitted', { submission: 'sent' }, 'wait'],
    ['submitted', { submission: 'sent', now: 100 }, 'resend'],
    ['submitted', { submission: 'sending', now: 100 }, 'sending'],
    ['submitted', { variant: 'without-crm', now: 100 }, 'resend'],
    ['authorised', {}, 'none'],
    ['withdrawn', {}, 'none'],
  ] as const)('%s %j: %s', (state, more, next) => {
    expect(nextStep({ ...facts, ...more, state })).toBe(next);
  });
});

import { describe, expect, it } from 'vitest';
import { ProblemException } from '../../shared/api/problems.ts';
import { refuseChange, sameName } from './adding.ts';
import { closedBecause } from './configuration.ts';
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

describe('two scopes', () => {
  const program = { senderNameId: 'snd_1' };
  const sourceOf = (own: string | null) => effectiveName({ senderNameId: own }, program, names)?.source;

  it('R6: one record in several slots is one name everywhere', () => {
    const [first, second] = ['snd_2', 'snd_2'].map((senderNameId) =>
      effectiveName({ senderNameId }, program, names),
    );
    expect(first).toEqual(second);
    expect(effectiveName({ senderNameId: 'snd_1' }, program, names)).toMatchObject({ id: 'snd_1' });
  });

  it('R7: it is told where the name comes from', () => {
    expect([sourceOf(null), sourceOf('snd_2')]).toEqual(['program', 'individual']);
    // Also where a company has chosen the very name of the program.
    expect(sourceOf('snd_1')).toBe('individual');
  });

  it('R8: a company without a name of its own returns to the program’s', () => {
    expect(effectiveName({ senderNameId: 'snd_2' }, program, names)?.id).toBe('snd_2');
    expect(effectiveName({ senderNameId: null }, program, names)?.id).toBe('snd_1');
  });
});

describe('who may configure', () => {
  it('R3: with the CRM module only where there is a mail account; without it always', () => {
    expect(closedBecause({ hasCrm: true, hasMailAccount: false })).toBe('mail-account-missing');
    expect(closedBecause({ hasCrm: true, hasMailAccount: true })).toBeNull();
    expect(closedBecause({ hasCrm: false, hasMailAccount: false })).toBeNull();
  });
});

describe('the current name is changed', () => {
  const slot = (changedAt: number | null) => ({
    organisationId: 'org_1',
    slot: 'program',
    current: { id: 'snd_1', name: 'Grupa Nowak', state: 'authorised' as const, since: 1 },
    changedAt,
  });
  const codeOf = (act: () => void) => {
    try {
      act();
      return null;
    } catch (error) {
      return error instanceof ProblemException ? error.code : error;
    }
  };
  const days30 = 30 * 24 * 60 * 60 * 1000;

  it('R26: only where there is one, and not while it is locked', () => {
    expect(codeOf(() => refuseChange({ ...slot(null), current: null }, 0))).toBe('slot-empty');
    expect(codeOf(() => refuseChange(slot(null), 0))).toBeNull();
    expect(codeOf(() => refuseChange(slot(0), days30 - 1000))).toBe('change-locked');
    expect(codeOf(() => refuseChange(slot(0), days30))).toBeNull();
  });

  it('R27: to the same name is no change, however it is typed', () => {
    for (const typed of ['Grupa Nowak', ' grupa  nowak ', 'GRUPA NOWAK']) {
      expect(sameName(slot(null), typed)).toBe('snd_1');
    }
    expect(sameName(slot(null), 'GrupaNowak')).toBeNull();
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

describe('R18: what the user does next with a mail that failed, may have gone out, or went out', () => {
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

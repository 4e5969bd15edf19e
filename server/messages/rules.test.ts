import { describe, expect, test } from 'vitest';
import { BatchDraft } from '../../shared/api/batches.ts';
import { ProblemException } from '../../shared/api/problems.ts';
import { senderNameStates } from '../../shared/api/sender-names.ts';
import type { Actor } from '../access/actor.ts';
import { checkRecipients } from './recipients.ts';
import { type CompanyFacts, type Gate, passGate } from './rules.ts';

const draft = BatchDraft.parse({
  companyId: 'com_1',
  text: 'Zamówienie gotowe',
  recipients: [{ number: '600100200' }, { number: '600100201' }],
});

const person = (...roles: Actor['roles'][number][]): Actor => ({
  kind: 'person',
  id: 'per_1',
  organisationId: 'org_1',
  roles,
  scopes: [],
  companies: null,
  session: null,
});
const key = (...scopes: Actor['scopes'][number][]): Actor => ({ ...person(), kind: 'api-key', scopes });

const authorised = { id: 'snd_1', name: 'Firma Nowak', state: 'authorised', since: 1 };
const company = (more: Partial<CompanyFacts> = {}): CompanyFacts => ({
  id: 'com_1',
  hrmPermission: true,
  day: { timeZone: 'Europe/Warsaw', from: 6, until: 22 },
  quietForAll: false,
  quota: null,
  name: authorised,
  balance: 100,
  ...more,
});
const gate = (more: Partial<Gate> = {}): Gate => ({
  actor: person('sender'),
  draft,
  recipients: checkRecipients(draft),
  company: company(),
  hrm: null,
  optedOut: new Set(),
  consents: new Set(),
  maximumParts: 6,
  ...more,
});
const hrm = { permitted: true, lacking: new Set<number>() };

const refusal = (given: Gate, mode: 'send' | 'preview' = 'send'): string | null => {
  try {
    passGate(given, mode);
    return null;
  } catch (error) {
    if (error instanceof ProblemException) return error.code;
    throw error;
  }
};

/** Everybody who may send at all, with the origin that they send from. */
const senders: [string, Partial<Gate>][] = [
  ['an administrator', { actor: person('administrator') }],
  ['a sender', { actor: person('sender') }],
  ['an API key', { actor: key('send') }],
  ['an administrator from HRM', { actor: person('administrator'), hrm }],
  ['hr from HRM', { actor: person('hr'), hrm }],
  ['an API key of an HRM application', { actor: key('hrm:notify'), hrm }],
];

describe('the send gate', () => {
  test('R2: the name and the package are two gates, each with a code of its own', () => {
    expect(refusal(gate({ company: company({ name: null }) }))).toBe('sender-name-missing');
    expect(refusal(gate({ company: company({ balance: 0 }) }))).toBe('insufficient-parts');
    // Never a part of the batch: one part short stops all of it.
    expect(refusal(gate({ company: company({ balance: 1 }) }))).toBe('insufficient-parts');
    expect(refusal(gate({ company: company({ balance: 2 }) }))).toBeNull();
    expect(refusal(gate({ company: company({ name: null, balance: 0 }) }))).toBe('sender-name-missing');
  });

  test('R4: what passes goes out under the effective name', () => {
    expect(passGate(gate(), 'send')).toMatchObject({ senderNameId: 'snd_1', senderName: 'Firma Nowak' });
  });

  test.each(senders)('R21: %s sends under an authorised name, and under no other', (_who, more) => {
    expect(refusal(gate(more))).toBeNull();
    for (const state of senderNameStates.filter((one) => one !== 'authorised')) {
      const named = company({ name: { ...authorised, state } });
      for (const mode of ['send', 'preview'] as const) {
        expect(refusal(gate({ ...more, company: named }), mode), state).toBe('sender-name-not-authorised');
      }
    }
    expect(refusal(gate({ ...more, company: company({ name: null }) }))).toBe('sender-name-missing');
  });

  test('R21, R2: the name comes before the package, and says its state and since when', () => {
    const name = { ...authorised, state: 'submitted', since: Date.UTC(2026, 2, 4, 10) };
    expect(() => passGate(gate({ company: company({ name, balance: 0 }) }), 'send')).toThrow(
      expect.objectContaining({
        code: 'sender-name-not-authorised',
        facts: { name: 'Firma Nowak', state: 'submitted', since: '2026-03-04T10:00:00.000Z' },
      }),
    );
  });

  test('R30: from HRM the company’s permission is needed in addition to the name and the package', () => {
    const off = { hrm: { ...hrm, permitted: false }, actor: person('hr') };
    expect(refusal(gate(off))).toBe('hrm-not-permitted');
    expect(refusal(gate({ ...off, company: company({ balance: 0 }) }))).toBe('insufficient-parts');
    expect(refusal(gate({ ...off, company: company({ name: null }) }))).toBe('sender-name-missing');
    expect(refusal(gate())).toBeNull();
  });
});

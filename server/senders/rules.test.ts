import { describe, expect, it } from 'vitest';
import { effectiveName, type NameRecord } from './rules.ts';

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

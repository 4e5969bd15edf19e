import { describe, expect, it } from 'vitest';
import { digestOf } from './digest.ts';
import { fieldsOf, hrmEventIds, hrmEventOf, hrmLanguages } from './events.ts';
import { initials, withInitials } from './initials.ts';
import { numberKindOf } from './number-kind.ts';
import { sampleValues, unknownFields, writeText } from './text.ts';

describe('the catalogue of events', () => {
  it.each(hrmEventIds)(
    '%s has whole templates in both languages, one part long, of fields that it has',
    (id) => {
      for (const language of hrmLanguages) {
        const template = hrmEventOf(id).text[language];
        expect(unknownFields(id, template)).toEqual([]);
        const { text, missing } = writeText(id, template, sampleValues(id, language));
        expect(missing).toEqual([]);
        expect(text).not.toMatch(/[{}]/);
        expect(text.length).toBeLessThanOrEqual(160);
      }
    },
  );

  it('says nothing of the reason or the days of an absence by default', () => {
    for (const id of hrmEventIds.filter((each) => each.startsWith('absence'))) {
      for (const language of hrmLanguages) {
        expect(hrmEventOf(id).text[language]).not.toMatch(/\{(Od|Do|Rodzaj|From|To|Kind)/);
      }
    }
  });

  it('has each field once in a language', () => {
    for (const id of hrmEventIds) {
      for (const language of hrmLanguages) {
        const names = fieldsOf(id).map((field) => field[language]);
        expect(new Set(names).size, id).toBe(names.length);
      }
    }
  });

  it('takes a field by its id and by either language’s name', () => {
    for (const name of ['{day}', '{Dzień}', '{DAY}', '{dzień}']) {
      expect(writeText('training', name, { day: 'jutro' }).text).toBe('jutro');
    }
    expect(unknownFields('birthday', '{Pracownik} {Choroba}')).toEqual(['Choroba']);
  });
});

describe('initials', () => {
  it.each([
    ['Anna Nowak', 'A.N.'],
    ['  żaneta   Łoś-Ćwik ', 'Ż.Ł.-Ć.'],
    ['O’Neil Sean', 'O.S.'],
    ['', ''],
    ['---', '---'],
    ['👷', '👷'],
    ['A.N.-K.', 'A.N.-K.'],
    ['Ł.-Ć.A.', 'Ł.-Ć.A.'],
    ['N.', 'N.'],
  ])('of %j are %j', (name, short) => {
    expect(initials(name)).toBe(short);
  });

  it('stand for full names in an employee’s row, and for nothing else', () => {
    const row = {
      Pracownik: 'Anna Nowak',
      Imię: 'Anna',
      Nazwisko: 'Nowak',
      Stanowisko: 'Starszy magazynier',
      Przełożony: 'Jan Kos',
      Kto: 'Anna Nowak',
    };
    expect(withInitials(row, 'Anna Nowak')).toEqual({
      Pracownik: 'A.N.',
      Imię: 'Anna',
      Nazwisko: 'N.',
      Stanowisko: 'Starszy magazynier',
      Przełożony: 'J.K.',
      Kto: 'A.N.',
    });
  });
});

describe('whose number a column holds', () => {
  it.each([
    ['Telefon prywatny', 'private'],
    ['Tel. pryw.', 'private'],
    ['Telefon domowy', 'private'],
    ['Telefon służbowy', 'business'],
    ['tel. sluzb.', 'business'],
    ['Work phone', 'business'],
    ['Home phone', 'private'],
    ['Telefon', null],
    ['Telefon SMS', null],
    ['', null],
  ])('%s: %s', (heading, kind) => {
    expect(numberKindOf(heading)).toBe(kind);
  });
});

describe('a digest', () => {
  it('has a line for each notification', () => {
    expect(digestOf(['Pierwsze.', 'Drugie.'], 'pl', 6)).toBe(
      'Powiadomienia z HRM (2):\n- Pierwsze.\n- Drugie.',
    );
  });

  it('says only how many there are when the operator would not take it', () => {
    expect(digestOf(Array(30).fill('x'.repeat(60)), 'en', 6)).toBe(
      'Notifications from HRM: 30. See HRM for details.',
    );
  });
});

import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { mailtoUrl } from './mailto.ts';
import { statementEn } from './statement.en.ts';
import { statementPl } from './statement.pl.ts';
import {
  missingStampFields,
  renderStatement,
  type StatementDetails,
  statementMail,
  statementVersion,
} from './statement.ts';

const details: StatementDetails = {
  variant: 'crm',
  language: 'pl',
  company: 'Nowak sp. z o.o.',
  address: 'ul. Prosta 1\r\n00-001 Warszawa',
  nip: 'PL 8567346215',
  name: 'Firma Nowak',
  signatory: 'Anna Nowak',
  email: 'anna@example.com',
  date: Date.UTC(2026, 6, 1, 22, 30),
};

/** The texts of each version, by their digest: what was accepted under a version must stay what it says. */
const digests: Readonly<Record<string, string>> = {
  '2026-01': '141a4a24375a95b4254eecc4bf4f0cf3c95a136d8ce11e3a7632934bf9a3e63c',
};

describe("the owner's statement", () => {
  test('a version stands for one text', () => {
    const digest = createHash('sha256')
      .update(JSON.stringify([statementPl, statementEn]))
      .digest('hex');
    expect(
      digests[statementVersion],
      'a changed text needs a new statementVersion, and its digest here',
    ).toBe(digest);
  });

  test('R13, R14, R15: it says who, which name, and what is declared', () => {
    expect(renderStatement(details)).toEqual({
      version: statementVersion,
      title: 'Oświadczenie właściciela nazwy nadawcy SMS',
      text:
        'Działając w imieniu Nowak sp. z o.o., ul. Prosta 1, 00-001 Warszawa, NIP 856-734-62-15, oświadczam, że przysługuje nam ' +
        'prawo do posługiwania się nazwą „Firma Nowak” i zezwalam na wykorzystywanie jej jako nazwy nadawcy wiadomości SMS ' +
        'wysyłanych w naszym imieniu.\nOsoba składająca: Anna Nowak, anna@example.com, 2 lipca 2026.',
    });
  });

  test('R19: without CRM it reads differently', () => {
    for (const language of ['pl', 'en'] as const) {
      const texts = (['crm', 'without-crm'] as const).map(
        (variant) => renderStatement({ ...details, variant, language }).text,
      );
      expect(new Set(texts).size).toBe(2);
    }
  });

  test('R17: the e-mail is enough for a person to act on, in both languages and variants', () => {
    for (const language of ['pl', 'en'] as const) {
      for (const variant of ['crm', 'without-crm'] as const) {
        const { subject, body } = statementMail({ ...details, language, variant });
        expect(subject).toContain('Firma Nowak');
        for (const fact of [
          'Nowak sp. z o.o.',
          'ul. Prosta 1, 00-001 Warszawa',
          '856-734-62-15',
          'Anna Nowak',
          'anna@example.com',
          '2026',
        ]) {
          expect(body).toContain(fact);
        }
        expect(body).toContain(renderStatement({ ...details, language, variant }).text);
        expect(`${subject}${body}`).not.toMatch(/[{}]|undefined/);
      }
    }
  });

  test('R20: it fits a mailto link with long Polish company data', () => {
    const long = {
      ...details,
      variant: 'without-crm',
      company: 'Przedsiębiorstwo Usługowo-Wytwórcze „Żółte Łąki” Spółka z ograniczoną odpowiedzialnością',
      address: 'ul. Księdza Świętosława Błażyńskiego 123/45, 05-123 Międzyłęż Śródmieście',
      signatory: 'Grzegorz Brzęczyszczykiewicz-Święcicki',
    } as const;
    expect(mailtoUrl({ to: 'zgody@example.com', ...statementMail(long) })).toMatchObject({
      shortened: false,
    });
  });

  test('R18: what is typed adds no header, no line and no field', () => {
    const hostile = {
      ...details,
      name: 'A\r\nBcc: b@c.pl',
      company: '{nip}\n\nX',
      signatory: 'J\0an\u202e',
      address: '\\{name}',
    };
    const { subject, body } = statementMail(hostile);
    expect(subject).not.toMatch(/[\r\n]/);
    expect(body).toContain('Firma: {nip}, X\n');
    expect(body).toContain('Adres: \\{name}\n');
    expect(body).toContain('J an,');
    expect(body.split('\n')).toHaveLength(statementMail(details).body.split('\n').length);
  });

  test('R14: it is the owner’s by its title, and names the person who signs, in both languages', () => {
    const titles = { pl: /^Oświadczenie właściciela/, en: /^Owner's statement/ };
    for (const language of ['pl', 'en'] as const) {
      const { title, text } = renderStatement({ ...details, language });
      expect(title).toMatch(titles[language]);
      expect(text).toContain('Anna Nowak, anna@example.com');
    }
  });

  test('R16: what was edited is what it says, and a NIP is printed one way however it was typed', () => {
    const text = renderStatement({ ...details, company: 'Inna sp. j.', nip: '123-456-32-18' }).text;
    expect(text).toContain('Działając w imieniu Inna sp. j., ');
    for (const nip of ['8567346215', 'PL8567346215', '856 734 62 15', 'PL 856-734-62-15']) {
      expect(renderStatement({ ...details, nip }).text).toContain('NIP 856-734-62-15,');
    }
  });

  test('R15: empty fields are named, and shown as blanks', () => {
    expect(missingStampFields({})).toEqual(['company', 'address', 'nip']);
    expect(missingStampFields({ company: 'A', address: ' \n ', nip: '8567346215' })).toEqual(['address']);
    expect(missingStampFields(details)).toEqual([]);
    expect(renderStatement({ ...details, nip: '', address: ' ' }).text).toContain(
      'Nowak sp. z o.o., ________, NIP ________,',
    );
  });
});

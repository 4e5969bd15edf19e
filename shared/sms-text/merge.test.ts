import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldKey, mergeFields, parseTemplate } from './merge.ts';

describe('merge fields', () => {
  test('a field takes the value of its column', () => {
    expect(mergeFields('Dzień dobry {Imię}, termin: {Data}.', { Imię: 'Anna', Data: '2026-03-01' })).toEqual({
      text: 'Dzień dobry Anna, termin: 2026-03-01.',
      missing: [],
    });
  });

  test('names are compared trimmed, without case, with white space collapsed', () => {
    const fields = { ' Data   Wizyty ': 'jutro', IMIĘ: 'Jan' };
    expect(mergeFields('{imię} {data wizyty} {  DATA\twizyty }', fields).text).toBe('Jan jutro jutro');
    expect(mergeFields('{Imię}', { ['Imię'.normalize('NFD')]: 'Ola' }).text).toBe('Ola');
  });

  test('the exact spelling wins, then the first column with a value', () => {
    expect(mergeFields('{imię}', { IMIĘ: 'A', imię: 'B' }).text).toBe('B');
    expect(mergeFields('{Imię}', { IMIĘ: ' ', imię: 'B', imIĘ: 'C' }).text).toBe('B');
  });

  test('an empty value is missing, unless a default is given', () => {
    expect(mergeFields('A{Imię}B{imię}', { Imię: '  ' })).toEqual({ text: 'AB', missing: ['Imię'] });
    expect(mergeFields('{Imię|Kliencie}', { Imię: '' })).toEqual({ text: 'Kliencie', missing: [] });
    expect(mergeFields('{ Imię | Kliencie }', { Imię: 'Anna' }).text).toBe('Anna');
    expect(mergeFields('x{Imię|}y', {})).toEqual({ text: 'xy', missing: [] });
    expect(mergeFields('{Imię|a|b}', {}).text).toBe('a|b');
  });

  test('each missing field is named once, as first written', () => {
    expect(mergeFields('{Kwota} {kwota} {Data} {KWOTA}', {}).missing).toEqual(['Kwota', 'Data']);
    expect(parseTemplate('{Kwota} {kwota} {Data|x}').fields).toEqual(['Kwota', 'Data']);
  });

  test('a backslash makes a brace literal and is else itself', () => {
    expect(mergeFields('\\{Imię\\}', {})).toEqual({ text: '{Imię}', missing: [] });
    expect(mergeFields('C:\\temp \\\\{a}', { a: '1' }).text).toBe('C:\\temp \\1');
    expect(mergeFields('{a|\\{brak\\}}', {}).text).toBe('{brak}');
    expect(mergeFields('a\\', {}).text).toBe('a\\');
  });

  test('a value is never read as a template', () => {
    expect(mergeFields('{a}{b}', { a: '{b}', b: '\\{' }).text).toBe('{b}\\{');
  });
});

describe('merge fields, hostile input', () => {
  test('what is no field is text, and told', () => {
    for (const text of ['', '{', '}', '{}', '{ }', '{|x}', '{Imię', 'Imię}', '{a\nb}', '}{', '{{', '{a{']) {
      const template = parseTemplate(text);
      expect(template.fields, text).toEqual([]);
      expect(template.strayBraces, text).toHaveLength(text.replace(/[^{}]/g, '').length);
      expect(mergeFields(text, { Imię: 'x', a: 'x' }).text, text).toBe(text);
    }
  });

  test('an inner brace starts afresh', () => {
    expect(mergeFields('{{Imię}}', { Imię: 'Jan' }).text).toBe('{Jan}');
    expect(parseTemplate('{a{b}c}')).toMatchObject({ fields: ['b'], strayBraces: [0, 6] });
  });

  test('names of the object prototype are no columns unless the row has them', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype'];
    for (const name of names) {
      expect(mergeFields(`{${name}}`, {}), name).toEqual({ text: '', missing: [name] });
      const row = JSON.parse(`{"${name}": "wartość"}`) as Record<string, string>;
      expect(mergeFields(`{${name}}`, row).text, name).toBe('wartość');
    }
    expect(mergeFields('{a}', Object.create({ a: 'odziedziczone' })).missing).toEqual(['a']);
    expect(mergeFields('{a}', JSON.parse('{"a": {"b": 1}}')).missing).toEqual(['a']);
  });

  test.each([
    ['open braces', '{'.repeat(1_000_000)],
    ['an unclosed field', `{${'a'.repeat(1_000_000)}`],
    ['backslashes', '\\'.repeat(1_000_001)],
    ['escaped braces in an unclosed field', `{${'\\{'.repeat(500_000)}`],
    ['unclosed fields with defaults', '{a|'.repeat(300_000)],
    ['white space in a name', `{a${' '.repeat(1_000_000)}b}`],
  ])('a megabyte of %s is read', (_, text) => {
    expect(mergeFields(text, { a: 'x' }).text.length).toBeLessThanOrEqual(text.length);
  });

  test('a megabyte of fields is merged', () => {
    expect(mergeFields('{a}'.repeat(333_333), { A: 'x' }).text).toBe('x'.repeat(333_333));
  });
});

describe('merge fields, as properties', () => {
  const braces = fc.string({
    unit: fc.constantFrom('{', '}', '\\', '|', 'a', ' ', '\n', 'ż'),
    maxLength: 60,
  });

  test('any text is read, and its tokens account for all of it', () => {
    fc.assert(
      fc.property(braces, (text) => {
        const { tokens, fields, strayBraces } = parseTemplate(text);
        const keys = tokens.flatMap((token) => (token.kind === 'field' ? [token.key] : []));
        expect([...new Set(keys)]).toEqual(fields.map(fieldKey));
        const literal = tokens.map((token) => (token.kind === 'text' ? token.text : '')).join('');
        expect(literal.length).toBeLessThanOrEqual(text.length);
        for (const at of strayBraces) expect('{}').toContain(text[at]);
        const { missing } = mergeFields(text, {});
        for (const name of missing) expect(fields.map(fieldKey)).toContain(fieldKey(name));
      }),
    );
  });

  test('an escaped text merges to itself', () => {
    fc.assert(
      fc.property(braces, (text) => {
        const escaped = text.replace(/[\\{}]/g, '\\$&');
        expect(mergeFields(escaped, {})).toEqual({ text, missing: [] });
      }),
    );
  });

  test('merging ahead of time and at once agree', () => {
    fc.assert(
      fc.property(braces, fc.dictionary(fc.string(), fc.string()), (text, fields) => {
        expect(mergeFields(parseTemplate(text), fields)).toEqual(mergeFields(text, fields));
      }),
    );
  });
});

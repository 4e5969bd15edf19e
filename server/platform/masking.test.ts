import { describe, expect, it } from 'vitest';
import { masked } from './masking.ts';

describe('what is logged', () => {
  it('shows no whole phone number, however it is written', () => {
    for (const text of [
      '+48 600 100 200',
      '600100200',
      '600-100-200',
      '0048600100200',
      '(22) 611-07-74 1',
      '+48600100200',
    ]) {
      const shown = String(masked(`send to ${text} failed`));
      expect(shown.replace(/\D/g, '').length, text).toBeLessThanOrEqual(6);
      expect(shown).toMatch(/^send to .*\*\*\*\d\d failed$/);
    }
    expect(masked({ number: 48600100200 })).toEqual({ number: '48***00' });
  });

  it('shows no whole address', () => {
    expect(masked('Jan.Nowak+x@firma.example, łukasz@nadpis.example')).toBe(
      'J***@firma.example, ł***@nadpis.example',
    );
  });

  it('masks at any depth, in lists, keys and errors', () => {
    const shown = JSON.stringify(
      masked({ a: [{ 'jan@firma.example': { b: '600 100 200' } }], error: new Error('no 600100200') }),
    );
    expect(shown).not.toContain('600');
    expect(shown).not.toContain('jan@');
  });

  it('leaves ids, times, short numbers and dates readable', () => {
    const facts = {
      id: 'bat_01kd3v0000abcdefghjkmnpqrs',
      at: 1_767_225_600_000,
      sentAt: 1_767_225_600_000,
      status: 404,
    };
    expect(masked(facts)).toEqual(facts);
    expect(masked('2026-01-01 batch 12345678')).toBe('2026-01-01 batch 12345678');
  });

  it('takes a hostile text in linear time and a value that contains itself', () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(JSON.stringify(masked(circle))).toContain('…');
    const long = `${'1-'.repeat(200_000)}${'a.'.repeat(200_000)}@`;
    expect(typeof masked(long)).toBe('string');
  });
});

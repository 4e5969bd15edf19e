import '../browser.fixture.ts';

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { auditAreas } from '../../shared/api/audit.ts';
import { textOfAct } from './audit-text.ts';

/** What the server writes into its audit, by its sources: `'company.changed'` and its like. */
function audited(): string[] {
  const root = join(import.meta.dirname, '..', '..', 'server');
  const begins = Object.values(auditAreas).flat().join('|');
  const act = new RegExp(`'((?:${begins})\\.[a-z]+(?:-[a-z]+)*)'`, 'g');
  const acts = globSync('**/*.ts', { cwd: root, exclude: (path) => path.endsWith('.test.ts') }).flatMap(
    (path) => {
      const text = readFileSync(join(root, path), 'utf8');
      if (!/auditRecord\(|INTO audit/.test(text)) return [];
      // An act of no known area is found where it is written at once.
      const direct = text.matchAll(/auditRecord\(\s*\w+,\s*'([a-z.-]+)'/g);
      return [...text.matchAll(act), ...direct].map(([, one = '']) => one);
    },
  );
  // Events of webhooks are named alike.
  return [...new Set(acts)].filter((one) => one !== 'hrm.test');
}

describe('the audit in words', () => {
  test('each act of the server has a text of its own', () => {
    const acts = audited();
    expect(acts.length).toBeGreaterThan(30);
    const texts = acts.map((act) => [act, textOfAct(act)]);
    expect(texts.filter(([, text]) => text === '' || text === textOfAct('unknown.act'))).toEqual([]);
  });

  test('one of a newer server is told as another change, never by its code', () => {
    expect(textOfAct('moon.landed')).toBe('Inna zmiana');
  });
});

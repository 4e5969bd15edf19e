import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';
import { parseMessagesText } from '@wxt-dev/i18n/build';
import { describe, expect, test } from 'vitest';
import { AuditArea } from '../../shared/api/audit.ts';
import { BatchState, skipReasons } from '../../shared/api/batches.ts';
import { messageStates, takeBackOutcomes } from '../../shared/api/messages.ts';
import { ApiKeyScope } from '../../shared/api/people.ts';
import { problems } from '../../shared/api/problems.ts';
import { senderNameStates } from '../../shared/api/sender-names.ts';
import { Role } from '../../shared/api/session.ts';
import { auditActs } from './audit-text.ts';

const root = join(import.meta.dirname, '..');
const keysOf = (locale: string): Set<string> => {
  const yaml = readFileSync(join(import.meta.dirname, `${locale}.yml`), 'utf8');
  const keys = parseMessagesText(yaml, 'YAML').map(({ key }) => key.join('.'));
  return new Set(keys.filter((key) => !key.startsWith('@@')));
};
const polish = keysOf('pl');
const english = keysOf('en');

const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(tsx?|ts)$/.test(path) && !/\.(test|fixture)\.tsx?$/.test(path))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
const code =
  sources.map(({ text }) => text).join('\n') + readFileSync(join(root, '../wxt.config.ts'), 'utf8');

describe('texts', () => {
  test('both languages have the same keys', () => {
    expect([...english].sort()).toEqual([...polish].sort());
  });

  test('whatever counts has all three forms of Polish', () => {
    const bases = [...polish]
      .filter((key) => /\.(one|few|many)$/.test(key))
      .map((key) => key.replace(/\.\w+$/, ''));
    for (const base of bases) {
      for (const form of ['one', 'few', 'many']) expect(polish, base).toContain(`${base}.${form}`);
    }
  });

  test('no key is left over that nothing uses', () => {
    /** Keys made from codes: held by the test below. */
    const made =
      /^(problem|failure|skip|message_state|name_state|role|scope|batch_state|outcome|take_back|ledger|audit\.(act|area)|settings\.scope|(settings|history)\.\w+\.title$|language|formats)/;
    const unused = [...polish].filter((key) => {
      const base = key.replace(/\.(one|few|many)$/, '');
      const inManifest = `__MSG_${key.replaceAll('.', '_')}__`;
      return !made.test(key) && !code.includes(`'${base}'`) && !code.includes(inManifest);
    });
    expect(unused).toEqual([]);
  });

  test.each([
    ['problem', Object.keys(problems)],
    ['skip', skipReasons],
    ['message_state', messageStates],
    ['name_state', senderNameStates],
    ['role', Role.options],
    ['batch_state', BatchState.options],
    ['outcome', ['accepted', 'retryable', 'rejected', 'unknown', 'pending']],
    ['take_back', ['waiting', ...takeBackOutcomes]],
    ['scope', ApiKeyScope.options.map((scope) => scope.replace(':', '_'))],
    ['audit.act', [...auditActs.map((act) => act.replace('.', '_')), 'other']],
    ['audit.area', [...AuditArea.options, 'all', 'label']],
  ] as const)('every code of %s has a text, and no text a code that is gone', (group, codes) => {
    const texts = [...polish]
      .filter((key) => key.startsWith(`${group}.`))
      .map((key) => key.slice(group.length + 1));
    expect(texts.sort()).toEqual(codes.map((name) => name.replaceAll('-', '_')).sort());
  });
});

test('no screen holds a text of its own: every word that people see stands in the locales', () => {
  const screens = sources.filter(({ path }) => path.endsWith('.tsx'));
  expect(screens.length).toBeGreaterThan(20);
  const found = screens.flatMap(({ path, text }) => literals(text).map((words) => `${path}: ${words}`));
  expect(found).toEqual([]);
});

test('the check of screens bites', () => {
  expect(literals('<p>Wyślij teraz</p>')).toEqual(['Wyślij teraz']);
  expect(literals("<input placeholder='Numer' />")).toEqual(['Numer']);
  expect(literals("<p>{'Numer'}</p>")).toEqual(['Numer']);
  expect(literals("<p class='a'>{t('send.send')}</p>")).toEqual([]);
});

const shown = new Set(['aria-label', 'title', 'placeholder', 'alt', 'label', 'help', 'aria-description']);

/** Words between tags, and words in attributes that are read out or shown. */
function literals(text: string): string[] {
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, value, name, children } = node as Record<string, unknown>;
    if (type === 'JSXText' && typeof value === 'string') found.push(value);
    if (type === 'JSXAttribute' && shown.has(String((name as { value?: unknown }).value)))
      found.push(wordsOf(value));
    if (Array.isArray(children)) for (const child of children) found.push(wordsOf(child?.expression));
    for (const inner of Object.values(node)) visit(inner);
  };
  visit(parseSync(text, { syntax: 'typescript', tsx: true }).body);
  return found.map((words) => words.trim()).filter((words) => /\p{L}{2}/u.test(words));
}

function wordsOf(node: unknown): string {
  const { type, value } = (node ?? {}) as Record<string, unknown>;
  return type === 'StringLiteral' && typeof value === 'string' ? value : '';
}

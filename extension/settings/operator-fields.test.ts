import { expect, test } from 'vitest';
import {
  numberOf,
  type OperatorField,
  refusedKeys,
  settingsOf,
  troubleOf,
  typedOf,
} from './operator-fields.ts';
import { prefixesOf } from './operator-routes.tsx';

const words = { pl: '', en: '' };
const field = (key: string, kind: OperatorField['kind'], required = false): OperatorField => ({
  key,
  kind,
  required,
  secret: kind === 'secret',
  label: words,
  help: words,
});
const fields = [
  field('token', 'secret', true),
  field('url', 'text'),
  field('speed', 'number'),
  field('twice', 'switch'),
];

test('a new account leaves out what is empty, so that the operator’s defaults hold', () => {
  const typed = { ...typedOf(fields, {}), token: ' abc ' };
  expect(settingsOf(fields, typed, null)).toEqual({ token: 'abc', twice: false });
});

test('a change keeps secrets that nobody typed, and clears a number', () => {
  const before = { url: 'https://a.example', speed: 5, twice: true };
  const typed = { ...typedOf(fields, before), speed: '' };
  expect(typed).toMatchObject({ token: '', url: 'https://a.example', twice: true });
  expect(settingsOf(fields, typed, before)).toEqual({ url: 'https://a.example', speed: null, twice: true });
});

test('what is required is missed, unless the server has it', () => {
  const typed = typedOf(fields, {});
  const [token, , speed] = fields as [OperatorField, OperatorField, OperatorField];
  expect(troubleOf(token, typed, [])).toBe('required');
  expect(troubleOf(token, typed, ['token'])).toBeNull();
  expect(troubleOf(speed, { speed: 'szybko' }, [])).toBe('not-a-number');
  expect(troubleOf(speed, { speed: '1,5' }, [])).toBeNull();
  expect(numberOf('1 000,5')).toBe(1000.5);
});

test('fields that the operator refused are found in the server’s answer', () => {
  const problem = { errors: [{ path: '/settings/url' }, { path: '/title' }] };
  expect(refusedKeys({ kind: 'problem', problem } as never)).toEqual(['url']);
  expect(refusedKeys({ kind: 'signed-out' })).toEqual([]);
});

test('prefixes are taken as people list them, and no others', () => {
  expect(prefixesOf('+48, +49; +1')).toEqual(['+48', '+49', '+1']);
  expect(prefixesOf('+48 +48')).toEqual(['+48']);
  expect(prefixesOf('')).toEqual([]);
  for (const text of ['48', '+0', '+48600100200', '+48, tak']) expect(prefixesOf(text), text).toBeNull();
});

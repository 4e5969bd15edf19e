import { describe, expect, test } from 'vitest';
import { BadOption, readOptions } from './options.ts';

describe('what npm run corpus is asked', () => {
  test('nothing: every page of the corpus; names: these of them', () => {
    expect(readOptions([])).toMatchObject({ urls: [], names: [], json: false, region: 'PL' });
    expect(readOptions(['tabulator', 'table'])).toMatchObject({ urls: [], names: ['tabulator', 'table'] });
  });

  test('addresses as they were written, hosts without a scheme, files of this machine', () => {
    const { urls, json } = readOptions(
      ['https://crm.example/a?b=c#d', 'localhost:8080/list', 'options.test.ts', '--json'],
      import.meta.dirname,
    );
    expect(urls.slice(0, 2)).toEqual(['https://crm.example/a?b=c#d', 'http://localhost:8080/list']);
    expect(urls[2]).toMatch(/^file:\/\/\/.*options\.test\.ts$/);
    expect(json).toBe(true);
  });

  test.each([
    [['http://']],
    [['--wait', '0', 'http://a.example/']],
    [['--region', 'Polska']],
    [['--jason']],
    [['tabulator', 'http://a.example/']],
  ])('%j is refused in words', (args) => {
    expect(() => readOptions(args)).toThrow(BadOption);
  });
});

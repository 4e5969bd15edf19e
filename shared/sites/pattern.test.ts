import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { siteOf } from './choose.ts';
import {
  compareSpecificity,
  covers,
  isWithin,
  parseSitePattern,
  placeOfPage,
  type SitePattern,
  writeSitePattern,
} from './pattern.ts';

const parsed = (text: string): SitePattern => {
  const pattern = parseSitePattern(text);
  if ('problem' in pattern) throw new Error(`${text}: ${pattern.problem}`);
  return pattern;
};
const canonical = (text: string): string => {
  const pattern = parseSitePattern(text);
  return 'problem' in pattern ? pattern.problem : writeSitePattern(pattern);
};

describe('a site’s pattern', () => {
  test.each([
    ['crm.firma.pl', 'crm.firma.pl'],
    ['  HTTPS://CRM.Firma.PL./  ', 'crm.firma.pl'],
    ['*.firma.pl', '*.firma.pl'],
    ['erp.firma.pl:8443/Kadry/', 'erp.firma.pl:8443/kadry'],
    ['erp.firma.pl:443', 'erp.firma.pl:443'],
    ['erp.firma.pl//a/./b/../%63', 'erp.firma.pl/a/c'],
    ['żółw.pl/Płace i kadry%20x'.replaceAll(' ', '%20'), 'xn--w-uga1v8h.pl/płace%20i%20kadry%20x'],
    ['localhost:3000', 'localhost:3000'],
    ['intranet/hr', 'intranet/hr'],
    ['192.168.1.10:8080', '192.168.1.10:8080'],
    ['[::1]:8080', '[::1]:8080'],
    ['crm.firma.pl/a%2Ab', 'crm.firma.pl/a%2Ab'],
  ])('%j is kept as %s', (text, kept) => {
    expect(canonical(text)).toBe(kept);
  });

  test.each([
    ['', 'not-a-host'],
    ['   ', 'not-a-host'],
    ['/kadry', 'not-a-host'],
    ['mailto:a', 'not-a-host'],
    ['javascript:alert(1)', 'not-a-host'],
    ['crm.firma.pl:0', 'not-a-host'],
    ['crm.firma.pl:99999', 'not-a-host'],
    ['-a.pl', 'not-a-host'],
    ['a..pl', 'not-a-host'],
    ['*', 'too-wide'],
    ['*.pl', 'too-wide'],
    ['*.com.pl', 'too-wide'],
    ['*.co.uk', 'too-wide'],
    ['*.github.io', 'too-wide'],
    ['*.localhost', 'too-wide'],
    ['*.0.0.1', 'too-wide'],
    ['**.firma.pl', 'too-wide'],
    ['*.*.firma.pl', 'too-wide'],
    ['crm.*.pl', 'too-wide'],
    ['crm.firma.pl/*', 'too-wide'],
    ['*://*/*', 'too-wide'],
    ['file:///etc/passwd', 'not-a-pattern'],
    ['chrome://settings', 'not-a-pattern'],
    ['user:pass@crm.firma.pl', 'not-a-pattern'],
    ['crm.firma.pl@evil.example', 'not-a-pattern'],
    ['crm.firma.pl?x=1', 'not-a-pattern'],
    ['crm.firma.pl#/kadry', 'not-a-pattern'],
    ['crm.firma.pl\\@evil.example', 'not-a-pattern'],
    ['2..', 'not-a-host'],
    ['crm firma.pl', 'not-a-pattern'],
    ['crm.fir\u200bma.pl', 'not-a-pattern'],
    ['crm.firma.pl\u0000', 'not-a-pattern'],
    [`${'a'.repeat(400)}.pl`, 'not-a-pattern'],
    [`a.pl/${'ż/'.repeat(200)}`, 'not-a-pattern'],
  ])('%j is refused as %s', (text, problem) => {
    expect(canonical(text)).toBe(problem);
  });

  it('is canonical once: reading what was written changes nothing, whatever was typed', () => {
    fc.assert(
      fc.property(
        fc.tuple(
          fc.constantFrom('', '*.', 'https://'),
          fc.constantFrom('firma.pl', 'ERP.firma.pl.', 'żółw.pl:81', '[::1]', '10.0.0.1', ''),
          fc.string({
            unit: fc.constantFrom(
              '/',
              '.',
              '%',
              '2',
              'e',
              'F',
              '*',
              "'",
              'İ',
              'ż',
              ';',
              '5',
              'a',
              '\u0000',
              '?',
            ),
          }),
        ),
        (parts) => {
          const pattern = parseSitePattern(parts.join(''));
          if ('problem' in pattern) return;
          expect(parsed(writeSitePattern(pattern))).toEqual(pattern);
        },
      ),
    );
  });
});

describe('a page belongs to a site', () => {
  const fits = (pattern: string, url: string): boolean => {
    const page = placeOfPage(url);
    return page !== null && covers(parsed(pattern), page);
  };

  test.each([
    ['crm.firma.pl', 'https://crm.firma.pl/klienci?x=1#a'],
    ['crm.firma.pl', 'http://CRM.firma.pl.:8080/'],
    ['crm.firma.pl:443', 'https://crm.firma.pl/'],
    ['*.firma.pl', 'https://a.b.firma.pl/'],
    ['erp.firma.pl/kadry', 'https://erp.firma.pl/kadry'],
    ['erp.firma.pl/kadry', 'https://erp.firma.pl/KADRY/lista'],
    ['erp.firma.pl/kadry', 'https://erp.firma.pl//kadry;jsessionid=1/lista'],
    ['erp.firma.pl/kadry', 'https://erp.firma.pl/%6Badry/'],
    ['erp.firma.pl/kadry', 'https://erp.firma.pl/crm/../kadry/'],
    ['erp.firma.pl/kadry', 'https://erp.firma.pl/crm%2f..%2fkadry/'],
    ['erp.firma.pl/kadry', 'https://erp.firma.pl\\kadry\\lista'],
    ['erp.firma.pl', 'https://crm.example@erp.firma.pl/'],
    ['erp.firma.pl', 'blob:https://erp.firma.pl/5c0f6a0e'],
    ['żółw.pl', 'https://xn--w-uga1v8h.pl/'],
  ])('%s covers %s', (pattern, url) => {
    expect(fits(pattern, url)).toBe(true);
  });

  test.each([
    ['crm.firma.pl', 'https://crm.firma.pl.evil.example/'],
    ['crm.firma.pl', 'https://evilcrm.firma.pl/'],
    ['crm.firma.pl', 'https://evil.example/crm.firma.pl'],
    ['crm.firma.pl', 'https://crm.firma.pl@evil.example/'],
    ['*.firma.pl', 'https://firma.pl/'],
    ['*.firma.pl', 'https://zlafirma.pl/'],
    ['erp.firma.pl/kadry', 'https://erp.firma.pl/kadry-stare'],
    ['erp.firma.pl/kadry', 'https://erp.firma.pl/?/kadry'],
    ['erp.firma.pl:8443', 'https://erp.firma.pl/'],
    ['erp.firma.pl', 'file://erp.firma.pl/x'],
    ['erp.firma.pl', 'data:text/html,erp.firma.pl'],
    ['erp.firma.pl', 'not an address'],
    ['erp.firma.pl', ''],
  ])('%s does not cover %s', (pattern, url) => {
    expect(fits(pattern, url)).toBe(false);
  });
});

describe('R30: the most specific site decides whether a page is HRM’s', () => {
  const site = (hostPattern: string, kind: 'crm' | 'hrm') => ({ hostPattern, kind });

  test('an exact host before a star, a port before none, a longer path before a shorter one', () => {
    const sites = [
      site('*.firma.pl', 'crm'),
      site('erp.firma.pl', 'hrm'),
      site('erp.firma.pl:8443', 'crm'),
      site('erp.firma.pl/crm', 'crm'),
      site('erp.firma.pl/crm/pracownicy', 'hrm'),
    ];
    const patternAt = (url: string) => siteOf(url, sites)?.hostPattern ?? null;
    expect(patternAt('https://inny.firma.pl/')).toBe('*.firma.pl');
    expect(patternAt('https://erp.firma.pl/')).toBe('erp.firma.pl');
    expect(patternAt('https://erp.firma.pl:8443/')).toBe('erp.firma.pl:8443');
    expect(patternAt('https://erp.firma.pl/crm/x')).toBe('erp.firma.pl/crm');
    expect(patternAt('https://erp.firma.pl/CRM//Pracownicy/')).toBe('erp.firma.pl/crm/pracownicy');
    expect(patternAt('https://firma.pl/')).toBeNull();
    expect(siteOf(null, sites)).toBeNull();
  });

  test('where neither of two lies within the other, a page that either calls HRM is HRM', () => {
    const crm = site('erp.firma.pl', 'crm');
    const hrm = site('*.firma.pl/kadry', 'hrm');
    for (const sites of [
      [crm, hrm],
      [hrm, crm],
    ]) {
      expect(siteOf('https://erp.firma.pl/kadry/lista', sites)).toBe(hrm);
      expect(siteOf('https://erp.firma.pl/klienci', sites)).toBe(crm);
    }
  });

  const host = fc.constantFrom('firma.pl', 'erp.firma.pl', 'a.erp.firma.pl');
  const path = fc.constantFrom('', '/a', '/a/b', '/b');
  const port = fc.constantFrom('', ':443', ':8443');
  const pattern = fc
    .tuple(fc.constantFrom('', '*.'), host, port, path)
    .map((parts) => parts.join(''))
    .filter((text) => !('problem' in parseSitePattern(text)));
  const sites = fc.uniqueArray(fc.record({ hostPattern: pattern, kind: fc.constantFrom('crm', 'hrm') }), {
    selector: ({ hostPattern }) => hostPattern,
    maxLength: 8,
  });
  const url = fc
    .tuple(host, port, fc.constantFrom('/', '/a', '/a/b/c', '/b/', '/ab'))
    .map((parts) => `https://${parts.join('')}`);

  test('the answer covers the page, no fitting site lies within it, and the order of sites does not matter', () => {
    fc.assert(
      fc.property(sites, url, (all, pageUrl) => {
        const chosen = siteOf(pageUrl, all as { hostPattern: string; kind: 'crm' | 'hrm' }[]);
        const page = placeOfPage(pageUrl);
        const fitting = all.filter((one) => page !== null && covers(parsed(one.hostPattern), page));
        expect(chosen === null).toBe(fitting.length === 0);
        if (chosen === null) return;
        expect(fitting).toContain(chosen);
        for (const other of fitting) {
          if (other === chosen) continue;
          expect(isWithin(parsed(other.hostPattern), parsed(chosen.hostPattern))).toBe(false);
          const isNarrower = isWithin(parsed(chosen.hostPattern), parsed(other.hostPattern));
          if (other.kind === 'hrm' && !isNarrower) expect(chosen.kind).toBe('hrm');
        }
        expect(siteOf(pageUrl, [...all].reverse() as typeof all)?.kind).toBe(chosen.kind);
      }),
    );
  });

  test('what lies within another comes before it', () => {
    fc.assert(
      fc.property(pattern, pattern, (one, other) => {
        const [a, b] = [parsed(one), parsed(other)];
        if (one !== other && isWithin(a, b)) expect(compareSpecificity(a, b)).toBeLessThan(0);
      }),
    );
  });
});

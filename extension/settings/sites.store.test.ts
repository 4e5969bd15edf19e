import '../browser.fixture.ts';
import { expect, test } from 'vitest';
import { sitePattern } from './sites.store.ts';

test.each([
  ['crm.firma.pl', 'https://crm.firma.pl/*'],
  ['https://crm.firma.pl/klienci?tab=1#a', 'https://crm.firma.pl/*'],
  ['http://erp.local.firma.pl:8080/x', 'http://erp.local.firma.pl/*'],
  ['localhost:3000', 'https://localhost/*'],
  ['żółw.pl', 'https://xn--w-uga1v8h.pl/*'],
  ['chrome://settings', null],
  ['file:///etc/passwd', null],
  ['javascript:alert(1)', null],
  ['klienci', null],
  ['*', null],
  ['', null],
])('%j is the site %j', (text, pattern) => {
  expect(sitePattern(text)).toBe(pattern);
});

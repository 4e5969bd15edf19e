import { describe, expect, it, test } from 'vitest';
import type { ApiKeyScope } from '../../shared/api/people.ts';
import { ProblemException } from '../../shared/api/problems.ts';
import type { Role } from '../../shared/api/session.ts';
import type { Actor } from '../access/actor.ts';
import { checkedPattern, maySetLists, mostLists, originOf, withList } from './rules.ts';

const actor = (over: Partial<Actor>): Actor => ({
  kind: 'person',
  id: 'per',
  organisationId: 'org',
  roles: [],
  scopes: [],
  companies: null,
  session: null,
  ...over,
});
const person = (...roles: Role[]) => actor({ roles });
const key = (...scopes: ApiKeyScope[]) => actor({ kind: 'api-key', scopes });

describe('R30: where a send comes from', () => {
  const everyone = [
    person('administrator'),
    person('sender'),
    person('hr'),
    person('sender', 'hr'),
    person(),
    key('send'),
    key('hrm:notify'),
    key('send', 'hrm:notify'),
    key('read'),
  ];

  it.each(everyone)('from a page of an hrm site it is HRM’s, whoever sends: $roles $scopes', (who) => {
    expect(originOf(who, { kind: 'hrm' })).toBe('hrm');
  });

  const who = (one: Actor) => [...one.roles, ...one.scopes].join('+');
  test('from a crm site, an unknown page and no page', () => {
    const origins = Object.fromEntries(
      everyone.map((one) => [who(one), [originOf(one, { kind: 'crm' }), originOf(one, null)]]),
    );
    expect(origins).toEqual({
      administrator: ['crm', 'crm'],
      sender: ['crm', 'crm'],
      // On a known page of customers the role hr is refused, not turned into HRM.
      hr: ['crm', 'hrm'],
      'sender+hr': ['crm', 'crm'],
      '': ['crm', 'crm'],
      send: ['crm', 'crm'],
      // Comes from no page: whatever it names changes nothing.
      'hrm:notify': ['hrm', 'hrm'],
      'send+hrm:notify': ['crm', 'crm'],
      read: ['crm', 'crm'],
    });
  });
});

describe('columns and templates of a list', () => {
  test('are chosen by those who send from the site, for their companies', () => {
    const crm = { kind: 'crm' as const, companyId: null };
    const hrm = { kind: 'hrm' as const, companyId: null };
    expect(
      [person('sender'), person('hr'), person('administrator')].map((one) => maySetLists(one, crm)),
    ).toEqual([true, false, true]);
    expect([person('sender'), person('hr')].map((one) => maySetLists(one, hrm))).toEqual([false, true]);
    const mine = actor({ roles: ['sender'], companies: new Set(['a']) });
    expect(maySetLists(mine, { ...crm, companyId: 'a' })).toBe(true);
    expect(maySetLists(mine, { ...crm, companyId: 'b' })).toBe(false);
  });

  const list = (path: string, over = {}) => ({
    path,
    headings: ['Telefon'],
    phones: ['Telefon'],
    names: [],
    templateId: null,
    ...over,
  });

  test('are kept once a list; saying nothing takes them out', () => {
    const one = withList([], list('/a'));
    expect(withList(one, list('/a', { templateId: 't' }))).toEqual([list('/a', { templateId: 't' })]);
    expect(withList(one, list('/a', { headings: ['Inne'] }))).toHaveLength(2);
    expect(withList(one, list('/a', { phones: [] }))).toEqual([]);
  });

  test('have a bound, and a full site still changes what it has', () => {
    const full = Array.from({ length: mostLists }, (_, at) => list(`/${at}`));
    expect(() => withList(full, list('/more'))).toThrow(ProblemException);
    expect(withList(full, list('/7', { names: ['Klient'] }))).toHaveLength(mostLists);
  });
});

test('a pattern is kept in its one form, and a hostile one is refused at its field', () => {
  expect(checkedPattern(' https://ERP.firma.pl/Kadry/ ')).toBe('erp.firma.pl/kadry');
  for (const text of ['*', '*.pl', 'a@b.pl', 'javascript:alert(1)']) {
    try {
      checkedPattern(text);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ProblemException);
      expect((error as ProblemException).errors[0]?.path).toBe('/hostPattern');
    }
  }
});

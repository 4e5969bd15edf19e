import { describe, expect, test } from 'vitest';
import type { SenderNameState } from '../../shared/api/sender-names.ts';
import type { Session } from '../../shared/api/session.ts';
import { sessionFixture } from '../server.fixture.ts';
import type { Cost } from './cost.ts';
import { blocksOf, companyOf } from './gate.ts';

const now = Date.UTC(2026, 10, 24);
const cost = (parts: number, most = 1): Cost => ({
  people: [],
  parts,
  most,
  byParts: [],
  offenders: [],
  otherwise: parts,
});

function kinds(change: (session: Session) => void, parts = 5, most = 1): string[] {
  const session = sessionFixture();
  change(session);
  const company = companyOf(session, null);
  return blocksOf({ kind: 'signed-in', session }, company, cost(parts, most), now).map(({ kind }) => kind);
}

const setState = (state: SenderNameState) => (session: Session) => {
  const name = session.companies[0]?.effectiveName;
  if (name) name.state = state;
};
const noName = (session: Session) => {
  if (session.companies[0]) session.companies[0].effectiveName = null;
};

test('configured, authorised and paid: nothing is in the way', () => {
  expect(kinds(() => {})).toEqual([]);
});

describe('R2: configuration and package are two gates, each with its own message', () => {
  test('no name and no package are both said', () => {
    expect(
      kinds((session) => {
        noName(session);
        session.balance = 0;
      }),
    ).toEqual(['sender-name-missing', 'package-empty']);
  });

  test('a balance below the parts blocks before anything is sent, and the shortfall is named', () => {
    const session = { ...sessionFixture(), balance: 10 };
    const [block] = blocksOf({ kind: 'signed-in', session }, companyOf(session, null), cost(18), now);
    expect(block).toEqual({ kind: 'insufficient-parts', needed: 18, balance: 10, shortfall: 8 });
  });

  test('a balance that is just enough does not block', () => {
    expect(kinds((session) => Object.assign(session, { balance: 18 }), 18)).toEqual([]);
  });
});

describe('R3: the mail account', () => {
  const crm = (session: Session) => {
    session.organisation.hasCrm = true;
  };

  test('with CRM and no mail account the configuration points to mail accounts', () => {
    expect(
      kinds((session) => {
        crm(session);
        noName(session);
      }),
    ).toEqual(['mail-account-missing']);
  });

  test('a name that is authorised still sends after the mail account has gone', () => {
    expect(kinds(crm)).toEqual([]);
  });
});

describe('R21: nobody sends under a name that is not authorised', () => {
  test.each(['draft', 'statement-accepted', 'submitted', 'rejected', 'deactivated', 'withdrawn'] as const)(
    '%s blocks',
    (state) => {
      expect(kinds(setState(state))).toEqual(['sender-name-not-authorised']);
    },
  );

  test('an administrator is blocked as well', () => {
    expect(
      kinds((session) => {
        session.person.roles = ['administrator'];
        setState('submitted')(session);
      }),
    ).toEqual(['sender-name-not-authorised']);
  });
});

test('a text of more parts than the operator takes is blocked', () => {
  expect(kinds(() => {}, 7, 7)).toEqual(['text-too-long']);
});

test('somebody without a company is told so', () => {
  expect(kinds((session) => Object.assign(session, { companies: [] }))).toEqual(['no-company']);
});

test('signed out is one message, not a list of guesses', () => {
  expect(blocksOf({ kind: 'signed-out' }, null, cost(5), now)).toEqual([{ kind: 'signed-out' }]);
});

test('a silent server blocks, and what is known of the package is still said', () => {
  const last = { ...sessionFixture(), balance: 0 };
  const state = {
    kind: 'unknown' as const,
    failure: { kind: 'unreachable' as const, why: 'network' as const },
    last,
  };
  expect(blocksOf(state, companyOf(last, null), cost(5), now).map(({ kind }) => kind)).toEqual([
    'unreachable',
    'package-empty',
  ]);
});

test('with several companies none is chosen for the user', () => {
  const session = sessionFixture();
  const [only] = session.companies;
  const companies = only === undefined ? [] : [only, { ...only, id: 'other' }];
  expect(companyOf({ ...session, companies }, null)).toBeNull();
  expect(companyOf({ ...session, companies }, 'other')?.id).toBe('other');
  expect(companyOf({ ...session, companies }, 'gone')).toBeNull();
});

describe('R30: texts to employees', () => {
  const blocks = (isHrm: boolean, hrmPermission: boolean) => {
    const session = sessionFixture();
    const company = companyOf(session, null);
    if (company !== null) company.hrmPermission = hrmPermission;
    return blocksOf({ kind: 'signed-in', session }, company, cost(1), now, { isHrm }).map(({ kind }) => kind);
  };

  test('wait for the company’s permission; those to customers do not', () => {
    expect(blocks(true, false)).toEqual(['hrm-not-permitted']);
    expect(blocks(true, true)).toEqual([]);
    expect(blocks(false, false)).toEqual([]);
  });
});

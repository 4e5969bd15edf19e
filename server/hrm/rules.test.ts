import { describe, expect, it } from 'vitest';
import { lacksConsent, type NumberOwner, phoneBySource, webhookDelay, webhookPatience } from './rules.ts';

const owner = (
  kind: 'business' | 'private',
  employee = '1',
  consents: NumberOwner['consents'] = new Set(),
) => ({
  employee,
  kind,
  consents,
});
const service = new Set(['service'] as const);
const none: NumberOwner['consents'] = new Set();

describe('R29: which number of an employee is texted', () => {
  const phones = { businessPhone: 'b', privatePhone: '', smsPhone: 's' };
  it.each([
    [['sms', 'business', 'private'], 's'],
    [['business', 'sms'], 'b'],
    [['private', 'business'], 'b'],
    [['private'], null],
  ] as const)('the first of %j that there is: %s', (sources, phone) => {
    expect(phoneBySource(phones, sources)).toBe(phone);
  });
});

describe('an employee’s private number needs a recorded consent (domain §7)', () => {
  const lacks = (
    reached: Parameters<typeof lacksConsent>[0],
    owners: readonly NumberOwner[],
    own = none,
    unknown: 'business' | 'private' = 'business',
  ) => lacksConsent(reached, owners, own, 'service', unknown);

  it('a business number needs none, whatever is said of it', () => {
    expect(lacks({ employee: '1', told: 'private' }, [owner('business')])).toBe(false);
    expect(lacks({ employee: null, told: 'private' }, [owner('business')])).toBe(false);
  });

  it('the register knows better than the call or the column whose a number is', () => {
    expect(lacks({ employee: '1', told: 'business' }, [owner('private')])).toBe(true);
    expect(lacks({ employee: '1', told: 'business' }, [owner('private')], service)).toBe(false);
  });

  it('of a number that nobody has, what is told counts, then the company’s word', () => {
    expect(lacks({ employee: null, told: 'private' }, [])).toBe(true);
    expect(lacks({ employee: null, told: 'business' }, [], none, 'private')).toBe(false);
    expect(lacks({ employee: null, told: null }, [])).toBe(false);
    expect(lacks({ employee: null, told: null }, [], none, 'private')).toBe(true);
  });

  it('where the employee is known it takes that one’s consent; another’s of the same number is none', () => {
    const shared = [owner('private', '1'), owner('private', '2', service)];
    expect(lacks({ employee: '1', told: null }, shared)).toBe(true);
    expect(lacks({ employee: '2', told: null }, shared, service)).toBe(false);
  });

  it('where the number alone is known, the consent of somebody who has it', () => {
    expect(
      lacks({ employee: null, told: null }, [owner('private', '1'), owner('private', '2', service)]),
    ).toBe(false);
    expect(lacks({ employee: null, told: null }, [owner('private', '1')])).toBe(true);
  });

  it('a number that is one employee’s own and another’s at work is the own one for its owner', () => {
    const both = [owner('private', '1'), owner('business', '2')];
    expect(lacks({ employee: '1', told: 'business' }, both)).toBe(true);
    expect(lacks({ employee: '2', told: null }, both)).toBe(false);
  });

  it('a consent for wishes is none for work', () => {
    const wishes = new Set(['occasions'] as const);
    expect(lacks({ employee: '1', told: 'private' }, [], wishes)).toBe(true);
  });
});

describe('a webhook that fails', () => {
  it('is tried later and later, from seconds to hours, for five days', () => {
    const seconds = Array.from({ length: 9 }, (_, at) => webhookDelay(at + 1) / 1000);
    expect(seconds).toEqual([5, 60, 300, 1800, 7200, 18_000, 36_000, 36_000, 36_000]);
    expect(webhookPatience).toBe(5 * 24 * 3_600_000);
  });
});

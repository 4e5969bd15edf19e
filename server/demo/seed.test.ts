import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isValidNip } from '../../shared/checksums/index.ts';
import { addOrganisation, type TestApp, testApp } from '../fixture.node.ts';
import { demo, seedDemo } from './seed.ts';

let t: TestApp;
beforeEach(async () => {
  t = await testApp();
});
afterEach(() => t.end());

const organisations = async () =>
  (await t.platform.database.query({ sql: 'SELECT id FROM organisations' })).map((row) => row.id);

describe('the demo organisation', () => {
  it('is all that a send needs: an authorised name, a package, companies with valid stamps', async () => {
    expect(await seedDemo(t.platform)).toBe(true);
    const token = await t.signIn(demo.people.administrator.id);
    const session = await (await t.call('GET', '/v1/session', { token })).json();
    expect(session).toMatchObject({
      person: { email: 'demo@nadpis.example', roles: ['administrator'] },
      organisation: { hasCrm: true, hasMailAccount: true },
      companies: [
        {
          name: 'Nowak Serwis',
          effectiveName: { name: 'Firma Nowak', state: 'authorised', source: 'program' },
        },
        {
          name: 'Nowak i Synowie',
          effectiveName: { name: 'Firma Nowak', state: 'authorised', source: 'program' },
        },
      ].sort((a, b) => (a.name < b.name ? -1 : 1)),
      balance: 1000,
    });
    const companies = (await (await t.call('GET', '/v1/companies', { token })).json()) as {
      items: { stamp: { nip: string } }[];
    };
    expect(companies.items.map((company) => isValidNip(company.stamp.nip))).toEqual([true, true]);
    const names = await (await t.call('GET', '/v1/sender-names', { token })).json();
    expect(names).toMatchObject({ items: [{ name: 'Firma Nowak', usedBy: ['program'] }], next: null });
    const templates = (await (await t.call('GET', '/v1/templates', { token })).json()) as {
      items: unknown[];
    };
    expect(templates.items).toHaveLength(2);
    const people = (await (await t.call('GET', '/v1/people', { token })).json()) as { items: unknown[] };
    expect(people.items).toHaveLength(3);
  });

  it('is made once, also by several that start at once', async () => {
    const other = { ...t.platform, database: t.another() };
    const made = await Promise.all([seedDemo(t.platform), seedDemo(other), seedDemo(t.platform)]);
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(await seedDemo(t.platform)).toBe(false);
    expect(await organisations()).toEqual([demo.organisation]);
  });

  it('is not made where there is an organisation, nor without the sandbox', async () => {
    expect(await seedDemo({ ...t.platform, sandbox: false })).toBe(false);
    await addOrganisation(t.platform, 1);
    expect(await seedDemo(t.platform)).toBe(false);
    expect(await organisations()).toEqual(['org_1']);
  });
});

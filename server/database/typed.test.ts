import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { companies, organisations, people } from './schema.ts';
import { migratedFile, type Temporary } from './temporary.node.ts';
import { statementOf, typed } from './typed.ts';

let temporary: Temporary;
beforeAll(async () => {
  temporary = await migratedFile();
});
afterAll(() => temporary.end());

describe('typed queries over the port', () => {
  it('go into one batch when they write, and read joins, flags and lists', async () => {
    const db = typed(temporary.database);
    const createdAt = 1;
    await temporary.database.batch([
      statementOf(db.insert(organisations).values({ id: 'org_1', name: 'Nowak', hasCrm: true, createdAt })),
      statementOf(
        db.insert(companies).values({ id: 'com_1', organisationId: 'org_1', name: 'Serwis', createdAt }),
      ),
      statementOf(
        db.insert(people).values({
          id: 'per_1',
          organisationId: 'org_1',
          email: 'a@nadpis.example',
          name: 'A',
          roles: ['sender', 'hr'],
          createdAt,
        }),
      ),
    ]);
    // Both tables have `id` and `name`: they must not be mixed up.
    const rows = await db
      .select({ company: companies, organisation: organisations })
      .from(companies)
      .innerJoin(organisations, eq(organisations.id, companies.organisationId));
    expect(rows).toHaveLength(1);
    expect(rows[0]?.company).toMatchObject({ id: 'com_1', name: 'Serwis', hrmPermission: false });
    expect(rows[0]?.organisation).toMatchObject({ id: 'org_1', name: 'Nowak', hasCrm: true });

    const person = await db.select().from(people).where(eq(people.id, 'per_1')).get();
    expect(person?.roles).toEqual(['sender', 'hr']);
    const nobody = await db
      .select()
      .from(people)
      .where(and(eq(people.id, 'per_1'), eq(people.organisationId, 'org_2')))
      .get();
    expect(nobody).toBeUndefined();
  });
});

import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Bought packages and what is told about them: see schema.ts. */

export const packages = sqliteTable('packages', {
  ledgerId: integer('ledger_id').primaryKey({ autoIncrement: true }),
  organisationId: text('organisation_id').notNull(),
  parts: integer('parts').notNull(),
  price: integer('price'),
  invoice: text('invoice').notNull().default(''),
  validUntil: integer('valid_until'),
  remaining: integer('remaining').notNull(),
  lapsedAt: integer('lapsed_at'),
});

export const packageCounts = sqliteTable('package_counts', {
  organisationId: text('organisation_id').primaryKey(),
  counted: integer('counted').notNull(),
});

export const packageNotices = sqliteTable(
  'package_notices',
  {
    organisationId: text('organisation_id').notNull(),
    personId: text('person_id').notNull(),
    dueAt: integer('due_at').notNull(),
    tries: integer('tries').notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.personId] })],
);

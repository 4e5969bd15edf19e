import { integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Operator accounts, their routes and balances: see schema.ts. */

export const operatorAccounts = sqliteTable('operator_accounts', {
  id: text('id').primaryKey(),
  organisationId: text('organisation_id').notNull(),
  kind: text('kind').notNull(),
  title: text('title').notNull(),
  settings: text('settings').notNull().default('{}'),
  secretsSealed: text('secrets_sealed').notNull(),
  pausedAt: integer('paused_at'),
  pauseReason: text('pause_reason').notNull().default(''),
  lowBalance: real('low_balance'),
  version: integer('version').notNull().default(1),
  createdBy: text('created_by').notNull(),
  createdAt: integer('created_at').notNull(),
  deletedAt: integer('deleted_at'),
});

export const operatorRoutes = sqliteTable('operator_routes', {
  organisationId: text('organisation_id').primaryKey(),
  rules: text('rules').notNull(),
  version: integer('version').notNull().default(1),
});

export const operatorChanges = sqliteTable('operator_changes', {
  one: integer('one').primaryKey({ autoIncrement: true }),
  version: integer('version').notNull(),
});

export const operatorBalances = sqliteTable('operator_balances', {
  accountId: text('account_id').primaryKey(),
  amount: real('amount'),
  unit: text('unit').notNull().default(''),
  readAt: integer('read_at'),
  trouble: text('trouble').notNull().default(''),
  nextAt: integer('next_at').notNull(),
  warnedAt: integer('warned_at'),
});

export const operatorBalanceNotices = sqliteTable(
  'operator_balance_notices',
  {
    accountId: text('account_id').notNull(),
    personId: text('person_id').notNull(),
    dueAt: integer('due_at').notNull(),
    tries: integer('tries').notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.personId] })],
);

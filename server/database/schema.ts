import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { ApiKeyScope } from '../../shared/api/people.ts';
import type { Role } from '../../shared/api/session.ts';

/**
 * The tables as Drizzle sees them, for typed queries on the paths that are not hot. The migrations are the truth;
 * a test holds this to them column by column. Indexes, checks and triggers stand in the migrations alone.
 */
export * from './schema-dispatch.ts';
export * from './schema-hrm.ts';
export * from './schema-operators.ts';
export * from './schema-packages.ts';
export * from './schema-sender-names.ts';
export * from './schema-single-sign-on.ts';

/** 0 or 1 in the database. */
const flag = (name: string) => integer(name, { mode: 'boolean' });

export const migrations = sqliteTable('migrations', {
  number: integer('number').primaryKey({ autoIncrement: true }),
  name: text('name').notNull(),
  checksum: text('checksum').notNull(),
  at: integer('at').notNull(),
});

export const organisations = sqliteTable('organisations', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  hasCrm: flag('has_crm').notNull().default(false),
  retentionDays: integer('retention_days').notNull().default(90),
  programSenderNameId: text('program_sender_name_id'),
  programNameChangedAt: integer('program_name_changed_at'),
  version: integer('version').notNull().default(1),
  createdAt: integer('created_at').notNull(),
  erasedUntil: integer('erased_until').notNull().default(0),
  lowParts: integer('low_parts').default(50),
  lowPartsToldAt: integer('low_parts_told_at'),
});

export const companies = sqliteTable('companies', {
  id: text('id').primaryKey(),
  organisationId: text('organisation_id').notNull(),
  name: text('name').notNull(),
  stampName: text('stamp_name').notNull().default(''),
  stampAddress: text('stamp_address').notNull().default(''),
  stampNip: text('stamp_nip').notNull().default(''),
  senderNameId: text('sender_name_id'),
  nameChangedAt: integer('name_changed_at'),
  hrmPermission: flag('hrm_permission').notNull().default(false),
  version: integer('version').notNull().default(1),
  createdAt: integer('created_at').notNull(),
  deletedAt: integer('deleted_at'),
  timeZone: text('time_zone').notNull().default('Europe/Warsaw'),
  dayFrom: integer('day_from').notNull().default(6),
  dayUntil: integer('day_until').notNull().default(22),
  quietForAll: flag('quiet_for_all').notNull().default(false),
  monthlyParts: integer('monthly_parts'),
});

export const people = sqliteTable('people', {
  id: text('id').primaryKey(),
  organisationId: text('organisation_id').notNull(),
  email: text('email').notNull(),
  name: text('name').notNull(),
  roles: text('roles', { mode: 'json' }).$type<Role[]>().notNull(),
  version: integer('version').notNull().default(1),
  createdAt: integer('created_at').notNull(),
  deletedAt: integer('deleted_at'),
});

export const personCompanies = sqliteTable(
  'person_companies',
  {
    personId: text('person_id').notNull(),
    companyId: text('company_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.personId, table.companyId] })],
);

export const apiKeys = sqliteTable('api_keys', {
  id: text('id').primaryKey(),
  organisationId: text('organisation_id').notNull(),
  name: text('name').notNull(),
  secretHash: text('secret_hash').notNull(),
  scopes: text('scopes', { mode: 'json' }).$type<ApiKeyScope[]>().notNull(),
  companies: text('companies', { mode: 'json' }).$type<string[]>().notNull(),
  createdAt: integer('created_at').notNull(),
  lastUsedAt: integer('last_used_at'),
  revokedAt: integer('revoked_at'),
});

export const signInCodes = sqliteTable('sign_in_codes', {
  email: text('email').primaryKey(),
  codeHash: text('code_hash').notNull(),
  tries: integer('tries').notNull().default(0),
  createdAt: integer('created_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
});

export const sessions = sqliteTable('sessions', {
  tokenHash: text('token_hash').primaryKey(),
  id: text('id').notNull(),
  personId: text('person_id').notNull(),
  organisationId: text('organisation_id').notNull(),
  agent: text('agent').notNull().default(''),
  createdAt: integer('created_at').notNull(),
  usedAt: integer('used_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
});

export const rateLimits = sqliteTable(
  'rate_limits',
  {
    key: text('key').notNull(),
    windowAt: integer('window_at').notNull(),
    hits: integer('hits').notNull(),
    expiresAt: integer('expires_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.key, table.windowAt] })],
);

export const mailAccounts = sqliteTable('mail_accounts', {
  organisationId: text('organisation_id').primaryKey(),
  host: text('host').notNull(),
  port: integer('port').notNull(),
  user: text('user').notNull(),
  passwordSealed: text('password_sealed').notNull(),
  address: text('address').notNull(),
  changedAt: integer('changed_at').notNull(),
  security: text('security').notNull().default('starttls'),
  testedAt: integer('tested_at'),
});

export const senderNames = sqliteTable('sender_names', {
  id: text('id').primaryKey(),
  organisationId: text('organisation_id').notNull(),
  name: text('name').notNull(),
  nameKey: text('name_key').notNull(),
  state: text('state').notNull(),
  stateSince: integer('state_since').notNull(),
  reason: text('reason').notNull().default(''),
  statementAcceptedAt: integer('statement_accepted_at'),
  createdBy: text('created_by').notNull(),
  createdAt: integer('created_at').notNull(),
});

export const statements = sqliteTable('statements', {
  id: text('id').primaryKey(),
  organisationId: text('organisation_id').notNull(),
  senderNameId: text('sender_name_id').notNull(),
  version: text('version').notNull(),
  variant: text('variant').notNull(),
  language: text('language').notNull(),
  text: text('text').notNull(),
  companyId: text('company_id'),
  companyName: text('company_name').notNull(),
  companyAddress: text('company_address').notNull(),
  companyNip: text('company_nip').notNull(),
  signatoryName: text('signatory_name').notNull(),
  signatoryEmail: text('signatory_email').notNull(),
  acceptedBy: text('accepted_by').notNull(),
  acceptedAt: integer('accepted_at').notNull(),
  changesSlot: text('changes_slot'),
  submittedAt: integer('submitted_at'),
  submissionKey: text('submission_key'),
  title: text('title').notNull().default(''),
  mailSubject: text('mail_subject').notNull().default(''),
  mailBody: text('mail_body').notNull().default(''),
  voidedAt: integer('voided_at'),
  slotChangedBefore: integer('slot_changed_before'),
});

export const senderNameHistory = sqliteTable('sender_name_history', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  senderNameId: text('sender_name_id').notNull(),
  state: text('state').notNull(),
  reason: text('reason').notNull().default(''),
  cause: text('cause').notNull(),
  by: text('by').notNull(),
  note: text('note').notNull().default(''),
  at: integer('at').notNull(),
});

export const ledger = sqliteTable('ledger', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  organisationId: text('organisation_id').notNull(),
  kind: text('kind').notNull(),
  parts: integer('parts').notNull(),
  batchId: text('batch_id'),
  note: text('note').notNull().default(''),
  by: text('by').notNull(),
  at: integer('at').notNull(),
});

export const balances = sqliteTable('balances', {
  organisationId: text('organisation_id').primaryKey(),
  parts: integer('parts').notNull().default(0),
});

export const templates = sqliteTable('templates', {
  id: text('id').primaryKey(),
  organisationId: text('organisation_id').notNull(),
  name: text('name').notNull(),
  text: text('text').notNull(),
  version: integer('version').notNull().default(1),
  changedAt: integer('changed_at').notNull(),
});

export const optOuts = sqliteTable(
  'opt_outs',
  {
    organisationId: text('organisation_id').notNull(),
    number: text('number').notNull(),
    source: text('source').notNull(),
    at: integer('at').notNull(),
    by: text('by').notNull().default(''),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.number] })],
);

export const consents = sqliteTable(
  'consents',
  {
    organisationId: text('organisation_id').notNull(),
    number: text('number').notNull(),
    purpose: text('purpose').notNull(),
    source: text('source').notNull(),
    at: integer('at').notNull(),
    by: text('by').notNull().default(''),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.number, table.purpose] })],
);

export const sites = sqliteTable('sites', {
  id: text('id').primaryKey(),
  organisationId: text('organisation_id').notNull(),
  hostPattern: text('host_pattern').notNull(),
  companyId: text('company_id'),
  kind: text('kind').notNull(),
  region: text('region').notNull().default('PL'),
  alwaysOn: flag('always_on').notNull().default(false),
  settings: text('settings').notNull().default('{}'),
  changedAt: integer('changed_at').notNull(),
  version: integer('version').notNull().default(1),
});

export const audit = sqliteTable('audit', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  organisationId: text('organisation_id').notNull(),
  by: text('by').notNull(),
  act: text('act').notNull(),
  subject: text('subject').notNull(),
  detail: text('detail').notNull().default('{}'),
  at: integer('at').notNull(),
});

import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { HrmNumberSource } from '../../shared/api/hrm.ts';

export const hrmSettings = sqliteTable('hrm_settings', {
  companyId: text('company_id').primaryKey(),
  numberSources: text('number_sources', { mode: 'json' })
    .$type<HrmNumberSource[]>()
    .notNull()
    .default('["sms","business","private"]' as unknown as HrmNumberSource[]),
  unknownNumbers: text('unknown_numbers').notNull().default('business'),
  fullNames: integer('full_names', { mode: 'boolean' }).notNull().default(false),
  language: text('language').notNull().default('pl'),
  digestMinutes: integer('digest_minutes').notNull().default(0),
  version: integer('version').notNull().default(1),
});

export const hrmEvents = sqliteTable(
  'hrm_events',
  {
    companyId: text('company_id').notNull(),
    event: text('event').notNull(),
    enabled: integer('enabled', { mode: 'boolean' }).notNull().default(true),
    textPl: text('text_pl'),
    textEn: text('text_en'),
    version: integer('version').notNull().default(1),
  },
  (table) => [primaryKey({ columns: [table.companyId, table.event] })],
);

export const hrmEmployees = sqliteTable(
  'hrm_employees',
  {
    companyId: text('company_id').notNull(),
    reference: text('reference').notNull(),
    name: text('name').notNull().default(''),
    businessPhone: text('business_phone').notNull().default(''),
    privatePhone: text('private_phone').notNull().default(''),
    smsPhone: text('sms_phone').notNull().default(''),
    superior: text('superior').notNull().default(''),
    language: text('language'),
    changedAt: integer('changed_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.companyId, table.reference] })],
);

export const hrmNumbers = sqliteTable(
  'hrm_numbers',
  {
    companyId: text('company_id').notNull(),
    number: text('number').notNull(),
    employee: text('employee').notNull(),
    kind: text('kind').notNull(),
  },
  (table) => [primaryKey({ columns: [table.companyId, table.number, table.employee] })],
);

export const hrmConsents = sqliteTable('hrm_consents', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  companyId: text('company_id').notNull(),
  employee: text('employee').notNull(),
  purpose: text('purpose').notNull(),
  givenOn: text('given_on').notNull(),
  note: text('note').notNull().default(''),
  recordedAt: integer('recorded_at').notNull(),
  recordedBy: text('recorded_by').notNull(),
  withdrawnAt: integer('withdrawn_at'),
  withdrawnBy: text('withdrawn_by'),
});

export const hrmCalls = sqliteTable('hrm_calls', {
  id: text('id').primaryKey(),
  organisationId: text('organisation_id').notNull(),
  companyId: text('company_id').notNull(),
  event: text('event').notNull(),
  idempotencyKey: text('idempotency_key').notNull(),
  requestHash: text('request_hash').notNull(),
  createdBy: text('created_by').notNull(),
  createdAt: integer('created_at').notNull(),
  takenAt: integer('taken_at'),
  answer: text('answer'),
});

export const hrmNotifications = sqliteTable('hrm_notifications', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  callId: text('call_id').notNull(),
  place: integer('place').notNull(),
  companyId: text('company_id').notNull(),
  event: text('event').notNull(),
  language: text('language').notNull(),
  employee: text('employee').notNull(),
  person: text('person').notNull(),
  name: text('name').notNull().default(''),
  number: text('number').notNull(),
  kind: text('kind'),
  fields: text('fields'),
  state: text('state').notNull(),
  reason: text('reason').notNull().default(''),
  dueAt: integer('due_at').notNull(),
  createdAt: integer('created_at').notNull(),
  stateAt: integer('state_at').notNull(),
  batchKey: text('batch_key'),
  messageId: integer('message_id'),
  toldAt: integer('told_at'),
  erasedAt: integer('erased_at'),
});

export const hrmWebhooks = sqliteTable('hrm_webhooks', {
  companyId: text('company_id').primaryKey(),
  url: text('url').notNull(),
  secretSealed: text('secret_sealed').notNull(),
  setAt: integer('set_at').notNull(),
  afterNotification: integer('after_notification').notNull(),
  deliveredAt: integer('delivered_at'),
  failingSince: integer('failing_since'),
  lastError: text('last_error').notNull().default(''),
  disabledAt: integer('disabled_at'),
});

export const hrmWebhookDeliveries = sqliteTable('hrm_webhook_deliveries', {
  id: text('id').primaryKey(),
  companyId: text('company_id').notNull(),
  type: text('type').notNull(),
  payload: text('payload').notNull(),
  results: integer('results').notNull().default(0),
  createdAt: integer('created_at').notNull(),
  state: text('state').notNull().default('waiting'),
  dueAt: integer('due_at').notNull(),
  tries: integer('tries').notNull().default(0),
  status: integer('status'),
  error: text('error').notNull().default(''),
});

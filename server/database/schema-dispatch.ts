import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Batches, messages, the calls to operators, their reports, and the sandbox: see schema.ts. */

export const batches = sqliteTable('batches', {
  id: text('id').primaryKey(),
  organisationId: text('organisation_id').notNull(),
  companyId: text('company_id').notNull(),
  senderNameId: text('sender_name_id').notNull(),
  senderName: text('sender_name').notNull(),
  purpose: text('purpose').notNull(),
  origin: text('origin').notNull(),
  pageUrl: text('page_url'),
  templateId: text('template_id'),
  text: text('text').notNull(),
  state: text('state').notNull(),
  messages: integer('messages').notNull(),
  parts: integer('parts').notNull(),
  settledParts: integer('settled_parts').notNull().default(0),
  scheduledAt: integer('scheduled_at'),
  createdBy: text('created_by').notNull(),
  createdAt: integer('created_at').notNull(),
  idempotencyKey: text('idempotency_key').notNull(),
  requestHash: text('request_hash').notNull(),
  answer: text('answer').notNull(),
  quotaMonth: text('quota_month'),
});

export const messages = sqliteTable('messages', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  organisationId: text('organisation_id').notNull(),
  batchId: text('batch_id').notNull(),
  senderName: text('sender_name').notNull(),
  number: text('number').notNull(),
  recipientName: text('recipient_name').notNull().default(''),
  reference: text('reference').notNull().default(''),
  text: text('text'),
  parts: integer('parts').notNull(),
  settledParts: integer('settled_parts'),
  state: text('state').notNull().default('queued'),
  stateAt: integer('state_at').notNull(),
  reason: text('reason').notNull().default(''),
  lane: integer('lane').notNull().default(1),
  dueAt: integer('due_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
  attempts: integer('attempts').notNull().default(0),
  leaseOwner: text('lease_owner'),
  leaseUntil: integer('lease_until'),
  operator: text('operator'),
  operatorMessageId: text('operator_message_id'),
});

export const batchProgress = sqliteTable('batch_progress', {
  batchId: text('batch_id').primaryKey(),
  queued: integer('queued').notNull().default(0),
  sending: integer('sending').notNull().default(0),
  accepted: integer('accepted').notNull().default(0),
  delivered: integer('delivered').notNull().default(0),
  undelivered: integer('undelivered').notNull().default(0),
  expired: integer('expired').notNull().default(0),
  rejected: integer('rejected').notNull().default(0),
  cancelled: integer('cancelled').notNull().default(0),
  unknown: integer('unknown').notNull().default(0),
  settledParts: integer('settled_parts').notNull().default(0),
  version: integer('version').notNull().default(1),
});

export const operatorCalls = sqliteTable('operator_calls', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  operator: text('operator').notNull(),
  firstMessageId: integer('first_message_id').notNull(),
  messages: integer('messages').notNull(),
  startedAt: integer('started_at').notNull(),
  finishedAt: integer('finished_at'),
  outcome: text('outcome'),
  detail: text('detail').notNull().default(''),
});

export const attempts = sqliteTable(
  'attempts',
  {
    messageId: integer('message_id').notNull(),
    number: integer('number').notNull(),
    callId: integer('call_id').notNull(),
    at: integer('at').notNull(),
    outcome: text('outcome'),
    detail: text('detail').notNull().default(''),
  },
  (table) => [primaryKey({ columns: [table.messageId, table.number] })],
);

export const takeBacks = sqliteTable('take_backs', {
  messageId: integer('message_id').primaryKey({ autoIncrement: true }),
  batchId: text('batch_id').notNull(),
  requestedAt: integer('requested_at').notNull(),
  dueAt: integer('due_at').notNull(),
  tries: integer('tries').notNull().default(0),
  operator: text('operator'),
  askedAt: integer('asked_at'),
  outcome: text('outcome'),
  detail: text('detail').notNull().default(''),
  answeredAt: integer('answered_at'),
});

export const operatorPauses = sqliteTable(
  'operator_pauses',
  {
    operator: text('operator').notNull(),
    senderName: text('sender_name').notNull().default(''),
    reason: text('reason').notNull(),
    times: integer('times').notNull().default(1),
    since: integer('since').notNull(),
    until: integer('until').notNull(),
  },
  (table) => [primaryKey({ columns: [table.operator, table.senderName] })],
);

export const installation = sqliteTable('installation', {
  one: integer('one').primaryKey({ autoIncrement: true }),
  id: text('id').notNull(),
});

export const reports = sqliteTable('reports', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  operator: text('operator').notNull(),
  raw: text('raw').notNull(),
  receivedAt: integer('received_at').notNull(),
  tryAt: integer('try_at').notNull(),
  processedAt: integer('processed_at'),
  unknownSince: integer('unknown_since'),
});

export const erasures = sqliteTable('erasures', {
  batchId: text('batch_id').primaryKey(),
  dueAt: integer('due_at').notNull(),
});

export const messageReports = sqliteTable(
  'message_reports',
  {
    messageId: integer('message_id').notNull(),
    state: text('state').notNull(),
    reportId: integer('report_id').notNull(),
    detail: text('detail').notNull().default(''),
    at: integer('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.messageId, table.state] })],
);

export const sandboxTexts = sqliteTable('sandbox_texts', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  operatorMessageId: text('operator_message_id').notNull(),
  ourId: text('our_id').notNull(),
  senderName: text('sender_name').notNull(),
  number: text('number').notNull(),
  text: text('text').notNull(),
  parts: integer('parts').notNull(),
  fault: text('fault'),
  acceptedAt: integer('accepted_at').notNull(),
  reportDueAt: integer('report_due_at'),
  reportState: text('report_state').notNull().default('delivered'),
  reportedAt: integer('reported_at'),
});

export const sandboxRefusals = sqliteTable('sandbox_refusals', {
  ourId: text('our_id').primaryKey(),
  times: integer('times').notNull(),
});

export const caughtMails = sqliteTable('caught_mails', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  mailFrom: text('mail_from').notNull(),
  mailTo: text('mail_to').notNull(),
  mailCc: text('mail_cc').notNull().default(''),
  subject: text('subject').notNull(),
  raw: text('raw').notNull(),
  idempotencyKey: text('idempotency_key'),
  at: integer('at').notNull(),
});

export const companyUsage = sqliteTable(
  'company_usage',
  {
    companyId: text('company_id').notNull(),
    month: text('month').notNull(),
    parts: integer('parts').notNull(),
  },
  (table) => [primaryKey({ columns: [table.companyId, table.month] })],
);

export const retries = sqliteTable('retries', {
  messageId: integer('message_id').primaryKey({ autoIncrement: true }),
  batchId: text('batch_id').notNull(),
  ofBatchId: text('of_batch_id').notNull(),
});

export const inboundMessages = sqliteTable('inbound_messages', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  organisationId: text('organisation_id').notNull(),
  operator: text('operator').notNull(),
  operatorMessageId: text('operator_message_id'),
  number: text('number').notNull(),
  toNumber: text('to_number').notNull().default(''),
  text: text('text').notNull(),
  keyword: text('keyword').notNull().default(''),
  receivedAt: integer('received_at').notNull(),
});

export const inboundRounds = sqliteTable('inbound_rounds', {
  operator: text('operator').primaryKey(),
  nextAt: integer('next_at').notNull(),
  since: integer('since').notNull(),
});

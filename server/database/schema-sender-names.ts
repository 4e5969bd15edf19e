import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Statements' scans and mails, names at operators, reserved names: see schema.ts. */

export const statementScans = sqliteTable('statement_scans', {
  statementId: text('statement_id').primaryKey(),
  organisationId: text('organisation_id').notNull(),
  kind: text('kind').notNull(),
  size: integer('size').notNull(),
  bytes: blob('bytes', { mode: 'buffer' }).notNull(),
  uploadedBy: text('uploaded_by').notNull(),
  uploadedAt: integer('uploaded_at').notNull(),
});

export const statementScanPieces = sqliteTable(
  'statement_scan_pieces',
  {
    statementId: text('statement_id').notNull(),
    piece: integer('piece').notNull(),
    bytes: blob('bytes', { mode: 'buffer' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.statementId, table.piece] })],
);

export const statementSubmissions = sqliteTable('statement_submissions', {
  id: text('id').primaryKey(),
  organisationId: text('organisation_id').notNull(),
  statementId: text('statement_id').notNull(),
  key: text('key').notNull(),
  state: text('state').notNull(),
  failure: text('failure'),
  detail: text('detail').notNull().default(''),
  messageId: text('message_id').notNull(),
  changesSlot: text('changes_slot'),
  startedBy: text('started_by').notNull(),
  startedAt: integer('started_at').notNull(),
  leaseUntil: integer('lease_until').notNull(),
  finishedAt: integer('finished_at'),
});

export const senderNamesAtOperator = sqliteTable('sender_names_at_operator', {
  senderNameId: text('sender_name_id').primaryKey(),
  operator: text('operator').notNull(),
  state: text('state').notNull(),
  statement: text('statement').notNull(),
  note: text('note').notNull().default(''),
  registeredAt: integer('registered_at'),
  askedAt: integer('asked_at').notNull(),
});

export const operatorRounds = sqliteTable('operator_rounds', {
  operator: text('operator').primaryKey(),
  nextAt: integer('next_at').notNull(),
});

export const senderNameNotices = sqliteTable(
  'sender_name_notices',
  {
    historyId: integer('history_id').notNull(),
    personId: text('person_id').notNull(),
    dueAt: integer('due_at').notNull(),
    tries: integer('tries').notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.historyId, table.personId] })],
);

export const blockedImports = sqliteTable('blocked_imports', {
  id: text('id').primaryKey(),
  organisationId: text('organisation_id').notNull(),
  source: text('source').notNull(),
  listedOn: text('listed_on').notNull(),
  names: integer('names').notNull(),
  digest: text('digest').notNull(),
  importedBy: text('imported_by').notNull(),
  importedAt: integer('imported_at').notNull(),
});

export const blockedNames = sqliteTable(
  'blocked_names',
  {
    importId: text('import_id').notNull(),
    line: integer('line').notNull(),
    name: text('name').notNull(),
  },
  (table) => [primaryKey({ columns: [table.importId, table.line] })],
);

export const sandboxSenders = sqliteTable('sandbox_senders', {
  name: text('name').primaryKey(),
  addedAt: integer('added_at').notNull(),
  decided: text('decided'),
  note: text('note').notNull().default(''),
});

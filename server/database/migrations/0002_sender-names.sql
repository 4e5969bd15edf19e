-- The organisation's mail account: how its connection is secured, and when these settings last proved to work.
ALTER TABLE mail_accounts ADD COLUMN security TEXT NOT NULL DEFAULT 'starttls'
  CHECK (security IN ('tls', 'starttls', 'none'));
ALTER TABLE mail_accounts ADD COLUMN tested_at INTEGER;

-- What was shown and what is mailed, word for word: the texts of a later version must not change an accepted statement.
ALTER TABLE statements ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE statements ADD COLUMN mail_subject TEXT NOT NULL DEFAULT '';
ALTER TABLE statements ADD COLUMN mail_body TEXT NOT NULL DEFAULT '';
-- The name was edited or the name withdrawn: no longer anybody's word (R13).
ALTER TABLE statements ADD COLUMN voided_at INTEGER;
-- The slot's clock as it stood before this change, to be given back when the operator rejects it (R28).
ALTER TABLE statements ADD COLUMN slot_changed_before INTEGER;

-- Of two changes of one slot at once, one is first.
CREATE UNIQUE INDEX statements_one_open_change ON statements (organisation_id, changes_slot)
  WHERE changes_slot IS NOT NULL AND submitted_at IS NULL AND voided_at IS NULL;

-- A signed scan of an accepted statement.
CREATE TABLE statement_scans (
  statement_id TEXT PRIMARY KEY REFERENCES statements (id),
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  kind TEXT NOT NULL CHECK (kind IN ('application/pdf', 'image/png', 'image/jpeg')),
  size INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  uploaded_by TEXT NOT NULL,
  uploaded_at INTEGER NOT NULL
) STRICT;

-- E-mails to the operator: the row is written before the mail goes out, its outcome after. A row whose lease has run out
-- without an outcome may have been mailed: it is shown as unknown and a person decides.
CREATE TABLE statement_submissions (
  id TEXT PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  statement_id TEXT NOT NULL REFERENCES statements (id),
  -- Idempotency-Key of the request.
  key TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('sending', 'sent', 'failed', 'unknown')),
  failure TEXT,
  detail TEXT NOT NULL DEFAULT '',
  message_id TEXT NOT NULL,
  changes_slot TEXT,
  started_by TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  lease_until INTEGER NOT NULL,
  finished_at INTEGER
) STRICT;
CREATE UNIQUE INDEX statement_submissions_one_at_a_time ON statement_submissions (statement_id)
  WHERE state = 'sending';
-- Two changes of one slot are not mailed at once: only one can have its clock.
CREATE UNIQUE INDEX statement_submissions_one_a_slot ON statement_submissions (organisation_id, changes_slot)
  WHERE state = 'sending' AND changes_slot IS NOT NULL;
-- What certainly failed may be tried again under the same key.
CREATE UNIQUE INDEX statement_submissions_by_key ON statement_submissions (organisation_id, key)
  WHERE state <> 'failed';
CREATE INDEX statement_submissions_by_statement ON statement_submissions (statement_id, started_at);

-- A name as the operator has it, where the operator has a sender API.
CREATE TABLE sender_names_at_operator (
  sender_name_id TEXT PRIMARY KEY REFERENCES sender_names (id),
  operator TEXT NOT NULL,
  state TEXT NOT NULL,
  statement TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  registered_at INTEGER,
  asked_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- When the operator is to be asked for its names again: of many servers one asks.
CREATE TABLE operator_rounds (
  operator TEXT PRIMARY KEY,
  next_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Mails to administrators about a change of a name's state, one row each until it is mailed.
CREATE TABLE sender_name_notices (
  history_id INTEGER NOT NULL REFERENCES sender_name_history (id),
  person_id TEXT NOT NULL REFERENCES people (id),
  due_at INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (history_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sender_name_notices_due ON sender_name_notices (due_at);

-- Lists of reserved names that an administrator brought in; a later list of one source replaces the earlier.
CREATE TABLE blocked_imports (
  id TEXT PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  source TEXT NOT NULL,
  listed_on TEXT NOT NULL,
  names INTEGER NOT NULL,
  digest TEXT NOT NULL,
  imported_by TEXT NOT NULL,
  imported_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX blocked_imports_by_source ON blocked_imports (organisation_id, source);

CREATE TABLE blocked_names (
  import_id TEXT NOT NULL REFERENCES blocked_imports (id) ON DELETE CASCADE,
  -- Line of the file, from 1.
  line INTEGER NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (import_id, line)
) STRICT, WITHOUT ROWID;

-- Names at the built-in operator.
CREATE TABLE sandbox_senders (
  name TEXT PRIMARY KEY,
  added_at INTEGER NOT NULL,
  -- Null: the name itself says how it ends (server/operators/sandbox/senders.ts).
  decided TEXT CHECK (decided IN ('pending', 'authorised', 'rejected', 'deactivated')),
  note TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

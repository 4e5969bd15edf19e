-- Who there is ---------------------------------------------------------------------------------------------

CREATE TABLE organisations (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  has_crm INTEGER NOT NULL DEFAULT 0 CHECK (has_crm IN (0, 1)),
  retention_days INTEGER NOT NULL DEFAULT 90 CHECK (retention_days > 0),
  program_sender_name_id TEXT REFERENCES sender_names (id),
  -- When the current name of the program slot was last changed (R28); null: never.
  program_name_changed_at INTEGER,
  -- Counts up with every change: what an ETag says and an If-Match asks for.
  version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE companies (
  id TEXT PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  name TEXT NOT NULL,
  -- The stamp (pieczątka firmy, R15).
  stamp_name TEXT NOT NULL DEFAULT '',
  stamp_address TEXT NOT NULL DEFAULT '',
  stamp_nip TEXT NOT NULL DEFAULT '',
  -- Null: the company sends under the program's name (R9).
  sender_name_id TEXT REFERENCES sender_names (id),
  name_changed_at INTEGER,
  hrm_permission INTEGER NOT NULL DEFAULT 0 CHECK (hrm_permission IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
CREATE INDEX companies_by_organisation ON companies (organisation_id);

CREATE TABLE people (
  id TEXT PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  email TEXT NOT NULL,
  name TEXT NOT NULL,
  -- A JSON array of `administrator`, `sender`, `hr`.
  roles TEXT NOT NULL CHECK (json_valid(roles)),
  version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
-- One address signs in to one organisation.
CREATE UNIQUE INDEX people_by_email ON people (email) WHERE deleted_at IS NULL;
CREATE INDEX people_by_organisation ON people (organisation_id);

CREATE TABLE person_companies (
  person_id TEXT NOT NULL REFERENCES people (id),
  company_id TEXT NOT NULL REFERENCES companies (id),
  PRIMARY KEY (person_id, company_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE api_keys (
  id TEXT PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  name TEXT NOT NULL,
  -- SHA-256 of the secret, hex: the secret itself is shown once and never stored.
  secret_hash TEXT NOT NULL UNIQUE,
  scopes TEXT NOT NULL CHECK (json_valid(scopes)),
  companies TEXT NOT NULL CHECK (json_valid(companies)),
  created_at INTEGER NOT NULL,
  last_used_at INTEGER,
  revoked_at INTEGER
) STRICT;
CREATE INDEX api_keys_by_organisation ON api_keys (organisation_id);

-- Signing in -----------------------------------------------------------------------------------------------------

-- One code an address: asking again makes the older one void.
CREATE TABLE sign_in_codes (
  email TEXT PRIMARY KEY,
  -- HMAC-SHA-256 of address and code, hex: six digits alone would be guessed from a plain hash.
  code_hash TEXT NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_codes_by_end ON sign_in_codes (expires_at);

CREATE TABLE sessions (
  -- SHA-256 of the token, hex. The key itself, so that the check on every request is one search of one tree.
  token_hash TEXT PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  person_id TEXT NOT NULL REFERENCES people (id),
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  -- What the browser said it is, for the list of sessions.
  agent TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL,
  -- Moves on with use.
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_person ON sessions (person_id);
CREATE INDEX sessions_by_end ON sessions (expires_at);

-- Requests counted in windows of time, for all servers over this database together.
CREATE TABLE rate_limits (
  key TEXT NOT NULL,
  -- When the window began.
  window_at INTEGER NOT NULL,
  hits INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (key, window_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX rate_limits_by_end ON rate_limits (expires_at);

-- The organisation's own SMTP account, which owner's statements leave through (R3).
CREATE TABLE mail_accounts (
  organisation_id TEXT PRIMARY KEY REFERENCES organisations (id),
  host TEXT NOT NULL,
  port INTEGER NOT NULL,
  user TEXT NOT NULL,
  -- AES-GCM under the server's key.
  password_sealed TEXT NOT NULL,
  address TEXT NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Sender names -----------------------------------------------------------------------------------------------

CREATE TABLE sender_names (
  id TEXT PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 11),
  -- Compared without case and with spaces collapsed (R10b).
  name_key TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN
    ('draft', 'statement-accepted', 'submitted', 'authorised', 'rejected', 'deactivated', 'withdrawn')),
  state_since INTEGER NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  statement_accepted_at INTEGER,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
-- Unique over all organisations while it is pending or authorised; rejected and withdrawn names are free again.
CREATE UNIQUE INDEX sender_names_reserved ON sender_names (name_key)
  WHERE state IN ('statement-accepted', 'submitted', 'authorised', 'deactivated');
CREATE UNIQUE INDEX sender_names_once_an_organisation ON sender_names (organisation_id, name_key)
  WHERE state NOT IN ('rejected', 'withdrawn');
CREATE INDEX sender_names_by_organisation ON sender_names (organisation_id);

-- The owner's statement as it was accepted (R13–R16); never changed afterwards.
CREATE TABLE statements (
  id TEXT PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  sender_name_id TEXT NOT NULL REFERENCES sender_names (id),
  version TEXT NOT NULL,
  variant TEXT NOT NULL CHECK (variant IN ('crm', 'without-crm')),
  language TEXT NOT NULL,
  text TEXT NOT NULL,
  company_id TEXT REFERENCES companies (id),
  company_name TEXT NOT NULL,
  company_address TEXT NOT NULL,
  company_nip TEXT NOT NULL,
  signatory_name TEXT NOT NULL,
  signatory_email TEXT NOT NULL,
  accepted_by TEXT NOT NULL REFERENCES people (id),
  accepted_at INTEGER NOT NULL,
  -- The new name of a change takes the slot's clock (R28) when this is submitted; null: an added name.
  changes_slot TEXT,
  submitted_at INTEGER,
  submission_key TEXT UNIQUE
) STRICT;
CREATE INDEX statements_by_name ON statements (sender_name_id);

CREATE TABLE sender_name_history (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sender_name_id TEXT NOT NULL REFERENCES sender_names (id),
  state TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  cause TEXT NOT NULL CHECK (cause IN ('user', 'operator', 'administrator')),
  by TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX sender_name_history_by_name ON sender_name_history (sender_name_id);

-- Packages: an append-only ledger; the balance is its sum and is kept by a trigger ------------------------------

CREATE TABLE ledger (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  kind TEXT NOT NULL CHECK (kind IN ('purchase', 'reserve', 'settle', 'release', 'correct')),
  -- Change of the balance: negative for a reservation.
  parts INTEGER NOT NULL,
  batch_id TEXT,
  note TEXT NOT NULL DEFAULT '',
  by TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX ledger_by_organisation ON ledger (organisation_id, id);
CREATE INDEX ledger_by_batch ON ledger (batch_id) WHERE batch_id IS NOT NULL;

CREATE TABLE balances (
  organisation_id TEXT PRIMARY KEY REFERENCES organisations (id),
  parts INTEGER NOT NULL DEFAULT 0,
  CONSTRAINT balance_not_negative CHECK (parts >= 0)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER organisations_have_a_balance AFTER INSERT ON organisations
BEGIN
  INSERT INTO balances (organisation_id, parts) VALUES (NEW.id, 0);
END;

CREATE TRIGGER ledger_moves_the_balance AFTER INSERT ON ledger
BEGIN
  UPDATE balances SET parts = parts + NEW.parts WHERE organisation_id = NEW.organisation_id;
END;

CREATE TRIGGER ledger_is_append_only_update BEFORE UPDATE ON ledger
BEGIN
  SELECT RAISE(ABORT, 'the ledger is append-only');
END;

CREATE TRIGGER ledger_is_append_only_delete BEFORE DELETE ON ledger
BEGIN
  SELECT RAISE(ABORT, 'the ledger is append-only');
END;

-- Texts and who gets them ------------------------------------------------------------------------------------

CREATE TABLE templates (
  id TEXT PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  name TEXT NOT NULL,
  text TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  changed_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX templates_by_name ON templates (organisation_id, name);

CREATE TABLE opt_outs (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  number TEXT NOT NULL,
  source TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, number)
) STRICT, WITHOUT ROWID;

-- Consents to marketing (PKE art. 398) and of employees to texts on private numbers.
CREATE TABLE consents (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  number TEXT NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('marketing', 'employee')),
  source TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, number, purpose)
) STRICT, WITHOUT ROWID;

-- Sites: web applications that the organisation knows ---------------------------------------------------------

CREATE TABLE sites (
  id TEXT PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  host_pattern TEXT NOT NULL,
  company_id TEXT REFERENCES companies (id),
  kind TEXT NOT NULL CHECK (kind IN ('crm', 'hrm')),
  region TEXT NOT NULL DEFAULT 'PL',
  always_on INTEGER NOT NULL DEFAULT 0 CHECK (always_on IN (0, 1)),
  -- JSON: columns by list and default templates by list.
  settings TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(settings)),
  changed_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX sites_by_pattern ON sites (organisation_id, host_pattern);

-- Batches, messages, dispatch ----------------------------------------------------------------------------------

CREATE TABLE batches (
  id TEXT PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  company_id TEXT NOT NULL REFERENCES companies (id),
  sender_name_id TEXT NOT NULL REFERENCES sender_names (id),
  sender_name TEXT NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('service', 'marketing')),
  origin TEXT NOT NULL CHECK (origin IN ('crm', 'hrm')),
  page_url TEXT,
  template_id TEXT,
  text TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('scheduled', 'sending', 'finished', 'cancelled', 'paused')),
  messages INTEGER NOT NULL,
  parts INTEGER NOT NULL,
  settled_parts INTEGER NOT NULL DEFAULT 0,
  scheduled_at INTEGER,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  -- Idempotency: same key and same body, the same answer; same key and another body, refused.
  idempotency_key TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  answer TEXT NOT NULL CHECK (json_valid(answer))
) STRICT;
CREATE UNIQUE INDEX batches_by_idempotency_key ON batches (organisation_id, idempotency_key);
CREATE INDEX batches_by_organisation ON batches (organisation_id, created_at);

-- The outbox is this table: `queued` rows whose time has come are what is still to be sent.
-- The id is the order of acceptance, so that settling many rows in one statement walks the table once.
CREATE TABLE messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  organisation_id TEXT NOT NULL,
  batch_id TEXT NOT NULL REFERENCES batches (id),
  sender_name TEXT NOT NULL,
  -- E.164; empty once retention has erased it.
  number TEXT NOT NULL,
  recipient_name TEXT NOT NULL DEFAULT '',
  reference TEXT NOT NULL DEFAULT '',
  -- Null once erased.
  text TEXT,
  parts INTEGER NOT NULL,
  settled_parts INTEGER,
  state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN
    ('queued', 'sending', 'accepted', 'delivered', 'undelivered', 'expired', 'rejected', 'cancelled', 'unknown')),
  state_at INTEGER NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  -- 0: single sends, before 1: bulk.
  lane INTEGER NOT NULL DEFAULT 1,
  due_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  -- The lease: which dispatcher holds the row, and until when.
  lease_owner TEXT,
  lease_until INTEGER,
  operator TEXT,
  operator_message_id TEXT
) STRICT;
CREATE INDEX messages_due ON messages (lane, due_at, id) WHERE state = 'queued';
CREATE INDEX messages_leased ON messages (lease_until) WHERE state = 'sending';
CREATE INDEX messages_by_batch ON messages (batch_id, id);
CREATE INDEX messages_by_operator_id ON messages (operator_message_id) WHERE operator_message_id IS NOT NULL;
-- When to ask the operator what became of it: set where a report may not come, or not in time.
CREATE INDEX messages_to_ask ON messages (due_at) WHERE state IN ('accepted', 'unknown');

-- How many messages of a batch are in each state, moved by the same transaction that moves the messages, so that a
-- progress bar costs one row and a batch knows by itself that it has finished.
CREATE TABLE batch_progress (
  batch_id TEXT PRIMARY KEY REFERENCES batches (id),
  queued INTEGER NOT NULL DEFAULT 0 CHECK (queued >= 0),
  sending INTEGER NOT NULL DEFAULT 0 CHECK (sending >= 0),
  accepted INTEGER NOT NULL DEFAULT 0 CHECK (accepted >= 0),
  delivered INTEGER NOT NULL DEFAULT 0,
  undelivered INTEGER NOT NULL DEFAULT 0,
  expired INTEGER NOT NULL DEFAULT 0,
  rejected INTEGER NOT NULL DEFAULT 0,
  cancelled INTEGER NOT NULL DEFAULT 0,
  unknown INTEGER NOT NULL DEFAULT 0 CHECK (unknown >= 0),
  -- By the operator's count, as far as settled.
  settled_parts INTEGER NOT NULL DEFAULT 0,
  -- Grows with every change: the ETag.
  version INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;

-- One row a call to the operator, written before the call; `outcome` after it.
CREATE TABLE operator_calls (
  id INTEGER PRIMARY KEY,
  operator TEXT NOT NULL,
  first_message_id INTEGER NOT NULL,
  messages INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  -- Null: started and not known to have ended.
  outcome TEXT CHECK (outcome IN ('accepted', 'mixed', 'retryable', 'rejected', 'unknown')),
  detail TEXT NOT NULL DEFAULT ''
) STRICT;

-- `number` counts the tries of one message; its row without an outcome says that the call began and what became of it
-- is not known.
CREATE TABLE attempts (
  message_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  call_id INTEGER NOT NULL REFERENCES operator_calls (id),
  at INTEGER NOT NULL,
  outcome TEXT CHECK (outcome IN ('accepted', 'retryable', 'rejected', 'unknown')),
  detail TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (message_id, number)
) STRICT, WITHOUT ROWID;

-- What is held back and until when: a sender name that an operator refuses, or (name '') the operator's whole account.
CREATE TABLE operator_pauses (
  operator TEXT NOT NULL,
  sender_name TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL,
  -- How many pauses in a row: each is longer than the last.
  times INTEGER NOT NULL DEFAULT 1,
  since INTEGER NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY (operator, sender_name)
) STRICT, WITHOUT ROWID;

-- Our ids travel to operators and must be unique over installations that share an account there.
CREATE TABLE installation (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  id TEXT NOT NULL
) STRICT;
INSERT INTO installation (one, id) VALUES (1, lower(hex(randomblob(5))));

-- Delivery reports: stored raw first, matched after.
CREATE TABLE reports (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  operator TEXT NOT NULL,
  raw TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  -- When to look again: a report may come before the answer to the call that it is about.
  try_at INTEGER NOT NULL,
  -- Null: still to be matched.
  processed_at INTEGER
) STRICT;
CREATE INDEX reports_waiting ON reports (try_at, id) WHERE processed_at IS NULL;

-- The first report of each state that a message got; a repeated one changes nothing.
CREATE TABLE message_reports (
  message_id INTEGER NOT NULL,
  state TEXT NOT NULL,
  report_id INTEGER NOT NULL,
  detail TEXT NOT NULL DEFAULT '',
  at INTEGER NOT NULL,
  PRIMARY KEY (message_id, state)
) STRICT, WITHOUT ROWID;

-- Who did what: append-only -------------------------------------------------------------------------------------

CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  organisation_id TEXT NOT NULL,
  by TEXT NOT NULL,
  act TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(detail)),
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX audit_by_organisation ON audit (organisation_id, id);

CREATE TRIGGER audit_is_append_only_update BEFORE UPDATE ON audit
BEGIN
  SELECT RAISE(ABORT, 'the audit is append-only');
END;

CREATE TRIGGER audit_is_append_only_delete BEFORE DELETE ON audit
BEGIN
  SELECT RAISE(ABORT, 'the audit is append-only');
END;

-- The sandbox: simulated phones and caught mails ------------------------------------------------------------------

CREATE TABLE sandbox_texts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  operator_message_id TEXT NOT NULL UNIQUE,
  -- Our id: the sandbox operator refuses to take it twice.
  our_id TEXT NOT NULL UNIQUE,
  sender_name TEXT NOT NULL,
  number TEXT NOT NULL,
  text TEXT NOT NULL,
  parts INTEGER NOT NULL,
  fault TEXT,
  accepted_at INTEGER NOT NULL,
  -- When its delivery report is due, and when it went out.
  report_due_at INTEGER,
  report_state TEXT NOT NULL DEFAULT 'delivered',
  reported_at INTEGER
) STRICT;
-- Calls that the sandbox has turned away on demand, so that "twice, then accepted" survives a restart.
CREATE TABLE sandbox_refusals (
  our_id TEXT PRIMARY KEY,
  times INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sandbox_texts_reports_due ON sandbox_texts (report_due_at) WHERE reported_at IS NULL;
CREATE INDEX sandbox_texts_by_number ON sandbox_texts (number, id);

CREATE TABLE caught_mails (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  mail_from TEXT NOT NULL,
  mail_to TEXT NOT NULL,
  mail_cc TEXT NOT NULL DEFAULT '',
  subject TEXT NOT NULL,
  -- The whole message as it would go over the wire (RFC 5322).
  raw TEXT NOT NULL,
  -- A retry of the same mail is caught once.
  idempotency_key TEXT UNIQUE,
  at INTEGER NOT NULL
) STRICT;

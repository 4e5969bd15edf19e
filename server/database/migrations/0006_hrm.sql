-- Texts to employees: what each company has settled ------------------------------------------------------------

CREATE TABLE hrm_settings (
  company_id TEXT PRIMARY KEY REFERENCES companies (id),
  -- A JSON array of `sms`, `business`, `private`: which number is texted, the first that there is (R29).
  number_sources TEXT NOT NULL DEFAULT '["sms","business","private"]' CHECK (json_valid(number_sources)),
  -- What a number counts as of which nothing says whose it is.
  unknown_numbers TEXT NOT NULL DEFAULT 'business' CHECK (unknown_numbers IN ('business', 'private')),
  full_names INTEGER NOT NULL DEFAULT 0 CHECK (full_names IN (0, 1)),
  language TEXT NOT NULL DEFAULT 'pl' CHECK (language IN ('pl', 'en')),
  digest_minutes INTEGER NOT NULL DEFAULT 0 CHECK (digest_minutes >= 0),
  version INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;

-- Only what differs from the catalogue (`shared/hrm/events.ts`).
CREATE TABLE hrm_events (
  company_id TEXT NOT NULL REFERENCES companies (id),
  event TEXT NOT NULL,
  enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
  -- Null: the catalogue's.
  text_pl TEXT,
  text_en TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (company_id, event)
) STRICT, WITHOUT ROWID;

CREATE TABLE hrm_employees (
  company_id TEXT NOT NULL REFERENCES companies (id),
  reference TEXT NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  -- As they were given; `hrm_numbers` has them in E.164.
  business_phone TEXT NOT NULL DEFAULT '',
  private_phone TEXT NOT NULL DEFAULT '',
  sms_phone TEXT NOT NULL DEFAULT '',
  -- Another employee's reference.
  superior TEXT NOT NULL DEFAULT '',
  language TEXT,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (company_id, reference)
) STRICT, WITHOUT ROWID;

-- Whose a number is: what the send gate asks. Several employees may share one.
CREATE TABLE hrm_numbers (
  company_id TEXT NOT NULL,
  number TEXT NOT NULL,
  employee TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('business', 'private')),
  PRIMARY KEY (company_id, number, employee)
) STRICT, WITHOUT ROWID;
CREATE INDEX hrm_numbers_by_employee ON hrm_numbers (company_id, employee);

-- Consents to texts on private numbers. Never changed but for the withdrawal, never deleted.
CREATE TABLE hrm_consents (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  company_id TEXT NOT NULL REFERENCES companies (id),
  employee TEXT NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('service', 'occasions')),
  -- A day, `2026-11-24`.
  given_on TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  recorded_at INTEGER NOT NULL,
  recorded_by TEXT NOT NULL,
  withdrawn_at INTEGER,
  withdrawn_by TEXT
) STRICT;
CREATE UNIQUE INDEX hrm_consents_standing ON hrm_consents (company_id, employee, purpose)
  WHERE withdrawn_at IS NULL;
CREATE INDEX hrm_consents_by_company ON hrm_consents (company_id, id);

-- Notifications ------------------------------------------------------------------------------------------------

-- One call of an HRM application. Its people are stored in chunks; until `taken_at` nothing of it goes out.
CREATE TABLE hrm_calls (
  id TEXT PRIMARY KEY,
  organisation_id TEXT NOT NULL,
  company_id TEXT NOT NULL REFERENCES companies (id),
  event TEXT NOT NULL,
  idempotency_key TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  taken_at INTEGER,
  -- Of the call as it was taken; null before.
  answer TEXT CHECK (json_valid(answer))
) STRICT;
CREATE UNIQUE INDEX hrm_calls_by_idempotency_key ON hrm_calls (organisation_id, idempotency_key);

-- One event for one person.
CREATE TABLE hrm_notifications (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  call_id TEXT NOT NULL REFERENCES hrm_calls (id),
  -- In the call, from 0.
  place INTEGER NOT NULL,
  company_id TEXT NOT NULL,
  event TEXT NOT NULL,
  language TEXT NOT NULL,
  -- Whom it is about; who is told: a reference, else the number.
  employee TEXT NOT NULL,
  person TEXT NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  -- E.164; empty where there is none, and once erased.
  number TEXT NOT NULL,
  -- As the HRM application said; null: it did not.
  kind TEXT CHECK (kind IN ('business', 'private')),
  -- Values by field id; null once its text is written.
  fields TEXT CHECK (json_valid(fields)),
  -- `taken`: a batch has it, and its message's state is its own.
  state TEXT NOT NULL CHECK (state IN ('waiting', 'taken', 'skipped', 'refused')),
  reason TEXT NOT NULL DEFAULT '',
  due_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  state_at INTEGER NOT NULL,
  -- The batch's idempotency key: set before the batch is accepted, so that a try that was cut off is the same again.
  batch_key TEXT,
  message_id INTEGER,
  -- When the company's webhook was given its result.
  told_at INTEGER
) STRICT;
CREATE UNIQUE INDEX hrm_notifications_by_call ON hrm_notifications (call_id, place);
CREATE INDEX hrm_notifications_waiting ON hrm_notifications (company_id, due_at) WHERE state = 'waiting';
CREATE INDEX hrm_notifications_by_company ON hrm_notifications (company_id, id);
CREATE INDEX hrm_notifications_by_batch ON hrm_notifications (batch_key) WHERE batch_key IS NOT NULL;
CREATE INDEX hrm_notifications_by_message ON hrm_notifications (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX hrm_notifications_untold ON hrm_notifications (company_id, id) WHERE told_at IS NULL;

-- Where results go -------------------------------------------------------------------------------------------------

CREATE TABLE hrm_webhooks (
  company_id TEXT PRIMARY KEY REFERENCES companies (id),
  url TEXT NOT NULL,
  -- Of Standard Webhooks, under the server's key.
  secret_sealed TEXT NOT NULL,
  set_at INTEGER NOT NULL,
  delivered_at INTEGER,
  failing_since INTEGER,
  last_error TEXT NOT NULL DEFAULT '',
  disabled_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE hrm_webhook_deliveries (
  -- The `webhook-id`: the same on every try.
  id TEXT PRIMARY KEY,
  company_id TEXT NOT NULL,
  payload TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  -- When it is tried next; a server that tries it moves this on first.
  due_at INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX hrm_webhook_deliveries_due ON hrm_webhook_deliveries (due_at);
CREATE INDEX hrm_webhook_deliveries_by_company ON hrm_webhook_deliveries (company_id);

-- Operator accounts of an organisation. The id is what `operator` says in messages, calls, pauses and reports.
CREATE TABLE operator_accounts (
  id TEXT PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  -- The operator's name in the catalogue.
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  -- JSON of the settings that are no secrets.
  settings TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(settings)),
  -- JSON of those that are, AES-GCM under the server's key; empty once deleted.
  secrets_sealed TEXT NOT NULL,
  -- By an administrator; what the operator causes stands in operator_pauses.
  paused_at INTEGER,
  pause_reason TEXT NOT NULL DEFAULT '',
  -- Administrators are mailed when the operator's balance falls under it; null: never.
  low_balance REAL,
  version INTEGER NOT NULL DEFAULT 1,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
CREATE INDEX operator_accounts_by_organisation ON operator_accounts (organisation_id);

-- Which account takes which messages, in order: JSON of [{accountId, prefixes, companyIds}], empty lists for all.
CREATE TABLE operator_routes (
  organisation_id TEXT PRIMARY KEY REFERENCES organisations (id),
  rules TEXT NOT NULL CHECK (json_valid(rules)),
  version INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;

-- Counts up with every change that dispatchers must know of, so that each asks for one number.
CREATE TABLE operator_changes (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  version INTEGER NOT NULL
) STRICT;
INSERT INTO operator_changes (one, version) VALUES (1, 1);

CREATE TRIGGER operator_accounts_added AFTER INSERT ON operator_accounts
BEGIN
  UPDATE operator_changes SET version = version + 1;
END;

CREATE TRIGGER operator_accounts_changed AFTER UPDATE ON operator_accounts
BEGIN
  UPDATE operator_changes SET version = version + 1;
END;

CREATE TRIGGER operator_routes_added AFTER INSERT ON operator_routes
BEGIN
  UPDATE operator_changes SET version = version + 1;
END;

CREATE TRIGGER operator_routes_changed AFTER UPDATE ON operator_routes
BEGIN
  UPDATE operator_changes SET version = version + 1;
END;

-- What the operator said is left, and when to ask again: of many servers one asks.
CREATE TABLE operator_balances (
  account_id TEXT PRIMARY KEY REFERENCES operator_accounts (id),
  -- Null: no limit, or not known yet.
  amount REAL,
  unit TEXT NOT NULL DEFAULT '',
  read_at INTEGER,
  -- The operator's words when it did not tell.
  trouble TEXT NOT NULL DEFAULT '',
  next_at INTEGER NOT NULL,
  -- Administrators were told of this fall; null again once it is above.
  warned_at INTEGER
) STRICT, WITHOUT ROWID;

-- Mails to administrators about a fall, one row each until it is mailed.
CREATE TABLE operator_balance_notices (
  account_id TEXT NOT NULL REFERENCES operator_accounts (id),
  person_id TEXT NOT NULL REFERENCES people (id),
  due_at INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (account_id, person_id)
) STRICT, WITHOUT ROWID;

-- An organisation whose operator is full is passed over without a look at its rows.
DROP INDEX messages_due;
CREATE INDEX messages_due ON messages (lane, due_at, id, organisation_id) WHERE state = 'queued';

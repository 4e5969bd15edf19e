-- How a company sends: its time, its quiet hours (domain §7) and how much in a calendar month.
ALTER TABLE companies ADD COLUMN time_zone TEXT NOT NULL DEFAULT 'Europe/Warsaw';
-- Hours of the local day in which texts may go out: from `day_from`, before `day_until`.
ALTER TABLE companies ADD COLUMN day_from INTEGER NOT NULL DEFAULT 6 CHECK (day_from BETWEEN 0 AND 23);
ALTER TABLE companies ADD COLUMN day_until INTEGER NOT NULL DEFAULT 22 CHECK (day_until BETWEEN 1 AND 24);
-- 0: texts to employees alone keep quiet hours; 1: all of them.
ALTER TABLE companies ADD COLUMN quiet_for_all INTEGER NOT NULL DEFAULT 0 CHECK (quiet_for_all IN (0, 1));
-- Null: as many as the package has.
ALTER TABLE companies ADD COLUMN monthly_parts INTEGER CHECK (monthly_parts >= 0);

-- The month that a batch counts in, `2026-11`, by the company's clock; null: the company had no quota.
ALTER TABLE batches ADD COLUMN quota_month TEXT;

CREATE TABLE company_usage (
  company_id TEXT NOT NULL REFERENCES companies (id),
  month TEXT NOT NULL,
  parts INTEGER NOT NULL,
  PRIMARY KEY (company_id, month)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER ledger_moves_the_usage AFTER INSERT ON ledger WHEN NEW.batch_id IS NOT NULL
BEGIN
  INSERT INTO company_usage (company_id, month, parts)
  SELECT company_id, quota_month, -NEW.parts FROM batches WHERE id = NEW.batch_id AND quota_month IS NOT NULL
  ON CONFLICT (company_id, month) DO UPDATE SET parts = parts + excluded.parts;
END;

-- Failed messages that were sent anew: each once.
CREATE TABLE retries (
  message_id INTEGER PRIMARY KEY,
  batch_id TEXT NOT NULL REFERENCES batches (id),
  of_batch_id TEXT NOT NULL REFERENCES batches (id)
) STRICT;
CREATE INDEX retries_by_batch ON retries (of_batch_id);

-- Texts that people sent to us.
CREATE TABLE inbound_messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  -- The account that brought it.
  operator TEXT NOT NULL,
  operator_message_id TEXT,
  number TEXT NOT NULL,
  to_number TEXT NOT NULL DEFAULT '',
  text TEXT NOT NULL,
  -- The word that put the number on the opt-out list; empty: none.
  keyword TEXT NOT NULL DEFAULT '',
  received_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX inbound_messages_once ON inbound_messages (operator, operator_message_id)
  WHERE operator_message_id IS NOT NULL;
CREATE INDEX inbound_messages_by_organisation ON inbound_messages (organisation_id, id);

-- When to ask an account that does not push for inbound texts, and since when: of many servers one asks.
CREATE TABLE inbound_rounds (
  operator TEXT PRIMARY KEY,
  next_at INTEGER NOT NULL,
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What becomes of numbers and texts (domain §7), packages that end, and reports that nobody knows.

-- Who put it there: a person's or a key's id; empty: the person with that number, by a text.
ALTER TABLE opt_outs ADD COLUMN by TEXT NOT NULL DEFAULT '';
ALTER TABLE consents ADD COLUMN by TEXT NOT NULL DEFAULT '';

-- Batches made before that moment have been erased, but for those in `erasures`.
ALTER TABLE organisations ADD COLUMN erased_until INTEGER NOT NULL DEFAULT 0;

-- Batches that were not over when their time came: when to look again.
CREATE TABLE erasures (
  batch_id TEXT PRIMARY KEY REFERENCES batches (id),
  due_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX erasures_due ON erasures (due_at);

-- Since when nobody knows what it is about; null: it is known, or nobody has looked for long enough.
ALTER TABLE reports ADD COLUMN unknown_since INTEGER;
CREATE INDEX reports_unknown ON reports (operator, id) WHERE unknown_since IS NOT NULL;

-- Bought packages. What is used comes off the one that ends first, so that as little as possible lapses.
CREATE TABLE packages (
  -- Its purchase in the ledger.
  ledger_id INTEGER PRIMARY KEY REFERENCES ledger (id),
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  parts INTEGER NOT NULL,
  -- In grosze, net.
  price INTEGER,
  invoice TEXT NOT NULL DEFAULT '',
  -- Its last moment; null: it does not end.
  valid_until INTEGER,
  -- As of the ledger's entry `package_counts.counted`.
  remaining INTEGER NOT NULL CHECK (remaining BETWEEN 0 AND parts),
  -- When what remained was taken out of the balance.
  lapsed_at INTEGER
) STRICT;
CREATE INDEX packages_by_organisation ON packages (organisation_id, ledger_id);
CREATE INDEX packages_to_lapse ON packages (valid_until) WHERE valid_until IS NOT NULL AND lapsed_at IS NULL;

-- Up to which entry the organisation's ledger is shared out over its packages.
CREATE TABLE package_counts (
  organisation_id TEXT PRIMARY KEY REFERENCES organisations (id),
  counted INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO packages (ledger_id, organisation_id, parts, price, invoice, valid_until, remaining)
SELECT l.id, l.organisation_id, l.parts, a.detail ->> 'price', l.note, a.detail ->> 'validUntil', l.parts
FROM ledger l
LEFT JOIN audit a ON a.organisation_id = l.organisation_id AND a.act = 'package.bought' AND a.at = l.at
  AND a.detail ->> 'parts' = l.parts AND a.detail ->> 'invoice' = l.note
WHERE l.kind = 'purchase'
GROUP BY l.id;

CREATE TRIGGER a_purchase_is_a_package AFTER INSERT ON ledger WHEN NEW.kind = 'purchase'
BEGIN
  INSERT INTO packages (ledger_id, organisation_id, parts, invoice, remaining)
  VALUES (NEW.id, NEW.organisation_id, NEW.parts, NEW.note, NEW.parts);
END;

-- Administrators are told when the package falls under it; null: never.
ALTER TABLE organisations ADD COLUMN low_parts INTEGER DEFAULT 50 CHECK (low_parts >= 0);
-- They were told of this fall; null again once it is above.
ALTER TABLE organisations ADD COLUMN low_parts_told_at INTEGER;

-- Mails to administrators about a fall, one row each until it is mailed.
CREATE TABLE package_notices (
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  person_id TEXT NOT NULL REFERENCES people (id),
  due_at INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (organisation_id, person_id)
) STRICT, WITHOUT ROWID;

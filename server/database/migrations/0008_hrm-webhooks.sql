-- Webhooks of HRM as they came to be used; nothing was ever stored in these tables before.

DROP TABLE hrm_webhooks;
CREATE TABLE hrm_webhooks (
  company_id TEXT PRIMARY KEY REFERENCES companies (id),
  url TEXT NOT NULL,
  -- Of Standard Webhooks, under the server's key.
  secret_sealed TEXT NOT NULL,
  set_at INTEGER NOT NULL,
  -- Results of notifications up to this one were before its time.
  after_notification INTEGER NOT NULL,
  delivered_at INTEGER,
  failing_since INTEGER,
  last_error TEXT NOT NULL DEFAULT '',
  disabled_at INTEGER
) STRICT, WITHOUT ROWID;

DROP TABLE hrm_webhook_deliveries;
CREATE TABLE hrm_webhook_deliveries (
  -- The `webhook-id`: the same on every try.
  id TEXT PRIMARY KEY,
  company_id TEXT NOT NULL,
  type TEXT NOT NULL,
  -- Empty once it was taken or given up, as it names people.
  payload TEXT NOT NULL,
  -- How many it tells.
  results INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'failed')),
  -- When it is tried next, and a server that tries it moves this on first; then when it was taken or given up.
  due_at INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  -- Of the last answer.
  status INTEGER,
  error TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX hrm_webhook_deliveries_due ON hrm_webhook_deliveries (due_at) WHERE state = 'waiting';
CREATE INDEX hrm_webhook_deliveries_by_company ON hrm_webhook_deliveries (company_id, id);

-- What goes on beside the API for HRM looks every second: each look finds its work by an index of that work alone.

DROP INDEX hrm_notifications_waiting;
CREATE INDEX hrm_notifications_due ON hrm_notifications (due_at, id) WHERE state = 'waiting' AND batch_key IS NULL;
CREATE INDEX hrm_notifications_grouped ON hrm_notifications (batch_key)
  WHERE state = 'waiting' AND batch_key IS NOT NULL;
-- What waits for a person, to be gathered; and all that waits for a company, to be stopped.
CREATE INDEX hrm_notifications_waiting ON hrm_notifications (company_id, person)
  WHERE state = 'waiting' AND batch_key IS NULL;

-- When names and numbers were erased (domain §7); null: they are there.
ALTER TABLE hrm_notifications ADD COLUMN erased_at INTEGER;
CREATE INDEX hrm_notifications_whole ON hrm_notifications (company_id, created_at) WHERE erased_at IS NULL;
-- Calls that nobody has ended, and those that hold who was skipped.
CREATE INDEX hrm_calls_begun ON hrm_calls (created_at) WHERE taken_at IS NULL;
CREATE INDEX hrm_calls_by_company ON hrm_calls (company_id, created_at);

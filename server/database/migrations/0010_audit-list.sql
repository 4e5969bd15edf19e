-- The audit as administrators read it: without what comes with every sending, of which there are millions.
CREATE INDEX audit_of_changes ON audit (organisation_id, id)
  WHERE act NOT IN ('batch.accepted', 'hrm.notified');

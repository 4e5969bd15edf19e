-- A libSQL server takes no value of 5 MB: what of a scan is longer than one value goes on here.
CREATE TABLE statement_scan_pieces (
  statement_id TEXT NOT NULL REFERENCES statement_scans (statement_id),
  -- From 1; the beginning stands in statement_scans.
  piece INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (statement_id, piece)
) STRICT, WITHOUT ROWID;

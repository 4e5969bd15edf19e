-- Messages that are to be asked back from their operators: written with the cancellation, so that a restart forgets none.
CREATE TABLE take_backs (
  message_id INTEGER PRIMARY KEY,
  batch_id TEXT NOT NULL,
  requested_at INTEGER NOT NULL,
  -- When to ask next. Whoever asks moves it on first, and so holds the message until then.
  due_at INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  -- Whom, and when for the last time; null: nobody was asked yet.
  operator TEXT,
  asked_at INTEGER,
  -- What came of it; null: it is still to be asked.
  outcome TEXT CHECK (outcome IN ('given-back', 'refused', 'not-possible', 'too-late', 'no-answer')),
  -- In the operator's words.
  detail TEXT NOT NULL DEFAULT '',
  answered_at INTEGER
) STRICT;
CREATE INDEX take_backs_due ON take_backs (due_at) WHERE outcome IS NULL;
CREATE INDEX take_backs_by_batch ON take_backs (batch_id);

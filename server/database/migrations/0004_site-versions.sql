-- Counts up with every change: what an ETag says and an If-Match asks for.
ALTER TABLE sites ADD COLUMN version INTEGER NOT NULL DEFAULT 1;

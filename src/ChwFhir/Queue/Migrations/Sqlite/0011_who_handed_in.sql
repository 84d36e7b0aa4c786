-- Who handed a note in, and whether it is of a patient of theirs: NULL is yes; not-yet-known, outside, released, refused. Who of the supervisors decided, when and why.
ALTER TABLE note ADD COLUMN sent_by TEXT;
ALTER TABLE note ADD COLUMN sender TEXT;
ALTER TABLE note ADD COLUMN panel TEXT;
ALTER TABLE note ADD COLUMN panel_by TEXT;
ALTER TABLE note ADD COLUMN panel_at INTEGER;
ALTER TABLE note ADD COLUMN panel_reason TEXT;

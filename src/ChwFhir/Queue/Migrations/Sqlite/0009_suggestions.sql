-- What the words of notes seem to state, and what people decided of it: proposed, accepted, refused, gone. n is never given again.
CREATE TABLE suggestion (
    number     INTEGER NOT NULL REFERENCES note (number),
    n          INTEGER NOT NULL,
    key        TEXT NOT NULL,
    body       TEXT NOT NULL,
    state      TEXT NOT NULL,
    decided_by TEXT,
    decided_at INTEGER,
    PRIMARY KEY (number, n)
) WITHOUT ROWID;

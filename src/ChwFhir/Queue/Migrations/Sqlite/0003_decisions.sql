-- What people decided about resources of a note. void: the EHR has shown that it cannot be so; a person is asked again.
CREATE TABLE decision (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    number     INTEGER NOT NULL REFERENCES note (number),
    key        TEXT NOT NULL,
    word       TEXT NOT NULL,
    reference  TEXT,
    reason     TEXT,
    decided_by TEXT NOT NULL,
    decided_at INTEGER NOT NULL,
    void       INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX decision_of_note ON decision (number, id);

-- What the EHR refused of a note, so that a later try does not send it again. Key *: the whole as one transaction.
CREATE TABLE refusal (
    number INTEGER NOT NULL REFERENCES note (number),
    key    TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (number, key)
) WITHOUT ROWID;

-- What clinicians and social workers decided about held parts: released into the chart from the content `version` on, or kept out of it. Never changed: a later word is a further row.
CREATE TABLE held_decision (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    number     INTEGER NOT NULL REFERENCES note (number),
    key        TEXT NOT NULL,
    mark       TEXT NOT NULL,
    released   INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    reason     TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    role       TEXT NOT NULL,
    decided_at INTEGER NOT NULL
);
CREATE INDEX held_decision_of_note ON held_decision (number, id);

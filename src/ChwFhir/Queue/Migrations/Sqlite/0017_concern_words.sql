-- What clinicians have said of a concern that a visit reported, and who has taken it on. Nothing is ever changed: the last word of a kind counts.
CREATE TABLE concern_word (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    ehr_id  INTEGER NOT NULL REFERENCES ehr (id),
    patient TEXT NOT NULL,
    concern TEXT NOT NULL,
    word    TEXT NOT NULL,
    reason  TEXT,
    by      TEXT NOT NULL,
    name    TEXT NOT NULL,
    role    TEXT NOT NULL,
    at      INTEGER NOT NULL
);
CREATE INDEX concern_word_of ON concern_word (ehr_id, patient, id);

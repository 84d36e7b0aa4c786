-- What people are told. A message is on disk in the same commit as the note that tells it, and lives on whatever becomes of the note.
-- reach: waiting, notified, opened, taken, closed; only ever further. climb_at: when the ladder looks at it again, null when it need not.
CREATE TABLE message (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    ehr_id      INTEGER NOT NULL REFERENCES ehr (id),
    note_number INTEGER REFERENCES note (number),
    key         TEXT NOT NULL,
    client_id   TEXT,
    hash        TEXT NOT NULL,
    patient     TEXT NOT NULL,
    sender      TEXT,
    sender_role TEXT NOT NULL,
    kind        TEXT NOT NULL,
    urgency     TEXT NOT NULL,
    held        INTEGER NOT NULL,
    alert       INTEGER NOT NULL,
    sent_at     INTEGER NOT NULL,
    due_at      INTEGER NOT NULL,
    open        INTEGER NOT NULL DEFAULT 1,
    reach       TEXT NOT NULL DEFAULT 'waiting',
    reach_by    TEXT,
    reach_at    INTEGER,
    taken_by    TEXT,
    outcome     TEXT,
    withdrawn   TEXT,
    rung        INTEGER NOT NULL DEFAULT 0,
    climb_at    INTEGER,
    untold      INTEGER NOT NULL DEFAULT 0,
    body        BLOB NOT NULL
);
CREATE UNIQUE INDEX message_of_note ON message (note_number, key) WHERE note_number IS NOT NULL AND withdrawn IS NULL;
CREATE UNIQUE INDEX message_of_client ON message (ehr_id, client_id) WHERE client_id IS NOT NULL;
CREATE INDEX message_open ON message (ehr_id, due_at, number) WHERE open = 1;
CREATE INDEX message_closed ON message (ehr_id, number) WHERE open = 0;
CREATE INDEX message_of_patient ON message (ehr_id, patient, number);
CREATE INDEX message_climbs ON message (ehr_id, climb_at) WHERE climb_at IS NOT NULL;

-- copied: may read it; that they do stops no clock.
CREATE TABLE message_recipient (
    number    INTEGER NOT NULL REFERENCES message (number),
    recipient TEXT NOT NULL,
    rung      INTEGER NOT NULL,
    copied    INTEGER NOT NULL,
    PRIMARY KEY (number, recipient)
);

-- Everything that happened to a message, in order: the audit of who was told and who did what.
CREATE TABLE message_event (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    number INTEGER NOT NULL REFERENCES message (number),
    at     INTEGER NOT NULL,
    what   TEXT NOT NULL,
    by     TEXT,
    role   TEXT,
    detail TEXT
);
CREATE INDEX message_event_of ON message_event (number, id);

CREATE TABLE message_reply (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    number      INTEGER NOT NULL REFERENCES message (number),
    client_id   TEXT,
    hash        TEXT NOT NULL,
    at          INTEGER NOT NULL,
    by          TEXT NOT NULL,
    role        TEXT NOT NULL,
    body        BLOB NOT NULL,
    fhir        BLOB NOT NULL,
    filed_as    TEXT
);
CREATE INDEX message_reply_of ON message_reply (number, id);
CREATE UNIQUE INDEX message_reply_of_client ON message_reply (number, client_id) WHERE client_id IS NOT NULL;

-- Told to somebody outside: never more than that there is a message. A row waits until its channel has taken it.
CREATE TABLE notification (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    number   INTEGER NOT NULL REFERENCES message (number),
    ehr_id   INTEGER NOT NULL REFERENCES ehr (id),
    rung     INTEGER NOT NULL,
    channel  TEXT NOT NULL,
    target   TEXT NOT NULL,
    addressed TEXT NOT NULL,
    state    TEXT NOT NULL DEFAULT 'waiting',
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at  INTEGER NOT NULL,
    sent_at  INTEGER
);
CREATE INDEX notification_due ON notification (ehr_id, next_at) WHERE state = 'waiting';
CREATE INDEX notification_of ON notification (number);

-- A clinician's own word that a symptom is known: until then it raises no alert.
CREATE TABLE known_symptom (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    ehr_id  INTEGER NOT NULL REFERENCES ehr (id),
    patient TEXT NOT NULL,
    symptom TEXT NOT NULL,
    until   TEXT NOT NULL,
    by      TEXT NOT NULL,
    at      INTEGER NOT NULL,
    number  INTEGER NOT NULL REFERENCES message (number)
);
CREATE INDEX known_symptom_of ON known_symptom (ehr_id, patient, symptom, id);

-- The note is in the chart, but nobody was told what it says: needs-attention until somebody opens the message.
ALTER TABLE note ADD COLUMN untold INTEGER NOT NULL DEFAULT 0;

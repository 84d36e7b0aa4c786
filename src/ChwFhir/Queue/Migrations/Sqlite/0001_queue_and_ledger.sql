-- Times are Unix milliseconds in UTC; *_offset is the caller's offset from UTC in minutes. States are the words of the contract.

CREATE TABLE ehr (
    id       INTEGER PRIMARY KEY,
    base_url TEXT NOT NULL UNIQUE
);

-- One lane a patient. due_at is all that a claim looks at: the time from which the lane may be claimed, null while nothing waits.
-- A leased lane is due again when its lease ends.
CREATE TABLE lane (
    id      INTEGER PRIMARY KEY,
    ehr_id  INTEGER NOT NULL REFERENCES ehr (id),
    patient TEXT NOT NULL,
    due_at  INTEGER,
    worker  TEXT,
    token   INTEGER NOT NULL DEFAULT 0,
    UNIQUE (ehr_id, patient)
);
CREATE INDEX lane_due ON lane (ehr_id, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX lane_leased ON lane (worker) WHERE worker IS NOT NULL;

-- The number is the order of receipt and never used again. aside: waits without holding back the later notes of its lane.
CREATE TABLE note (
    number          INTEGER PRIMARY KEY AUTOINCREMENT,
    ehr_id          INTEGER NOT NULL REFERENCES ehr (id),
    id              TEXT NOT NULL,
    kind            TEXT NOT NULL,
    lane_id         INTEGER NOT NULL REFERENCES lane (id),
    patient         TEXT NOT NULL,
    author          TEXT,
    hash            TEXT NOT NULL,
    state           TEXT NOT NULL,
    aside           INTEGER NOT NULL DEFAULT 0,
    received_at     INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    attempts        INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER,
    revision        INTEGER NOT NULL DEFAULT 1,
    visit_at        INTEGER NOT NULL,
    visit_offset    INTEGER NOT NULL,
    issues          TEXT,
    UNIQUE (ehr_id, id)
);
-- Hot: only what waits. Finished notes leave it.
CREATE INDEX note_waiting ON note (lane_id, aside, number) WHERE state IN ('queued', 'writing');
-- Lists, newest first.
CREATE INDEX note_unfinished ON note (ehr_id, state, received_at, number) WHERE state <> 'written';
CREATE INDEX note_received ON note (ehr_id, received_at, number);
CREATE INDEX note_of_patient ON note (ehr_id, patient, received_at, number);
CREATE INDEX note_of_author ON note (ehr_id, author, received_at, number) WHERE author IS NOT NULL;

-- Notes by state, kept by the triggers below: counting a million rows is not for a desk that asks every few seconds.
CREATE TABLE tally (
    ehr_id INTEGER NOT NULL REFERENCES ehr (id),
    state  TEXT NOT NULL,
    notes  INTEGER NOT NULL,
    PRIMARY KEY (ehr_id, state)
) WITHOUT ROWID;

CREATE TRIGGER note_in AFTER INSERT ON note
BEGIN
    INSERT INTO tally (ehr_id, state, notes) VALUES (new.ehr_id, new.state, 1) ON CONFLICT (ehr_id, state) DO UPDATE SET notes = notes + 1;
END;

CREATE TRIGGER note_moves AFTER UPDATE OF state ON note WHEN old.state <> new.state
BEGIN
    UPDATE tally SET notes = notes - 1 WHERE ehr_id = old.ehr_id AND state = old.state;
    INSERT INTO tally (ehr_id, state, notes) VALUES (new.ehr_id, new.state, 1) ON CONFLICT (ehr_id, state) DO UPDATE SET notes = notes + 1;
END;

-- Payloads stand apart, so that claims and lists do not drag them through the cache.
CREATE TABLE note_input (
    number INTEGER PRIMARY KEY REFERENCES note (number),
    body   BLOB NOT NULL
);

CREATE TABLE note_resolved (
    number INTEGER PRIMARY KEY REFERENCES note (number),
    body   BLOB NOT NULL
);

CREATE TABLE note_mapped (
    number   INTEGER PRIMARY KEY REFERENCES note (number),
    bundle   BLOB NOT NULL,
    held     BLOB,
    document TEXT NOT NULL
);

CREATE TABLE note_plan (
    number INTEGER PRIMARY KEY REFERENCES note (number),
    body   BLOB NOT NULL
);

CREATE TABLE resource (
    number    INTEGER NOT NULL REFERENCES note (number),
    key       TEXT NOT NULL,
    position  INTEGER NOT NULL,
    type      TEXT NOT NULL,
    state     TEXT NOT NULL,
    reference TEXT,
    version   TEXT,
    how       TEXT,
    identity  TEXT,
    PRIMARY KEY (number, key)
) WITHOUT ROWID;

-- The write ledger. open: it is not established whether the EHR has it.
CREATE TABLE intent (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    number      INTEGER NOT NULL REFERENCES note (number),
    keys        TEXT NOT NULL,
    method      TEXT NOT NULL,
    interaction TEXT NOT NULL,
    attempt     INTEGER NOT NULL,
    intended_at INTEGER NOT NULL,
    open        INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX intent_of_note ON intent (number, id);
CREATE INDEX intent_open ON intent (number) WHERE open = 1;

CREATE TABLE outcome (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    intent_id   INTEGER NOT NULL REFERENCES intent (id),
    at          INTEGER NOT NULL,
    word        TEXT NOT NULL,
    http_status INTEGER,
    detail      TEXT,
    duration_ms INTEGER NOT NULL
);
CREATE INDEX outcome_of_intent ON outcome (intent_id, id);

-- What lives across the visits of one patient.
CREATE TABLE long_lived (
    ehr_id       INTEGER NOT NULL REFERENCES ehr (id),
    patient      TEXT NOT NULL,
    key          TEXT NOT NULL,
    type         TEXT NOT NULL,
    reference    TEXT,
    version      TEXT,
    body         BLOB NOT NULL,
    visit_at     INTEGER NOT NULL,
    visit_offset INTEGER NOT NULL,
    folded_text  TEXT,
    UNIQUE (ehr_id, patient, key)
);

CREATE TABLE learned (
    ehr_id      INTEGER NOT NULL REFERENCES ehr (id),
    type        TEXT NOT NULL,
    interaction TEXT NOT NULL,
    until       INTEGER NOT NULL,
    PRIMARY KEY (ehr_id, type, interaction)
) WITHOUT ROWID;

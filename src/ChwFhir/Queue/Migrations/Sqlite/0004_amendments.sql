-- Notes that are amended or taken back, and what a three-way merge has to remember.

-- The EHR's resource as it was last written or read; the visits' words that it was made with, where later ones found no place; every visit that spoke of it was taken back.
ALTER TABLE long_lived ADD COLUMN seen BLOB;
ALTER TABLE long_lived ADD COLUMN applied BLOB;
ALTER TABLE long_lived ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0;

-- version: which content of the note is worked on. edition: how many contents have gone out, or may have; the document of the second is note.2.
ALTER TABLE note ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE note ADD COLUMN edition INTEGER NOT NULL DEFAULT 1;
ALTER TABLE resource ADD COLUMN edition INTEGER NOT NULL DEFAULT 1;
ALTER TABLE intent ADD COLUMN edition INTEGER NOT NULL DEFAULT 1;

-- Every content that a note ever had but the present one, and those that wait to become it (version above the note's). Never pruned: it is part of the patient's record.
CREATE TABLE note_version (
    number       INTEGER NOT NULL REFERENCES note (number),
    version      INTEGER NOT NULL,
    edition      INTEGER,
    hash         TEXT NOT NULL,
    author       TEXT,
    visit_at     INTEGER NOT NULL,
    visit_offset INTEGER NOT NULL,
    received_at  INTEGER NOT NULL,
    issues       TEXT,
    body         BLOB NOT NULL,
    resolved     BLOB,
    bundle       BLOB,
    held         BLOB,
    document     TEXT,
    plan         BLOB,
    resources    TEXT,
    PRIMARY KEY (number, version)
);

-- begun: the worker has put down the note's own writes and takes back what is written.
CREATE TABLE retraction (
    number   INTEGER PRIMARY KEY REFERENCES note (number),
    reason   TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    begun    INTEGER NOT NULL DEFAULT 0,
    moved_to TEXT
);

-- What stands in the EHR, should not, and cannot be taken out by software: the records office does, and somebody ticks it off.
CREATE TABLE removal (
    number    INTEGER NOT NULL REFERENCES note (number),
    key       TEXT NOT NULL,
    type      TEXT NOT NULL,
    reference TEXT,
    why       TEXT NOT NULL,
    asked_at  INTEGER NOT NULL,
    done_at   INTEGER,
    done_by   TEXT,
    PRIMARY KEY (number, key)
);
CREATE INDEX removal_open ON removal (asked_at, number) WHERE done_at IS NULL;

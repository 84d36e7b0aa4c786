-- Notes that are amended or taken back, and what a three-way merge has to remember.

-- The EHR's resource as it was last written or read; the visits' words that it was made with, where later ones found no place; every visit that spoke of it was taken back.
ALTER TABLE long_lived ADD COLUMN seen BYTEA;
ALTER TABLE long_lived ADD COLUMN applied BYTEA;
ALTER TABLE long_lived ADD COLUMN withdrawn BIGINT NOT NULL DEFAULT 0;

-- version: which content of the note is worked on. edition: how many contents have gone out, or may have; the document of the second is note.2.
ALTER TABLE note ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE note ADD COLUMN edition BIGINT NOT NULL DEFAULT 1;
ALTER TABLE resource ADD COLUMN edition BIGINT NOT NULL DEFAULT 1;
ALTER TABLE intent ADD COLUMN edition BIGINT NOT NULL DEFAULT 1;

-- Every content that a note ever had but the present one, and those that wait to become it (version above the note's). Never pruned: it is part of the patient's record.
CREATE TABLE note_version (
    number       BIGINT NOT NULL REFERENCES note (number),
    version      BIGINT NOT NULL,
    edition      BIGINT,
    hash         TEXT NOT NULL,
    author       TEXT,
    visit_at     BIGINT NOT NULL,
    visit_offset BIGINT NOT NULL,
    received_at  BIGINT NOT NULL,
    issues       TEXT,
    body         BYTEA NOT NULL,
    resolved     BYTEA,
    bundle       BYTEA,
    held         BYTEA,
    document     TEXT,
    plan         BYTEA,
    resources    TEXT,
    PRIMARY KEY (number, version)
);

-- begun: the worker has put down the note's own writes and takes back what is written.
CREATE TABLE retraction (
    number   BIGINT PRIMARY KEY REFERENCES note (number),
    reason   TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    begun    BIGINT NOT NULL DEFAULT 0,
    moved_to TEXT
);

-- What stands in the EHR, should not, and cannot be taken out by software: the records office does, and somebody ticks it off.
CREATE TABLE removal (
    number    BIGINT NOT NULL REFERENCES note (number),
    key       TEXT COLLATE "C" NOT NULL,
    type      TEXT NOT NULL,
    reference TEXT,
    why       TEXT NOT NULL,
    asked_at  BIGINT NOT NULL,
    done_at   BIGINT,
    done_by   TEXT,
    PRIMARY KEY (number, key)
);
CREATE INDEX removal_open ON removal (asked_at, number) WHERE done_at IS NULL;

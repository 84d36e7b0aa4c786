-- What a person last said of the writes to one EHR, stopped or started, by whom. turn grows each time: instances see by it that something was said.
CREATE TABLE endpoint_switch (
    ehr_id  INTEGER PRIMARY KEY REFERENCES ehr (id),
    turn    INTEGER NOT NULL,
    stopped INTEGER NOT NULL,
    said_by TEXT NOT NULL,
    said_at INTEGER NOT NULL,
    reason  TEXT
);

-- What the desk counts each time that it is asked: few rows, found without reading the others.
CREATE INDEX resource_unknown ON resource (number) WHERE state = 'unknown';

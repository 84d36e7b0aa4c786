-- Who read and wrote what: one hash chain an instance. A record's hash is SHA-256 over the hash before it (of the first: of the chain's name) and its body.
CREATE TABLE audit_chain (
    chain TEXT PRIMARY KEY,
    n     INTEGER NOT NULL,
    hash  BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE audit_record (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    chain    TEXT NOT NULL,
    n        INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    subject  TEXT NOT NULL,
    patient  TEXT,
    action   TEXT NOT NULL,
    outcome  TEXT NOT NULL,
    previous BLOB NOT NULL,
    body     BLOB NOT NULL,
    hash     BLOB NOT NULL
);
CREATE UNIQUE INDEX audit_record_of_chain ON audit_record (chain, n);
CREATE INDEX audit_record_of_patient ON audit_record (patient, id) WHERE patient IS NOT NULL;
CREATE INDEX audit_record_of_subject ON audit_record (subject, id);

CREATE TRIGGER audit_record_stays BEFORE UPDATE ON audit_record
BEGIN
    SELECT RAISE(ABORT, 'audit records are never changed');
END;

CREATE TRIGGER audit_record_is_kept BEFORE DELETE ON audit_record
BEGIN
    SELECT RAISE(ABORT, 'audit records are never removed');
END;

-- How far somebody is who goes over the ledger or the chains: the writes to the EHR that are recorded, the records that the EHR has.
CREATE TABLE audit_cursor (
    name  TEXT PRIMARY KEY,
    place INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO audit_cursor (name, place) VALUES ('ledger', (SELECT COALESCE(MAX(id), 0) FROM outcome));

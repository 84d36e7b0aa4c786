-- Where a chain begins after what was older than has to be kept was cut off: behind record n, whose hash was this. The chain itself has a record that says the same.
CREATE TABLE audit_cut (
    chain TEXT PRIMARY KEY,
    n     INTEGER NOT NULL,
    hash  BLOB NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER audit_cut_grows BEFORE UPDATE ON audit_cut WHEN NEW.chain <> OLD.chain OR NEW.n < OLD.n
BEGIN
    SELECT RAISE(ABORT, 'a cut of the audit log is never taken back');
END;

CREATE TRIGGER audit_cut_is_kept BEFORE DELETE ON audit_cut
BEGIN
    SELECT RAISE(ABORT, 'a cut of the audit log is never taken back');
END;

DROP TRIGGER audit_record_is_kept;
CREATE TRIGGER audit_record_is_kept BEFORE DELETE ON audit_record WHEN OLD.n < 1 OR NOT EXISTS (SELECT 1 FROM audit_cut WHERE chain = OLD.chain AND n >= OLD.n)
BEGIN
    SELECT RAISE(ABORT, 'audit records are never removed');
END;

-- Where a chain begins after what was older than has to be kept was cut off: behind record n, whose hash was this. The chain itself has a record that says the same.
CREATE TABLE audit_cut (
    chain TEXT COLLATE "C" PRIMARY KEY,
    n     BIGINT NOT NULL,
    hash  BYTEA NOT NULL
);

CREATE FUNCTION audit_cut_refuses () RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a cut of the audit log is never taken back';
END
$$;
CREATE TRIGGER audit_cut_grows BEFORE UPDATE ON audit_cut FOR EACH ROW WHEN (NEW.chain <> OLD.chain OR NEW.n < OLD.n) EXECUTE FUNCTION audit_cut_refuses();
CREATE TRIGGER audit_cut_is_kept BEFORE DELETE ON audit_cut FOR EACH ROW EXECUTE FUNCTION audit_cut_refuses();
CREATE TRIGGER audit_cut_is_whole BEFORE TRUNCATE ON audit_cut FOR EACH STATEMENT EXECUTE FUNCTION audit_cut_refuses();

CREATE FUNCTION audit_keeps () RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.n >= 1 AND EXISTS (SELECT 1 FROM audit_cut WHERE chain = OLD.chain AND n >= OLD.n) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'audit records are never changed or removed';
END
$$;
DROP TRIGGER audit_record_stays ON audit_record;
CREATE TRIGGER audit_record_stays BEFORE UPDATE ON audit_record FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER audit_record_goes_by_a_cut BEFORE DELETE ON audit_record FOR EACH ROW EXECUTE FUNCTION audit_keeps();

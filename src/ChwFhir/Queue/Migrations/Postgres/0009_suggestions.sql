-- What the words of notes seem to state, and what people decided of it: proposed, accepted, refused, gone. n is never given again.
CREATE TABLE suggestion (
    number     BIGINT NOT NULL REFERENCES note (number),
    n          BIGINT NOT NULL,
    key        TEXT NOT NULL,
    body       TEXT NOT NULL,
    state      TEXT NOT NULL,
    decided_by TEXT,
    decided_at BIGINT,
    PRIMARY KEY (number, n)
);

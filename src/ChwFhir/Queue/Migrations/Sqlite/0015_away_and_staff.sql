-- Who is of the team here: whoever has come in, by their reference or the subject of their token. Their names stand beside what they did, and they can be chosen as a cover.
CREATE TABLE staff (
    ehr_id  INTEGER NOT NULL REFERENCES ehr (id),
    self    TEXT NOT NULL,
    name    TEXT NOT NULL,
    roles   TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (ehr_id, self)
);

-- Somebody is not here from one time to another, and somebody else reads what is for them. roles: those of who is away, at the time they said it.
CREATE TABLE away (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    ehr_id   INTEGER NOT NULL REFERENCES ehr (id),
    who      TEXT NOT NULL,
    cover    TEXT NOT NULL,
    roles    TEXT NOT NULL,
    from_at  INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    said_at  INTEGER NOT NULL
);
CREATE INDEX away_until ON away (ehr_id, until_at);

-- The keys that values are sealed with, each wrapped by the master key, which is not in this database. 0: the key by which values are found.
CREATE TABLE data_key (
    id      BIGINT PRIMARY KEY,
    master  TEXT NOT NULL,
    wrapped BYTEA NOT NULL,
    made_at BIGINT NOT NULL
);

-- Tables in which nothing stands in clear any more that did before there were seals; and, as *, that what they held is gone from the files too.
CREATE TABLE sealed_table (
    name TEXT PRIMARY KEY
);

-- Asked of recipients, who can no longer be asked themselves.
ALTER TABLE message_recipient ADD COLUMN of_team BIGINT NOT NULL DEFAULT 0;
UPDATE message_recipient SET of_team = 1 WHERE recipient LIKE '%CareTeam/%';

-- Holds together whose a note and a message is: what rows are found by stands the same in every row and cannot say itself where it belongs.
ALTER TABLE note ADD COLUMN whose TEXT;
ALTER TABLE message ADD COLUMN whose TEXT;

-- The last record that was written before there were seals, sealed: one in clear behind it is one that somebody has put there.
ALTER TABLE audit_chain ADD COLUMN clear_until TEXT;

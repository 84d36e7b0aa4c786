-- The key by which a person's own devices seal the visits that they have not sent yet: one a person, known by a hash of who they are. The body is sealed
-- with keys that are not in this database.
CREATE TABLE app_draft_key (
    holder TEXT NOT NULL PRIMARY KEY,
    body   BYTEA NOT NULL
);

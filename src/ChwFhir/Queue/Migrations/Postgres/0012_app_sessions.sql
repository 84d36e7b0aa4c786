-- Sign-ins to the app that are under way, and the sessions that came of them. A body is sealed with keys that are not in this database; of what a
-- browser holds there is only a hash.
CREATE TABLE app_launch (
    state_hash   TEXT NOT NULL PRIMARY KEY,
    binding_hash TEXT NOT NULL,
    body         BYTEA NOT NULL,
    ends_at      BIGINT NOT NULL
);
CREATE INDEX app_launch_by_end ON app_launch (ends_at);

CREATE TABLE app_session (
    id             TEXT NOT NULL PRIMARY KEY,
    secret_hash    TEXT NOT NULL,
    revision       BIGINT NOT NULL,
    body           BYTEA NOT NULL,
    idle_at        BIGINT NOT NULL,
    ends_at        BIGINT NOT NULL,
    renewing_until BIGINT NOT NULL
);
CREATE INDEX app_session_by_end ON app_session (idle_at);

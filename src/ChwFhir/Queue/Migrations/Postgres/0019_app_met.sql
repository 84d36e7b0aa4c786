-- Which readers have opened the card of which CHW, so that each is introduced once. Only a hash of both: it can be asked, not listed.
CREATE TABLE app_met (
    met TEXT NOT NULL PRIMARY KEY,
    at  BIGINT NOT NULL
);

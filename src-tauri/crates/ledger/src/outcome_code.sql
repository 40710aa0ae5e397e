-- The site's own list of what may come of a call. Precious.
CREATE TABLE outcome_code (
    code TEXT PRIMARY KEY,
    place INTEGER NOT NULL,           -- in the list
    name TEXT NOT NULL,
    contact INTEGER NOT NULL,         -- the person who was called for was spoken with
    success INTEGER NOT NULL,         -- the aim of the call was reached
    retired INTEGER NOT NULL          -- no longer offered
) STRICT, WITHOUT ROWID;

-- What people said came of a call; of several the last holds, the others are its history. Precious.
CREATE TABLE given_outcome (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    call INTEGER NOT NULL,
    code TEXT,                        -- NULL: what was said before was taken away
    author TEXT NOT NULL,
    given_at INTEGER NOT NULL         -- milliseconds since 1970, UTC
) STRICT;
CREATE INDEX given_outcome_call ON given_outcome (call, id);

-- One port, socket, file or folder that delivers lines. Precious: typed by people.
CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    place TEXT NOT NULL,
    settings TEXT NOT NULL,           -- JSON of the kind's settings
    format TEXT NOT NULL,
    zone TEXT NOT NULL,
    exchange INTEGER NOT NULL,        -- which exchange it tells of, from 1
    paused INTEGER NOT NULL DEFAULT 0,
    removed INTEGER NOT NULL DEFAULT 0,
    opens_failed INTEGER NOT NULL DEFAULT 0,
    reads_failed INTEGER NOT NULL DEFAULT 0
) STRICT;

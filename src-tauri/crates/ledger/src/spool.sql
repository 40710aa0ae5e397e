-- Every byte as it arrived. Precious: never changed, never deleted while its source exists.
CREATE TABLE spool (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source INTEGER NOT NULL REFERENCES source (id),
    position INTEGER NOT NULL,        -- of the first byte in the source's stream, from 0
    received_at INTEGER NOT NULL,     -- milliseconds since 1970, UTC
    continuity INTEGER NOT NULL,      -- 0 contiguous, 1 restarted, 2 broken
    landing INTEGER,                  -- number of the landing it came through
    file INTEGER,                     -- growing files: which file, and where it is to be read on
    file_offset INTEGER,
    bytes BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX spool_position ON spool (source, position);

-- Recordings that nobody and no rule may delete until they are released. Files are named by folder and path: their numbers
-- are derived. Precious.
CREATE TABLE recording_hold (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    folder INTEGER NOT NULL,
    path BLOB NOT NULL,
    why TEXT NOT NULL,
    author TEXT NOT NULL,
    held_at INTEGER NOT NULL,         -- milliseconds since 1970, UTC
    released_by TEXT,
    released_at INTEGER
) STRICT;
CREATE UNIQUE INDEX recording_hold_file ON recording_hold (folder, path) WHERE released_at IS NULL;

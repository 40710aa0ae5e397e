-- What people set up for imports and numbers. Precious.
CREATE TABLE mapping (
    name TEXT PRIMARY KEY,
    body TEXT NOT NULL                -- JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE dial_rules (
    exchange INTEGER PRIMARY KEY,
    body TEXT NOT NULL                -- JSON of numbering::SiteRules
) STRICT;

CREATE TABLE watched_folder (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL UNIQUE,
    options TEXT NOT NULL,            -- JSON
    paused INTEGER NOT NULL DEFAULT 0,
    last_file TEXT,
    last_at INTEGER,                  -- milliseconds since 1970, UTC
    error TEXT                        -- JSON
) STRICT;

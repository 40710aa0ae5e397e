-- Folders of recordings. Precious.
CREATE TABLE recording_folder (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL UNIQUE,        -- absolute
    removed_at INTEGER                -- milliseconds since 1970, UTC; what was said of its files is kept
) STRICT;

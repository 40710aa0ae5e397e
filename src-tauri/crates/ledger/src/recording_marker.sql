-- Places in recordings that people marked, with a note. Files are named by folder and path: their numbers are derived.
-- Precious: kept when the file goes, and there again when it comes back.
CREATE TABLE recording_marker (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    folder INTEGER NOT NULL,
    path BLOB NOT NULL,
    at_ms INTEGER NOT NULL,           -- milliseconds of the sound
    text TEXT NOT NULL,
    author TEXT NOT NULL,
    written_at INTEGER NOT NULL,      -- milliseconds since 1970, UTC
    changed_at INTEGER,
    deleted_at INTEGER
) STRICT;
CREATE INDEX recording_marker_file ON recording_marker (folder, path) WHERE deleted_at IS NULL;

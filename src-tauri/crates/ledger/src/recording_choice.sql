-- Which call a recording belongs to, where a person says so: all that was said, in order; the last one that was not taken
-- back holds. Files are named by folder and path: their numbers are derived. Precious.
CREATE TABLE recording_choice (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    folder INTEGER NOT NULL,
    path BLOB NOT NULL,
    call INTEGER,                     -- NULL: to none
    author TEXT NOT NULL,
    chosen_at INTEGER NOT NULL,       -- milliseconds since 1970, UTC
    undone_at INTEGER
) STRICT;
CREATE INDEX recording_choice_file ON recording_choice (folder, path) WHERE undone_at IS NULL;
CREATE INDEX recording_choice_call ON recording_choice (call) WHERE call IS NOT NULL;

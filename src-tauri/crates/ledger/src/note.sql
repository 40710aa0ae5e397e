-- What people wrote to calls. Precious: kept when its call goes, and there again when the call comes back.
CREATE TABLE note (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    call INTEGER NOT NULL,
    text TEXT NOT NULL,
    folded TEXT NOT NULL,             -- the text in lower case, for searching
    author TEXT NOT NULL,
    written_at INTEGER NOT NULL,      -- milliseconds since 1970, UTC
    changed_at INTEGER,
    deleted_at INTEGER
) STRICT;
CREATE INDEX note_call ON note (call) WHERE deleted_at IS NULL;

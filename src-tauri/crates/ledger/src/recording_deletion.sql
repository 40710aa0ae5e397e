-- Recordings that were deleted, by whom and why. An entry is written before the file goes, and another one when it has gone
-- or could not. Precious, and only ever written on: the ledger itself refuses to change or delete a row.
CREATE TABLE recording_deletion (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    folder INTEGER NOT NULL,
    path BLOB NOT NULL,
    file TEXT NOT NULL,               -- with its folder; what is not UTF-8 is shown with escapes
    bytes INTEGER NOT NULL,
    author TEXT NOT NULL,
    at INTEGER NOT NULL,              -- milliseconds since 1970, UTC
    rule TEXT,                        -- the rule in words; NULL: somebody chose this recording
    result TEXT NOT NULL              -- begun, done, or the code of the error
) STRICT;
CREATE INDEX recording_deletion_file ON recording_deletion (folder, path);
CREATE TRIGGER recording_deletion_is_not_changed BEFORE UPDATE ON recording_deletion
    BEGIN SELECT RAISE(ABORT, 'the log of deletions cannot be changed'); END;
CREATE TRIGGER recording_deletion_is_not_emptied BEFORE DELETE ON recording_deletion
    BEGIN SELECT RAISE(ABORT, 'the log of deletions cannot be emptied'); END;
-- REPLACE would delete without asking.
CREATE TRIGGER recording_deletion_is_not_replaced BEFORE INSERT ON recording_deletion
    WHEN EXISTS (SELECT 1 FROM recording_deletion WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'the log of deletions cannot be changed'); END;

-- The calls that deleted recordings belonged to; they go along when a call gets another id. Precious.
CREATE TABLE deleted_recording_call (
    call INTEGER NOT NULL,
    deletion INTEGER NOT NULL,
    PRIMARY KEY (call, deletion)
) STRICT, WITHOUT ROWID;
CREATE INDEX deleted_recording_call_deletion ON deleted_recording_call (deletion);

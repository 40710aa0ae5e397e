-- Who listened to which recording, or took a copy of it. Precious, and only ever written on: the ledger itself refuses to
-- change or delete a row.
CREATE TABLE listening (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    author TEXT NOT NULL,             -- the person logged in to the computer
    at INTEGER NOT NULL,              -- milliseconds since 1970, UTC
    kind INTEGER NOT NULL,            -- 0 opened, 1 played, 2 written as WAV, 3 copied as it is, 4 a filter was tried
    file TEXT NOT NULL,               -- with its folder, as it was then; what is not UTF-8 is shown with escapes
    call INTEGER,                     -- as it was called then
    from_ms INTEGER,                  -- the part that was played, in milliseconds of the sound
    to_ms INTEGER,
    filter TEXT,                      -- the filter that decrypted it
    result TEXT NOT NULL,             -- done, or the code of the error
    bytes INTEGER,                    -- that the filter gave, or that the plain file has
    took_ms INTEGER
) STRICT;
CREATE INDEX listening_call ON listening (call) WHERE call IS NOT NULL;
CREATE TRIGGER listening_is_not_changed BEFORE UPDATE ON listening
    BEGIN SELECT RAISE(ABORT, 'the listening log cannot be changed'); END;
CREATE TRIGGER listening_is_not_emptied BEFORE DELETE ON listening
    BEGIN SELECT RAISE(ABORT, 'the listening log cannot be emptied'); END;
-- REPLACE would delete without asking.
CREATE TRIGGER listening_is_not_replaced BEFORE INSERT ON listening
    WHEN EXISTS (SELECT 1 FROM listening WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'the listening log cannot be changed'); END;

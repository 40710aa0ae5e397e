-- Files of recordings, as they were when they were last looked at. Derived from the folders.
CREATE TABLE recording (
    id INTEGER PRIMARY KEY,
    folder INTEGER NOT NULL,
    path BLOB NOT NULL,               -- relative to the folder, / between the parts; bytes as the system has them
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,        -- milliseconds since 1970, UTC
    state INTEGER NOT NULL,           -- 0 found, 1 too new, 2 empty, 3 header only, 4 unreadable, 5 gone
    why TEXT,                         -- why it cannot be read
    cipher INTEGER,                   -- 0 none, it is sound; 1 none that is known, 2 OpenPGP, 3 age, 4 OpenSSL, 5 ZIP, 6 by its
                                      -- name alone; NULL: not looked at
    sound_ms INTEGER,                 -- NULL: not known without decoding
    channels INTEGER,
    verdict INTEGER NOT NULL,         -- 0 not asked yet, 1 matched, 2 ambiguous, 3 unmatched
    reason INTEGER,                   -- why it is unmatched: app/src/recordings/words.rs
    UNIQUE (folder, path)
) STRICT;
CREATE INDEX recording_verdict ON recording (verdict, id) WHERE verdict != 1;
CREATE INDEX recording_state ON recording (state, id) WHERE state != 0;

-- Calls that recordings belong to, or may belong to where they are ambiguous. Derived.
CREATE TABLE recording_match (
    recording INTEGER NOT NULL,
    call INTEGER NOT NULL,
    evidence INTEGER NOT NULL,        -- app/src/recordings/words.rs
    after_start INTEGER,              -- seconds from the start of the call to the time of the file
    PRIMARY KEY (recording, call)
) STRICT, WITHOUT ROWID;
CREATE INDEX recording_match_call ON recording_match (call);

-- How far the clock of names is ahead of that of calls, for each week that was measured. Derived.
CREATE TABLE recording_clock (
    folder INTEGER NOT NULL,
    clock INTEGER NOT NULL,           -- 0 of the wall, 1 UTC
    week INTEGER NOT NULL,            -- its first second, by the clock of the names
    seconds INTEGER NOT NULL,         -- time in the name minus start of the call
    agree INTEGER NOT NULL,           -- of `files`
    files INTEGER NOT NULL,
    by_ids INTEGER NOT NULL,          -- otherwise by equal numbers
    PRIMARY KEY (folder, clock, week)
) STRICT, WITHOUT ROWID;

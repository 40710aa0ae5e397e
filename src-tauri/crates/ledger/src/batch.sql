-- A file that was imported. Precious: the history of imports.
CREATE TABLE batch (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source INTEGER NOT NULL REFERENCES source (id),
    state INTEGER NOT NULL,           -- 0 being taken in, 1 imported, 2 being taken back, 3 undone
    began_at INTEGER NOT NULL,        -- milliseconds since 1970, UTC
    undone_at INTEGER,
    digest INTEGER NOT NULL,          -- of the file's bytes
    mapping TEXT,                     -- the kept mapping it was read by
    corrects INTEGER,                 -- the batch whose rejected rows it brings corrected
    lines INTEGER NOT NULL DEFAULT 0,
    inserted INTEGER NOT NULL DEFAULT 0,
    known INTEGER NOT NULL DEFAULT 0,
    ignored INTEGER NOT NULL DEFAULT 0,
    rejected INTEGER NOT NULL DEFAULT 0,
    updated INTEGER NOT NULL DEFAULT 0,
    known_from_lines INTEGER NOT NULL DEFAULT 0,
    calls INTEGER NOT NULL DEFAULT 0,
    first_local INTEGER,              -- wall-clock seconds of its first and last row
    last_local INTEGER,
    milliseconds INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX batch_digest ON batch (digest);

-- The rows of imported tables as they were, many in one piece, compressed. Precious while the batch stands.
CREATE TABLE block (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source INTEGER NOT NULL REFERENCES source (id),
    rows INTEGER NOT NULL,
    bytes BLOB NOT NULL
) STRICT;
CREATE INDEX block_source ON block (source);

-- Rows that could not be read. Derived.
CREATE TABLE reject (
    source INTEGER NOT NULL,
    line INTEGER NOT NULL,            -- of the file, from 1
    block INTEGER NOT NULL,
    row INTEGER NOT NULL,             -- within the block, from 0
    reason TEXT NOT NULL,
    PRIMARY KEY (source, line)
) STRICT, WITHOUT ROWID;

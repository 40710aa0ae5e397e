-- How the lines of a source were sorted, and how far its stream has been read. Derived.
CREATE TABLE tally (
    source INTEGER PRIMARY KEY,
    made_with TEXT NOT NULL,                -- format and zone by which its lines were read
    read_to INTEGER NOT NULL DEFAULT 0,     -- the last spool row that was looked at
    framed_to INTEGER NOT NULL DEFAULT 0,   -- stream position up to which lines are complete
    lines INTEGER NOT NULL DEFAULT 0,
    inserted INTEGER NOT NULL DEFAULT 0,
    known INTEGER NOT NULL DEFAULT 0,
    ignored INTEGER NOT NULL DEFAULT 0,
    rejected INTEGER NOT NULL DEFAULT 0,
    decode INTEGER NOT NULL DEFAULT 0,
    framing INTEGER NOT NULL DEFAULT 0,
    parse INTEGER NOT NULL DEFAULT 0,
    last_line_at INTEGER                    -- milliseconds since 1970, UTC
) STRICT;

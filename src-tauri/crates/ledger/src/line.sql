-- Every line found in the spool, with what came of it. Derived.
CREATE TABLE line (
    source INTEGER NOT NULL,
    position INTEGER NOT NULL,        -- of its first byte in the source's stream
    number INTEGER NOT NULL,          -- within the source, from 1
    length INTEGER NOT NULL,          -- bytes of the stream it covers, line end included
    received_at INTEGER NOT NULL,     -- milliseconds since 1970, UTC
    verdict INTEGER NOT NULL,         -- 0 inserted, 1 known, 2 ignored, 3 rejected
    marks INTEGER NOT NULL,
    reason TEXT,
    PRIMARY KEY (source, position)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX line_number ON line (source, number);
CREATE INDEX line_rejected ON line (received_at) WHERE verdict = 3;

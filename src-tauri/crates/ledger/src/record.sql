-- One for each distinct line that was understood. Derived.
CREATE TABLE record (
    id INTEGER PRIMARY KEY,
    key BLOB NOT NULL,                -- hash of exchange, format and text: the same line again is the same record
    source INTEGER NOT NULL,
    position INTEGER NOT NULL,        -- of its line
    arrived INTEGER,                  -- seconds since 1970, for live sources
    exchange INTEGER NOT NULL,
    format TEXT NOT NULL,
    trunk TEXT NOT NULL,
    number TEXT NOT NULL,
    start_utc INTEGER NOT NULL,
    end_utc INTEGER NOT NULL,
    joins INTEGER NOT NULL,           -- may be joined with another outside line
    call INTEGER,                     -- the call it belongs to; NULL for events
    body BLOB NOT NULL                -- calls::Record
) STRICT;
CREATE UNIQUE INDEX record_key ON record (key);
CREATE INDEX record_lane ON record (exchange, format, trunk, number, end_utc);
CREATE INDEX record_end ON record (exchange, format, end_utc);
CREATE INDEX record_joins ON record (exchange, format, end_utc) WHERE joins = 1;
CREATE INDEX record_call ON record (call);

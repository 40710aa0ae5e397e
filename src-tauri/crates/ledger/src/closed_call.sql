-- Open calls that people closed. Precious: while a call is told, this is told with it.
CREATE TABLE closed_call (
    call INTEGER PRIMARY KEY,
    reason TEXT NOT NULL,
    author TEXT NOT NULL,
    closed_at INTEGER NOT NULL        -- milliseconds since 1970, UTC
) STRICT;

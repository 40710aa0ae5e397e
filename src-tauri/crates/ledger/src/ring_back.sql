-- What people decided about callers who are to be rung back: all of it, in order. Precious.
CREATE TABLE ring_back (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    exchange INTEGER NOT NULL,
    printed TEXT NOT NULL,            -- the caller's number as it was shown: other dial rules may spell it otherwise
    kind INTEGER NOT NULL,            -- 0 given to somebody, 1 noted, 2 dismissed, 3 opened again
    text TEXT,                        -- to whom, the note, the reason; NULL: taken away
    author TEXT NOT NULL,
    decided_at INTEGER NOT NULL,      -- milliseconds since 1970, UTC
    last_try INTEGER NOT NULL         -- start of the missed call that was the caller's last then; seconds, UTC
) STRICT;
CREATE INDEX ring_back_number ON ring_back (exchange, printed);
CREATE INDEX ring_back_last_try ON ring_back (last_try);

-- At most one row. Precious.
CREATE TABLE ring_back_settings (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    window_hours INTEGER NOT NULL,
    short_ring_seconds INTEGER NOT NULL
) STRICT;

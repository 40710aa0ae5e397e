-- One for each call, with the columns that lists filter and sort by. Derived.
CREATE TABLE call (
    id INTEGER PRIMARY KEY,           -- calls::CallId: by time
    source INTEGER NOT NULL,          -- of its first record
    live INTEGER NOT NULL,
    start_local INTEGER NOT NULL,     -- wall-clock seconds at the source
    start_utc INTEGER NOT NULL,
    direction INTEGER NOT NULL,       -- place in calls' table of directions
    outcome INTEGER NOT NULL,         -- place in calls' table of outcomes
    caller TEXT NOT NULL,
    called TEXT NOT NULL,
    outside INTEGER,                  -- number of the outside party
    answered_by TEXT NOT NULL,
    trunk TEXT NOT NULL,
    wait INTEGER,
    talk INTEGER,
    parties TEXT NOT NULL,            -- extensions that rang or talked, a blank between
    extra TEXT NOT NULL,              -- what else a search box looks through, lower case
    rows BLOB,                        -- imported: the rows it was told from
    body BLOB                         -- came over a line: calls::Call; imported: NULL, told anew from its rows
) STRICT;
CREATE INDEX call_start ON call (start_local);
CREATE INDEX call_source ON call (source) WHERE rows IS NULL;
CREATE INDEX call_live ON call (start_utc) WHERE live = 1;

-- Extensions that rang or talked in a call.
CREATE TABLE call_party (
    extension TEXT NOT NULL,
    call INTEGER NOT NULL,
    rung INTEGER NOT NULL,
    talked INTEGER NOT NULL,
    talk INTEGER NOT NULL,
    PRIMARY KEY (extension, call)
) STRICT, WITHOUT ROWID;

-- Calls by their outside party. A table and not an index of `call`, so that an import can fill it in one go.
CREATE TABLE call_number (
    number INTEGER NOT NULL,
    call INTEGER NOT NULL,
    PRIMARY KEY (number, call)
) STRICT, WITHOUT ROWID;

-- Ids of an exchange under which a call is known beside the one that is part of its own id.
CREATE TABLE call_thread (
    thread INTEGER NOT NULL,          -- made like a call's id: moment, then hash of the thread
    call INTEGER NOT NULL,
    PRIMARY KEY (thread, call)
) STRICT, WITHOUT ROWID;

-- One for each call: how it is told. What lists filter and sort by stands in `call_column`. Derived.
CREATE TABLE call (
    id INTEGER PRIMARY KEY,           -- calls::CallId: by wall-clock start
    source INTEGER NOT NULL,          -- of its first record
    live INTEGER NOT NULL,
    rows BLOB,                        -- imported: the rows it was told from
    body BLOB                         -- came over a line: calls::Call; imported: NULL, told anew from its rows
) STRICT;
CREATE INDEX call_source ON call (source) WHERE rows IS NULL;
CREATE INDEX call_live ON call (live) WHERE live = 1;

-- Ids of an exchange under which a call is known beside the one that is part of its own id.
CREATE TABLE call_thread (
    thread INTEGER NOT NULL,          -- made like a call's id: moment, then hash of the thread
    call INTEGER NOT NULL,
    PRIMARY KEY (thread, call)
) STRICT, WITHOUT ROWID;

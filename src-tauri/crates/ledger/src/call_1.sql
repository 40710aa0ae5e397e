-- One for each call, with the columns that lists filter and sort by; `body` has the whole. Derived.
CREATE TABLE call (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL,          -- of its first record
    live INTEGER NOT NULL,
    start_local INTEGER NOT NULL,     -- wall-clock seconds at the source
    start_utc INTEGER NOT NULL,
    direction TEXT NOT NULL,
    outcome TEXT NOT NULL,
    caller TEXT NOT NULL,
    called TEXT NOT NULL,
    outside TEXT NOT NULL,            -- the outside party's number, for "called back?"
    answered_by TEXT NOT NULL,
    trunk TEXT NOT NULL,
    wait INTEGER,
    talk INTEGER,
    search TEXT NOT NULL,             -- what a search box looks through, lower case
    body BLOB NOT NULL                -- calls::Call
) STRICT;
CREATE INDEX call_start ON call (start_local, id);
CREATE INDEX call_outside ON call (outside, start_utc);
CREATE INDEX call_source ON call (source);
CREATE INDEX call_live ON call (start_utc) WHERE live = 1;

-- Extensions that rang or talked in a call.
CREATE TABLE call_party (
    call INTEGER NOT NULL,
    extension TEXT NOT NULL,
    rung INTEGER NOT NULL,
    talked INTEGER NOT NULL,
    talk INTEGER NOT NULL,
    PRIMARY KEY (call, extension)
) STRICT, WITHOUT ROWID;
CREATE INDEX call_party_extension ON call_party (extension, call);

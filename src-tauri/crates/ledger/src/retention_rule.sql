-- How long recordings of a folder are kept. A folder without a rule keeps everything. Precious.
CREATE TABLE retention_rule (
    folder INTEGER PRIMARY KEY,
    days INTEGER,                     -- older ones may go; NULL: however old
    most_bytes INTEGER,               -- the oldest may go until there are no more than so many; NULL: however many
    only_copies INTEGER NOT NULL,     -- those of which there is no other copy may go, too
    author TEXT NOT NULL,
    changed_at INTEGER NOT NULL       -- milliseconds since 1970, UTC
) STRICT;

-- A site's own filters, and ready-made ones that it changed: how encrypted recordings are decrypted. Pass phrases are
-- never here. Precious.
CREATE TABLE recording_filter (
    id TEXT PRIMARY KEY,
    place INTEGER NOT NULL,           -- those before others are asked first
    label TEXT NOT NULL,
    program TEXT,                     -- NULL: age, which is built in
    arguments TEXT NOT NULL,          -- one in each line
    given INTEGER NOT NULL,           -- on standard input: 0 nothing, 1 the file, 2 the pass phrase
    endings TEXT NOT NULL,            -- parted by blanks, without dots
    notices_tampering INTEGER NOT NULL,
    seconds INTEGER NOT NULL,         -- how long it may take for any file
    seconds_per_megabyte INTEGER NOT NULL,
    most_megabytes INTEGER NOT NULL   -- how much it may give
) STRICT, WITHOUT ROWID;

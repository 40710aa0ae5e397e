-- Ways of looking at the call list. Precious.
CREATE TABLE saved_view (
    name TEXT PRIMARY KEY,
    body TEXT NOT NULL                -- JSON
) STRICT, WITHOUT ROWID;

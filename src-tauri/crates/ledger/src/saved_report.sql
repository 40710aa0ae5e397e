-- Reports with what is asked of them. Precious.
CREATE TABLE saved_report (
    name TEXT PRIMARY KEY,
    body TEXT NOT NULL                -- JSON
) STRICT, WITHOUT ROWID;

-- Who has which extension, from one day to another. Precious.
CREATE TABLE directory (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    extension TEXT NOT NULL,
    person TEXT NOT NULL,
    department TEXT NOT NULL,
    folded_person TEXT NOT NULL,      -- in lower case, for searching
    folded_department TEXT NOT NULL,
    from_local INTEGER NOT NULL,      -- first wall-clock second; the least number: from the beginning
    to_local INTEGER NOT NULL,        -- second after the last; the greatest number: until further notice
    import INTEGER                    -- of contact_import, that brought it; NULL once a person has typed or changed it
) STRICT;
CREATE INDEX directory_extension ON directory (extension);

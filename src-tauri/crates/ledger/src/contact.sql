-- People outside, with their numbers. Precious.
CREATE TABLE contact (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    note TEXT NOT NULL,
    folded_name TEXT NOT NULL,        -- in lower case, for searching
    folded_organisation TEXT NOT NULL,
    import INTEGER                    -- that brought it; NULL once a person has typed or changed it
) STRICT;
CREATE INDEX contact_name ON contact (folded_name, folded_organisation);

CREATE TABLE contact_number (
    contact INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    number TEXT NOT NULL,             -- as people write it
    import INTEGER,
    PRIMARY KEY (contact, place)
) STRICT, WITHOUT ROWID;

-- Files of contacts or of the directory that were taken in, and what each said, so that one can be taken back without the others.
CREATE TABLE contact_import (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    file TEXT NOT NULL,
    began_at INTEGER NOT NULL,        -- milliseconds since 1970, UTC
    undone_at INTEGER
) STRICT;

CREATE TABLE contact_import_row (
    import INTEGER NOT NULL REFERENCES contact_import (id),
    contact INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    numbers TEXT NOT NULL,            -- JSON: the numbers of its row
    PRIMARY KEY (import, contact)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_import_row_contact ON contact_import_row (contact);

-- The one spelling of each contact's numbers at each exchange. Derived from the dial rules.
CREATE TABLE contact_normal (
    normal TEXT NOT NULL,
    exchange INTEGER NOT NULL,
    contact INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    PRIMARY KEY (normal, exchange, contact)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_normal_contact ON contact_normal (contact);

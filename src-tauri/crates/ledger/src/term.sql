-- Every text of a call's columns once: extensions, trunks, names, codes. Derived.
CREATE TABLE term (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice: readers remember them
    text TEXT NOT NULL UNIQUE,
    columns INTEGER NOT NULL               -- bits of the columns in which it stands or stood
) STRICT;

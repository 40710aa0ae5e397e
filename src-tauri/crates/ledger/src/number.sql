-- Every outside number as printed, once for each exchange and side, with what the dial rules make of it. Derived.
CREATE TABLE number (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice: readers remember them
    exchange INTEGER NOT NULL,
    dialled INTEGER NOT NULL,         -- 1: somebody of ours dialled it; 0: it called
    printed TEXT NOT NULL,
    class TEXT NOT NULL,              -- numbering::NumberClass
    country TEXT,                     -- ISO 3166 alpha-2
    normal TEXT NOT NULL,             -- one spelling for one party
    UNIQUE (exchange, dialled, printed)
) STRICT;
CREATE INDEX number_normal ON number (normal);

-- Calls of six hours, by the wall clock of their start; or of a quarter-hour where six hours have very many. Derived;
-- written with the calls.
CREATE TABLE call_part (
    part INTEGER PRIMARY KEY,         -- its first quarter-hour: start / 900
    calls INTEGER NOT NULL,
    sums BLOB NOT NULL                -- by direction and outcome, see part_sum.rs
) STRICT;

-- What lists of calls filter and sort by: of each part, every column's values in the order of the calls' ids.
-- A function of the set of calls, whatever the order in which they came.
CREATE TABLE call_column (
    id INTEGER PRIMARY KEY,           -- column << 32 | part
    body BLOB NOT NULL                -- packed numbers, see values.rs
) STRICT;

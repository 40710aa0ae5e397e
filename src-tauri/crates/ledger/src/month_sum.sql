-- Sums of calls by what reports count them by. Derived from the columns of calls, a whole month at a time.
CREATE TABLE month_sum (
    id INTEGER PRIMARY KEY,           -- what by << 48 | month << 24 | which part of the sums; see month_sum.rs
    body BLOB NOT NULL
) STRICT;

-- Months whose calls have changed since they were summed up: they are counted call by call until that is done again.
CREATE TABLE unsummed_month (
    month INTEGER PRIMARY KEY         -- months since the year 0
) STRICT;

-- Sums of calls by what reports count them by: of each part by half-hours and queues, of each month by the rest. Derived;
-- written with the calls.
CREATE TABLE call_sum (
    id INTEGER PRIMARY KEY,           -- what by << 48 | part, or month << 24 | values; see call_sum.rs
    body BLOB NOT NULL
) STRICT;

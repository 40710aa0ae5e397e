-- Quarter-hours in which a call got or lost a recording since the column that tells so was written. Empty between
-- transactions.
CREATE TABLE recorded_since (slot INTEGER PRIMARY KEY) STRICT;

-- An id is the start in seconds and 30 bits more.
CREATE TRIGGER recorded_since_found AFTER INSERT ON recorded_call
    BEGIN INSERT OR IGNORE INTO recorded_since (slot) VALUES ((NEW.call >> 30) / 900); END;
CREATE TRIGGER recorded_since_lost AFTER DELETE ON recorded_call
    BEGIN INSERT OR IGNORE INTO recorded_since (slot) VALUES ((OLD.call >> 30) / 900); END;

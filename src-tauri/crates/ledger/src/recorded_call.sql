-- Calls that have a recording with sound in it, or one that cannot be looked into. Derived from `recording` and
-- `recording_match`, and kept by triggers: whoever changes those need not think of it.
CREATE TABLE recorded_call (call INTEGER PRIMARY KEY) STRICT;
INSERT INTO recorded_call SELECT DISTINCT call FROM recording_match
    JOIN recording ON recording.id = recording_match.recording AND verdict = 1 AND state IN (0, 1, 4);

CREATE TRIGGER recorded_call_found AFTER INSERT ON recording_match
    WHEN (SELECT verdict = 1 AND state IN (0, 1, 4) FROM recording WHERE id = NEW.recording)
    BEGIN INSERT OR IGNORE INTO recorded_call (call) VALUES (NEW.call); END;
CREATE TRIGGER recorded_call_lost AFTER DELETE ON recording_match
    BEGIN DELETE FROM recorded_call WHERE call = OLD.call AND NOT EXISTS (SELECT 1 FROM recording_match AS other
        JOIN recording ON recording.id = other.recording
        WHERE other.call = OLD.call AND verdict = 1 AND state IN (0, 1, 4)); END;
CREATE TRIGGER recorded_call_moved AFTER UPDATE OF call ON recording_match BEGIN
    INSERT OR IGNORE INTO recorded_call (call) SELECT NEW.call
        FROM recording WHERE id = NEW.recording AND verdict = 1 AND state IN (0, 1, 4);
    DELETE FROM recorded_call WHERE call = OLD.call AND NOT EXISTS (SELECT 1 FROM recording_match AS other
        JOIN recording ON recording.id = other.recording
        WHERE other.call = OLD.call AND verdict = 1 AND state IN (0, 1, 4));
END;
CREATE TRIGGER recorded_call_again AFTER UPDATE OF verdict, state ON recording
    WHEN (NEW.verdict = 1 AND NEW.state IN (0, 1, 4)) AND NOT (OLD.verdict = 1 AND OLD.state IN (0, 1, 4))
    BEGIN INSERT OR IGNORE INTO recorded_call (call) SELECT call FROM recording_match WHERE recording = NEW.id; END;
CREATE TRIGGER recorded_call_no_more AFTER UPDATE OF verdict, state ON recording
    WHEN (OLD.verdict = 1 AND OLD.state IN (0, 1, 4)) AND NOT (NEW.verdict = 1 AND NEW.state IN (0, 1, 4))
    BEGIN DELETE FROM recorded_call WHERE call IN (SELECT call FROM recording_match WHERE recording = NEW.id)
        AND NOT EXISTS (SELECT 1 FROM recording_match AS other JOIN recording ON recording.id = other.recording
        WHERE other.call = recorded_call.call AND verdict = 1 AND state IN (0, 1, 4)); END;
CREATE TRIGGER recorded_call_gone AFTER DELETE ON recording
    WHEN OLD.verdict = 1 AND OLD.state IN (0, 1, 4)
    BEGIN DELETE FROM recorded_call WHERE call IN (SELECT call FROM recording_match WHERE recording = OLD.id)
        AND NOT EXISTS (SELECT 1 FROM recording_match AS other JOIN recording ON recording.id = other.recording
        WHERE other.call = recorded_call.call AND verdict = 1 AND state IN (0, 1, 4)); END;

-- When what is recorded began, in seconds of the wall clock: of the call that it belongs to; else, by the clock of this
-- computer, when the file was last written to. Lists are ordered by it, newest first.
ALTER TABLE recording ADD COLUMN begun INTEGER NOT NULL DEFAULT 0;

-- An id of a call is its start in seconds and 30 bits more.
UPDATE recording SET begun = coalesce(
    CASE WHEN verdict = 1 THEN (SELECT min(call) >> 30 FROM recording_match WHERE recording = recording.id) END,
    CAST(strftime('%s', modified / 1000, 'unixepoch', 'localtime') AS INTEGER), 0);
CREATE TRIGGER recording_begun_moved AFTER UPDATE OF call ON recording_match
    BEGIN UPDATE recording SET begun = NEW.call >> 30 WHERE id = NEW.recording AND verdict = 1; END;

DROP INDEX recording_verdict;
DROP INDEX recording_state;
CREATE INDEX recording_begun ON recording (begun, id);
CREATE INDEX recording_verdict ON recording (verdict, begun, id) WHERE verdict != 1;
CREATE INDEX recording_state ON recording (state, begun, id) WHERE state != 0;

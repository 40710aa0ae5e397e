-- A table's call that came over a line, too, stands behind the line's: kept with its rows, and not listed. Derived.
ALTER TABLE call ADD COLUMN same_as INTEGER;        -- the line's call
CREATE INDEX call_same_as ON call (same_as) WHERE same_as IS NOT NULL;

-- Of the calls that a batch's rows told, those behind calls of lines. Counted with `known_from_lines` when calls go behind
-- others and come out again; `inserted`, `known` and `calls` say what there would be without lines.
ALTER TABLE batch ADD COLUMN calls_from_lines INTEGER NOT NULL DEFAULT 0;

-- Codes that exchanges give calls, by the numbers that stand in the columns of calls. Derived.
CREATE TABLE exchange_code (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE
) STRICT;

-- So calls have one more column. They are derived, and made anew.
DELETE FROM call;
DELETE FROM call_part;
DELETE FROM call_column;
DELETE FROM call_thread;
DELETE FROM line;
DELETE FROM record;
DELETE FROM tally;
UPDATE meta SET value = '0' WHERE name = 'derived-by';

-- Calls have one more column: whether they have a recording. They are derived, and made anew.
DELETE FROM call;
DELETE FROM call_part;
DELETE FROM call_column;
DELETE FROM call_thread;
DELETE FROM line;
DELETE FROM record;
DELETE FROM tally;
UPDATE meta SET value = '0' WHERE name = 'derived-by';

-- Calls have two more columns: why they were taken down, and from whom to whom they went. They are derived, and made anew.
DELETE FROM call;
DELETE FROM call_part;
DELETE FROM call_column;
DELETE FROM call_thread;
DELETE FROM line;
DELETE FROM record;
DELETE FROM tally;
UPDATE meta SET value = '0' WHERE name = 'derived-by';

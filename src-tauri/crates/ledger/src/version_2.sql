-- Calls are kept by time, numbers once, imports as batches. All of this is derived, so it is made anew.
DROP TABLE call_party;
DROP TABLE call;
DELETE FROM line;
DELETE FROM record;
DELETE FROM tally;
UPDATE meta SET value = '0' WHERE name = 'derived-by';

-- Calls are named by their start, and searched by columns. All of this is derived, so it is made anew.
DROP TABLE call;
DROP TABLE call_party;
DROP TABLE call_number;
DROP TABLE call_thread;
DROP TABLE number;
DROP TABLE half_hour;
DELETE FROM line;
DELETE FROM record;
DELETE FROM tally;
UPDATE meta SET value = '0' WHERE name = 'derived-by';

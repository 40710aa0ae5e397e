-- Sums are of whole months now, made when a month has come to rest. Those that have calls are summed up anew.
DROP TABLE call_sum;
INSERT INTO unsummed_month
SELECT DISTINCT strftime('%Y', part * 900, 'unixepoch') * 12 + strftime('%m', part * 900, 'unixepoch') - 1
FROM call_part;

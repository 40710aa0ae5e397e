-- Few rows of very many: where a line was lost or the program started again.
CREATE INDEX spool_interrupted ON spool (received_at) WHERE continuity > 0;

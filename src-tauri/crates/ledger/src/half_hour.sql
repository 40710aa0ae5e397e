-- Sums of calls by half-hour of their start, direction and outcome. Derived; written with the calls.
CREATE TABLE half_hour (
    slot INTEGER NOT NULL,            -- start_local / 1800
    direction INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    live INTEGER NOT NULL,
    calls INTEGER NOT NULL,
    wait INTEGER NOT NULL,            -- seconds, where known
    waited INTEGER NOT NULL,          -- calls whose wait is known
    talk INTEGER NOT NULL,            -- seconds, where known
    talked INTEGER NOT NULL,          -- calls with talk
    PRIMARY KEY (slot, direction, outcome, live)
) STRICT, WITHOUT ROWID;

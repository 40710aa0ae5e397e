-- How a site names its recordings, in its own words. Precious.
CREATE TABLE name_template (
    place INTEGER PRIMARY KEY,        -- those before others are read first
    pattern TEXT NOT NULL UNIQUE
) STRICT;

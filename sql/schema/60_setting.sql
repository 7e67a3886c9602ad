-- What the last run rested on, to notice a change: the catalogue, the settings and the program's version.
-- grain: one row per name
-- reads: nothing
CREATE TABLE IF NOT EXISTS setting (
    name  VARCHAR NOT NULL,
    value VARCHAR NOT NULL
);

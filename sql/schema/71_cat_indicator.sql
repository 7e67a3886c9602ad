-- The indicators of the catalogue.
-- grain: one row per code
-- reads: nothing; replaced whole at each load
CREATE TABLE IF NOT EXISTS cat_indicator (
    ordinal   INTEGER NOT NULL,
    code      VARCHAR NOT NULL,
    kind      VARCHAR NOT NULL, -- count, people, participations, organisations, money, ratio, average
    time      VARCHAR NOT NULL, -- flow, stock, cumulative
    better    VARCHAR NOT NULL, -- up, down, none
    weight_by VARCHAR,
    name      VARCHAR NOT NULL
);

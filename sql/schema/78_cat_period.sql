-- The days of the periods that submissions and acts name.
-- grain: one row per period
-- reads: nothing; replaced whole at each load
CREATE TABLE IF NOT EXISTS cat_period (
    period   VARCHAR NOT NULL,
    start_on DATE NOT NULL,
    cut_off  DATE NOT NULL
);

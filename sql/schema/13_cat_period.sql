-- The periods that submissions and acts name. Their place follows from their codes; which lies in which is told by months.
-- grain: one row per period
-- reads: nothing; replaced whole at each load
CREATE TABLE IF NOT EXISTS cat_period (
    period      VARCHAR NOT NULL,
    first_month INTEGER NOT NULL, -- counted through all years: 12 x year + months since the year's start
    last_month  INTEGER NOT NULL
);

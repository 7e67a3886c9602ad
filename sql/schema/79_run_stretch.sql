-- The stretches of a year that a period is made of: a period within a year is one, a span of years is each of its years.
-- grain: one row per period and year
-- reads: nothing; replaced whole at each run
CREATE OR REPLACE TABLE run_stretch (
    period      VARCHAR NOT NULL,
    year_month  INTEGER NOT NULL, -- the first month of the year, counted through all years
    first_month INTEGER NOT NULL,
    last_month  INTEGER NOT NULL,
    cut_off     DATE NOT NULL     -- whether a unit has ended is told by this day
);

-- The periods that this run computes: those to publish, and the same periods a year earlier. Where a unit of the period's year has
-- ended, the period stands once more for the view by present units (theo đơn vị hiện nay), under its code and " present": the models
-- compute that view like another period.
-- grain: one row per period and view
-- reads: nothing; replaced whole at each run
CREATE OR REPLACE TABLE run_period (
    period      VARCHAR NOT NULL, -- its code; by present units its code and " present"
    published   BOOLEAN NOT NULL, -- false: computed only to be compared with
    previous    VARCHAR,          -- the same period a year earlier, in the same view; none for a span of years
    is_span     BOOLEAN NOT NULL, -- several whole years
    start_on    DATE NOT NULL,
    cut_off     DATE NOT NULL,
    year_start  DATE NOT NULL,    -- of a span, its own start
    year_end    DATE NOT NULL,
    first_year  INTEGER NOT NULL, -- years whose targets count
    last_year   INTEGER NOT NULL,
    first_month INTEGER NOT NULL, -- counted through all years: 12 x year + months since the year's start
    last_month  INTEGER NOT NULL,
    is_present  BOOLEAN NOT NULL, -- by present units
    today       DATE NOT NULL     -- by the clock of the run: units that are valid then are the present ones
);

-- The periods for which each form is due, in the years that the load concerns. Its place in the year follows from its code; its days
-- are data of the catalogue, and a form may have days of its own (a school year): reports stand in each other by months, never by days.
-- grain: one row per form and period
-- reads: nothing; replaced whole at each load
CREATE OR REPLACE TABLE cat_form_period (
    form        VARCHAR NOT NULL,
    period      VARCHAR NOT NULL,
    basis       VARCHAR NOT NULL, -- period, ytd
    start_on    DATE NOT NULL,
    cut_off     DATE NOT NULL,
    due_on      DATE NOT NULL,
    year_start  DATE NOT NULL,    -- of the form's year that the period ends in
    year_end    DATE NOT NULL,
    first_month INTEGER NOT NULL, -- counted through all years: 12 x year + months since the year's start
    last_month  INTEGER NOT NULL,
    year_month  INTEGER NOT NULL  -- the first month of the year
);

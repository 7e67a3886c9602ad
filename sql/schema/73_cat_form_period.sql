-- The periods for which each form is due, in the years that the load concerns.
-- grain: one row per form and period
-- reads: nothing; replaced whole at each load
CREATE TABLE IF NOT EXISTS cat_form_period (
    form       VARCHAR NOT NULL,
    period     VARCHAR NOT NULL,
    basis      VARCHAR NOT NULL, -- period, ytd
    start_on   DATE NOT NULL,
    cut_off    DATE NOT NULL,
    due_on     DATE NOT NULL,
    year_start DATE NOT NULL,    -- of the year that the period ends in
    year_end   DATE NOT NULL
);

-- The cells in which figures stand, with the figure that each holds. Units fill in copies of the same forms: most submissions name the
-- same ones.
-- grain: one row per place; one per indicator, measure, sheet and cell
-- reads: nothing
CREATE TABLE IF NOT EXISTS raw_place (
    place     INTEGER NOT NULL, -- counted from 0 as they are first met; only raw_fact names it
    indicator VARCHAR NOT NULL,
    measure   VARCHAR NOT NULL, -- value, ytd
    sheet     VARCHAR NOT NULL,
    cell      VARCHAR NOT NULL
);

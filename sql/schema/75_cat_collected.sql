-- The indicators that each form collects, by its markers.
-- grain: one row per form and indicator
-- reads: nothing; replaced whole at each load
CREATE TABLE IF NOT EXISTS cat_collected (
    form      VARCHAR NOT NULL,
    indicator VARCHAR NOT NULL
);

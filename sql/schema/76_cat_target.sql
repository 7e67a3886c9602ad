-- Targets as assigned. What is not assigned has no row.
-- grain: one row per unit, indicator and year
-- reads: nothing; replaced whole at each load
CREATE TABLE IF NOT EXISTS cat_target (
    unit      VARCHAR NOT NULL,
    indicator VARCHAR NOT NULL,
    year      INTEGER NOT NULL,
    target    DECIMAL(38, 10) NOT NULL -- of a ratio, as a ratio
);

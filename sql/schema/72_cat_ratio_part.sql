-- The parts of ratios.
-- grain: one row per ratio, role and part
-- reads: nothing; replaced whole at each load
CREATE TABLE IF NOT EXISTS cat_ratio_part (
    indicator VARCHAR NOT NULL,
    role      VARCHAR NOT NULL, -- numerator, denominator
    part      VARCHAR NOT NULL
);

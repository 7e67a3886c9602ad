-- The indicators that are scored.
-- grain: one row per scored indicator
-- reads: nothing; replaced whole at each load
CREATE TABLE IF NOT EXISTS cat_score (
    indicator VARCHAR NOT NULL,
    weight    DECIMAL(38, 10) NOT NULL, -- points for reaching the target
    cap       DECIMAL(38, 10) NOT NULL  -- the most that an achievement counts for; 1 is the target
);

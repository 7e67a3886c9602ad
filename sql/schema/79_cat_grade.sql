-- The scales that grades are given by.
-- grain: one row per scale and grade
-- reads: nothing; replaced whole at each load
CREATE TABLE IF NOT EXISTS cat_grade (
    name       VARCHAR NOT NULL,
    min_score  DECIMAL(38, 10) NOT NULL, -- points
    valid_from DATE NOT NULL,
    valid_to   DATE NOT NULL -- inclusive; 9999-12-31 while open
);

-- The units in which a unit that ended lives on.
-- grain: one row per unit that ended and successor
-- reads: nothing; replaced whole at each load
CREATE OR REPLACE TABLE cat_successor (
    unit      VARCHAR NOT NULL,
    ended_on  DATE NOT NULL, -- its last day
    successor VARCHAR NOT NULL
);
